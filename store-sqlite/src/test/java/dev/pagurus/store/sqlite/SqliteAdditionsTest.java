package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an administrator adds to a collection's tables stays through a revision, or the revision is refused and says why.
 * The store for PostgreSQL has the same cases.
 */
class SqliteAdditionsTest {

    @TempDir
    private Path directory;

    private Path file;
    private Store store;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        store = Stores.open("sqlite:" + file);
        store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatUsesNoLostFieldStaysWithItsData() throws SQLException {
        OtherProgram.run(file, """
                create table log (id text);
                alter table notes add column priority integer not null default 7;
                alter table notes add column "odd ""name" any default x'00ff' check ("odd ""name" is not null);
                alter table notes add column size integer generated always as (length(body)) virtual;
                create trigger watch after insert on notes begin insert into log values (new.id); end;
                create trigger watch_tags after insert on notes$by$tags begin insert into log values (new.value); end;
                create trigger follow after insert on log begin update notes set priority = 9 where id = new.id; end;
                create trigger count after update of title, due on notes
                    begin insert into log select 'status' where 1 = 2; end;
                create index by_priority on notes (priority, title);
                create unique index by_tag on notes$by$tags (value, id) where value = 'milk';
                create view titles as select n.title, n.priority, t.value tag
                    from notes n join "notes$by$tags" t on t.id = n.id;
                update notes set priority = 3;
                """);
        List<String> before = added();

        store.collection(Note.NEXT_SCHEMA);
        store.collection(Note.NEXT_SCHEMA.revision(3)).insert("n2", Note.titled("bread"));

        assertThat(added()).isEqualTo(before);
        assertThat(OtherProgram.query(
                        file, "select id, priority, hex(\"odd \"\"name\"), size > 10 from notes order by id"))
                .containsExactly("n1|3|00FF|1", "n2|9|00FF|1");
        assertThat(OtherProgram.query(file, "select * from titles order by title, tag"))
                .containsExactly("bread|9|bread", "bread|9|home", "milk|3|home", "milk|3|milk");
        assertThat(OtherProgram.query(file, "select id from log where id not in ('home', 'bread')"))
                .containsExactly("n2");
        assertThat(store.collection(Note.NEXT_SCHEMA.revision(3))
                        .get("n1")
                        .orElseThrow()
                        .value())
                .isEqualTo(Note.titled("milk"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            index   | by_status | create index by_status on notes (status)
            index   | by_status | create index by_status on notes (title) where status = 'OPEN'
            view    | states    | create view states as select status from notes
            view    | states    | create view states as select "status" from notes
            view    | states    | create view inner_states as select status s from notes; create view states as select s from inner_states; drop view inner_states; create view inner_states as select status s from notes
            trigger | watch     | create trigger watch after insert on notes begin update notes set title = new.status; end
            trigger | watch     | create trigger watch after update of status on notes begin select 1; end
            trigger | watch     | create table theirs (a text); create trigger watch after insert on theirs begin update notes set status = new.a; end
            column  | state     | alter table notes add column state text generated always as (upper(status)) virtual
            column  | state     | alter table notes add column state text check (state is null or status is not null)
            column  | weight    | alter table notes$by$tags add column weight integer
            """)
    void whatUsesALostFieldRefusesTheRevision(String type, String name, String sql) throws SQLException {
        OtherProgram.run(file, sql);
        List<String> before = OtherProgram.dump(file);

        assertThatThrownBy(() -> store.collection(Note.NEXT_SCHEMA))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("cannot get revision 2: the " + type + " '")
                .hasMessageContaining(name)
                .hasMessageContaining("which is not ours")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining(type.equals("column") ? "drop column \"" + name + "\";" : "drop " + type + " \"");

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
        store.collection(Note.SCHEMA).put("n1", Note.titled("bread"));
    }

    @Test
    void aRevisionThatNeedsTheNameOfAColumnIsRefusedAndGoesOnAfterWhatItSays() throws SQLException {
        Schema<Note> small = Schema.of("small", Note.class).field(Note.TITLE);
        store.collection(small).insert("n1", Note.titled("milk"));
        OtherProgram.run(file, "alter table small add column status text default 'theirs'");
        Schema<Note> next = small.field(Note.STATUS).revision(2);

        assertThatThrownBy(() -> store.collection(next))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("the column 'status', which is not ours")
                .hasMessageContaining("run: alter table \"small\" drop column \"status\";");
        assertThat(OtherProgram.query(file, "select status from small")).containsExactly("theirs");

        OtherProgram.run(file, "alter table \"small\" drop column \"status\";");
        assertThat(store.collection(next)
                        .where(Note.STATUS.eq(Note.Status.OPEN))
                        .count())
                .isEqualTo(1);
    }

    private List<String> added() throws SQLException {
        return OtherProgram.query(
                file,
                "select type, name, tbl_name, sql from sqlite_schema where type <> 'table' and sql is not null"
                        + " and name not like '%$by$%' order by 1, 2");
    }
}
