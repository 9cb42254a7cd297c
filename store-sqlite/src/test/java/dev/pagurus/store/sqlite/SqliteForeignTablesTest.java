package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs keep in the same file is theirs. */
class SqliteForeignTablesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @Test
    void theTablesOfAnotherApplicationAreLeftAlone() throws SQLException {
        OtherProgram.run(file, """
                create table users (id integer primary key, name text unique, born date);
                insert into users values (1, 'Ada', '1815-12-10'), (2, 'Grace', null);
                create table migrations (version int);
                insert into migrations values (7);
                create view names as select name from users;
                create trigger watch after insert on users begin update migrations set version = version + 1; end;
                pragma user_version = 42;
                pragma application_id = 4711;
                """);
        List<String> before = OtherProgram.dump(file);

        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            store.collection(Note.NEXT_SCHEMA).put("n2", Note.titled("bread"));
        }

        assertThat(OtherProgram.dump(file)).containsAll(before);
        assertThat(OtherProgram.query(file, "pragma user_version")).containsExactly("42");
        assertThat(OtherProgram.query(file, "pragma application_id")).containsExactly("4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table notes (a text)",
                // SQLite does not tell upper from lower case in names.
                "create table \"Notes\" (a text)",
                "create table \"notes$by$tags\" (a text)",
                "create view notes as select 'theirs' a",
                "create table theirs (a text); create index notes on theirs (a)",
                "create table theirs (a text); create index \"notes$by$title\" on theirs (a)",
            })
    void aNameThatIsTakenIsRefused(String theirs) throws SQLException {
        OtherProgram.run(file, theirs);
        try (Store store = Stores.open("sqlite:" + file)) {
            List<String> before = OtherProgram.dump(file);

            assertThatThrownBy(() -> store.collection(Note.SCHEMA))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("not a collection of Pagurus")
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("Nothing was changed");

            assertThat(OtherProgram.dump(file)).isEqualTo(before);
        }
    }

    @Test
    void aNameThatIsTakenByANewFieldIsRefused() throws SQLException {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(dev.pagurus.store.Schema.of("notes", Note.class).field(Note.TITLE))
                    .insert("n1", Note.titled("milk"));
            OtherProgram.run(
                    file, "create table \"notes$by$tags\" (a text); insert into \"notes$by$tags\" values ('theirs')");
            List<String> before = OtherProgram.dump(file);

            assertThatThrownBy(() -> store.collection(Note.NEXT_SCHEMA))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("notes$by$tags");

            assertThat(OtherProgram.dump(file)).isEqualTo(before);
        }
    }

    @Test
    void aViewOfAnotherProgramOverACollectionOutlivesItsUpgrade() throws SQLException {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            OtherProgram.run(file, """
                    create view titles as select n.title, t.value tag
                    from notes n join "notes$by$tags" t on t.id = n.id
                    """);

            store.collection(Note.NEXT_SCHEMA).insert("n2", Note.titled("bread"));

            assertThat(OtherProgram.query(file, "select title, tag from titles order by 1, 2"))
                    .containsExactly("bread|bread", "bread|home", "milk|home", "milk|milk");
        }
    }

    @Test
    void aViewThatIsBrokenAlreadyDoesNotStopAnUpgrade() throws SQLException {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            OtherProgram.run(file, "create view broken as select absent from nowhere");

            store.collection(Note.NEXT_SCHEMA);

            assertThat(store.collection(Note.NEXT_SCHEMA).get("n1")).isPresent();
        }
    }

    @Test
    void aTriggerOfAnotherProgramThatWatchesACollectionKeepsRunning() throws SQLException {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            OtherProgram.run(file, """
                    create table log (id text);
                    create trigger watch after insert on notes begin insert into log values (new.id); end;
                    """);

            store.collection(Note.SCHEMA).insert("n2", Note.titled("bread"));

            assertThat(OtherProgram.query(file, "select id from log")).containsExactly("n2");
        }
    }
}
