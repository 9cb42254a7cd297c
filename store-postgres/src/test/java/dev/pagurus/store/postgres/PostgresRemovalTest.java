package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an administrator has added refuses a drop that would take it away or break it, and follows a rename. The store for
 * SQLite has the same cases.
 */
class PostgresRemovalTest {

    private static final Schema<Ticket> RENAMED = Schema.of("papers", Ticket.class)
            .uniqueIndex(Ticket.TITLE)
            .index(Ticket.STATUS, Ticket.DUE)
            .index(Ticket.STATUS.desc(), Ticket.DUE)
            .index(Ticket.TAGS);

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");
    private Store store = Stores.open(config);

    @BeforeEach
    void insert() {
        store.collection(Ticket.SCHEMA).insert("n1", Ticket.of("milk"));
        store.step("of the test", tx -> {}); // so that the table of the marks is there
        store.close();
        store = Stores.open(config);
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.drop(config);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            index      | by_title | create index by_title on tickets (title)
            trigger    | watch    | create trigger watch before update on tickets for each row execute function suppress_redundant_updates_trigger()
            view       | titles   | create view titles as select title from tickets
            view       | counted  | create view counted as select count(*) from tickets
            materialized view | titles | create materialized view titles as select title from tickets
            column     | priority | alter table tickets add column priority integer not null default 7
            constraint | known    | alter table tickets add constraint known check (status in ('open', 'done'))
            constraint | theirs   | alter table tickets add constraint theirs unique (status, due)
            constraint | children_ticket_fkey | create table children (ticket text collate "C" references tickets (id))
            statistics | theirs   | create statistics theirs on status, due from tickets
            policy     | mine     | create policy mine on tickets using (true)
            table      | child    | create table child () inherits (tickets)
            """)
    void whatWouldBeLostOrBrokenRefusesADrop(String type, String name, String sql) throws SQLException {
        run(sql);
        String before = everything();
        assertThatThrownBy(() -> store.drop("tickets"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'tickets'", type + " '", name, "not ours", "Nothing was changed", "run: ")
                .hasMessageNotContaining("cascade");
        assertThat(everything()).isEqualTo(before);
        assertThat(store.collection(Ticket.SCHEMA).get("n1")).isPresent();
    }

    @Test
    void aFunctionOverTheRowsRefusesADrop() throws SQLException {
        run("create function title_of(tickets) returns text language sql as 'select $1.title'");
        assertThatThrownBy(() -> store.drop("tickets"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'tickets'", "not ours", "Nothing was changed");
        run("drop function title_of(tickets)");
        assertThat(store.drop("tickets")).isTrue();
    }

    @Test
    void whatHasNothingToDoWithItIsNotInTheWay() throws SQLException {
        run("create table log (id text primary key, title text); create view fine as select id from log;");
        assertThat(store.drop("tickets")).isTrue();
        assertThat(PostgresWaits.answer(
                        "select count(*)::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where nspname = '" + schema + "' and relname like 'tickets%'"))
                .isEqualTo("0");
        assertThat(PostgresWaits.answer("select ((select count(*) from " + schema + ".pagurus_fields)"
                        + " + (select count(*) from " + schema + ".pagurus_indexes)"
                        + " + (select count(*) from " + schema
                        + ".pagurus_collections where name != 'pagurus_steps'))::text"))
                .isEqualTo("0");
        assertThat(store.collection(Ticket.SCHEMA.revision(2)).query().count()).isZero();
    }

    @Test
    void whatIsThereFollowsARename() throws SQLException {
        run("""
                create table children (ticket text collate "C" references tickets (id));
                alter table tickets add column priority integer not null default 7;
                create index by_priority on tickets (priority);
                create view titles as select title, priority from tickets;
                create trigger watch before update on tickets for each row execute function suppress_redundant_updates_trigger();
                """);
        store.rename("tickets", "papers");
        DocumentCollection<Ticket> papers = store.collection(RENAMED);
        papers.insert("n2", Ticket.of("bread"));
        assertThat(papers.where(Ticket.STATUS.eq("open").and(Ticket.TAGS.contains("home")))
                        .count())
                .isEqualTo(2);
        assertThat(PostgresWaits.answer(
                        "select string_agg(title || priority, ',' order by title) from " + schema + ".titles"))
                .isEqualTo("bread7,milk7");
        assertThat(PostgresWaits.answer(
                        "select count(*)::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where nspname = '" + schema + "' and relname like 'tickets%'"))
                .isEqualTo("0");
        assertThat(PostgresWaits.answer(
                        "select count(*)::text from pg_constraint where contype = 'p' and conname = 'papers$r1'"))
                .isEqualTo("1");
    }

    @Test
    void whatIsNoCollectionIsNeitherDroppedNorRenamedOver() throws SQLException {
        run("create table theirs (a text); create view seen as select 1; create type papers as enum ('a');"
                + " create index \"letters$by$title\" on theirs (a)");
        String before = everything();
        assertThat(store.drop("theirs")).isFalse();
        for (String taken : new String[] {"theirs", "seen", "papers", "letters"}) {
            assertThatThrownBy(() -> store.rename("tickets", taken))
                    .as("a rename to " + taken)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll("'tickets'", "already", "Nothing was changed");
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aTableThatWasDroppedByOtherMeansCanBeForgotten() throws SQLException {
        run("drop table tickets");
        assertThat(store.drop("tickets")).isTrue();
        assertThat(store.collection(Ticket.SCHEMA.revision(2)).query().count()).isZero();
    }

    /** A snapshot that has read it is waited for no longer than the call may take, and who writes goes on. */
    @Test
    void aDropAndARevisionWaitForASnapshotNoLongerThanTheyMay() throws Exception {
        StoreConfig quick = StoreConfig.of(config.url() + "&timeout=2s");
        try (Store writing = Stores.open(config);
                Store waiting = Stores.open(quick)) {
            DocumentCollection<Ticket> tickets = writing.collection(Ticket.SCHEMA);
            long longest = store.snapshot(view -> {
                view.collection(Ticket.SCHEMA).query().count();
                long slowest = 0;
                for (Runnable change : List.<Runnable>of(
                        () -> waiting.drop("tickets"), () -> waiting.collection(Ticket.SCHEMA.revision(2)))) {
                    AtomicBoolean done = new AtomicBoolean();
                    AtomicLong written = new AtomicLong();
                    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                        while (!done.get()) {
                            tickets.put("w", Ticket.of("written"));
                            written.incrementAndGet();
                        }
                    });
                    long before = System.nanoTime();
                    assertThatThrownBy(change::run).isInstanceOf(UnavailableException.class);
                    slowest = Math.max(slowest, System.nanoTime() - before);
                    done.set(true);
                    writer.join();
                    assertThat(written.get()).as("writes meanwhile").isGreaterThan(3);
                }
                return slowest;
            });
            // It was a minute. A busy machine may take some seconds more than the three that are promised.
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(store.collection(Ticket.SCHEMA).get("n1")).isPresent();
    }

    private void run(String sql) throws SQLException {
        PostgresServer.run("set search_path = " + schema + "; " + sql + "; reset search_path");
    }

    private String everything() throws SQLException {
        return PostgresWaits.answer(
                "select string_agg(relkind::text || relname, ',' order by relname, relkind) from pg_class c"
                        + " join pg_namespace n on n.oid = c.relnamespace where nspname = '" + schema + "'");
    }
}
