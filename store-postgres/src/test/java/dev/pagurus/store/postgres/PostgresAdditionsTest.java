package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an administrator adds to a collection's table stays through a revision, or the revision is refused and says why.
 * The store for SQLite has the same cases.
 */
class PostgresAdditionsTest {

    /** Without status. */
    private static final Schema<Ticket> NEXT = Schema.of("tickets", Ticket.class)
            .uniqueIndex(Ticket.TITLE)
            .index(Ticket.DUE)
            .field(Ticket.TAGS)
            .revision(2);

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");
    private final Store store = Stores.open(config);

    @BeforeEach
    void insert() {
        store.collection(Ticket.SCHEMA).insert("n1", Ticket.of("milk"));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.drop(config);
    }

    @Test
    void whatUsesNoLostFieldStaysWithItsData() throws SQLException {
        run("""
                create table log (id text);
                alter table tickets add column priority integer not null default 7 check (priority > 0);
                alter table tickets add column "odd ""name" bytea default '\\x00ff';
                alter table tickets add column size integer generated always as (length(body)) stored;
                create function note() returns trigger language plpgsql as
                    $$ begin execute format('insert into %I.log values ($1)', tg_table_schema) using new.id; return new; end $$;
                create trigger watch after insert on tickets for each row execute function note();
                create index by_priority on tickets (priority, title);
                create view titles as select title, priority, unnest(tags) tag from tickets;
                update tickets set priority = 3;
                """);
        String before = added();

        store.collection(NEXT);
        store.collection(NEXT.revision(3)).insert("n2", Ticket.of("bread"));

        assertThat(added()).isEqualTo(before).contains("by_priority", "watch", "titles");
        assertThat(rows("concat_ws('|', id, priority, encode(\"odd \"\"name\", 'hex'), size > 10)", "tickets"))
                .isEqualTo("n1|3|00ff|t, n2|7|00ff|t");
        assertThat(rows("concat_ws('|', title, priority, tag)", "titles")).isEqualTo("bread|7|home, milk|3|home");
        assertThat(rows("id", "log")).isEqualTo("n2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            index      | by_status | create index by_status on tickets (status)
            index      | by_status | create index by_status on tickets (title) where status = 'open'
            view       | states    | create view states as select status from tickets
            view       | states    | create view states as select "status" from tickets
            view       | states    | create view states as select status s from tickets; create view outer_states as select s from states
            materialized view | states | create materialized view states as select status from tickets
            trigger    | watch     | create trigger watch before update of status on tickets for each row execute function suppress_redundant_updates_trigger()
            column     | state     | alter table tickets add column state text generated always as (upper(status)) stored
            constraint | known     | alter table tickets add constraint known check (status in ('open', 'done'))
            constraint | theirs    | alter table tickets add constraint theirs unique (status, due)
            statistics | theirs    | create statistics theirs on status, due from tickets
            """)
    void whatUsesALostFieldRefusesTheRevision(String type, String name, String sql) throws SQLException {
        run(sql);
        String before = added();
        String columns = columns();

        assertThatThrownBy(() -> store.collection(NEXT))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("cannot get revision 2: the " + type + " '" + name + "', which is not ours")
                .hasMessageContaining("Nothing was changed")
                .hasMessageMatching("(?s).*run: (drop " + type + "|alter table \\S+ drop " + type + ") .*" + name
                        + ".*; Then start again.*");

        assertThat(added()).isEqualTo(before);
        assertThat(columns()).as("columns").isEqualTo(columns);
        store.collection(Ticket.SCHEMA).put("n1", Ticket.of("bread"));
    }

    @Test
    void aRevisionThatNeedsTheNameOfAColumnIsRefusedAndGoesOnAfterWhatItSays() throws SQLException {
        Schema<Ticket> small = Schema.of("small", Ticket.class).field(Ticket.TITLE);
        store.collection(small).insert("n1", Ticket.of("milk"));
        run("alter table small add column status text default 'theirs'");
        Schema<Ticket> next = small.field(Ticket.STATUS).revision(2);
        String drop = "alter table \"" + schema + "\".\"small\" drop column \"status\";";

        assertThatThrownBy(() -> store.collection(next))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("the column 'status', which is not ours")
                .hasMessageContaining("run: " + drop);
        assertThat(rows("status", "small")).isEqualTo("theirs");

        run(drop);
        assertThat(store.collection(next).where(Ticket.STATUS.eq("open")).count())
                .isEqualTo(1);
    }

    private void run(String sql) throws SQLException {
        PostgresServer.run("set search_path = " + schema + "; " + sql + "; reset search_path");
    }

    private String rows(String expression, String table) throws SQLException {
        return PostgresWaits.answer("select string_agg(x, ', ' order by x) from (select " + expression + " x from "
                + schema + "." + table + ") rows");
    }

    private String columns() throws SQLException {
        return PostgresWaits.answer(
                "select string_agg(attname, ',' order by attname) from pg_attribute where attrelid = '" + schema
                        + ".tickets'::regclass and attnum > 0 and not attisdropped");
    }

    /** Returns the definitions of all that is not ours. */
    private String added() throws SQLException {
        String relation = "'" + schema + ".tickets'::regclass";
        return PostgresWaits.answer("select string_agg(d, ';' order by d) from ("
                + "select indexdef d from pg_indexes where schemaname = '" + schema + "' and indexname not like '%$%'"
                + " union all select viewname || definition from pg_views where schemaname = '" + schema + "'"
                + " union all select pg_get_triggerdef(oid) from pg_trigger where tgrelid = " + relation
                + " union all select pg_get_constraintdef(oid) from pg_constraint where contype in ('c', 'u')"
                + " and conrelid = " + relation + ") all_of_it");
    }
}
