package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
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
 * What an administrator has added refuses a drop that would take it away or break it, and follows a rename. The store for
 * PostgreSQL has the same cases.
 */
class SqliteRemovalTest {

    private static final Schema<Note> RENAMED = Schema.of("papers", Note.class)
            .uniqueIndex(Note.TITLE)
            .index(Note.STATUS, Note.DUE)
            .index(Note.TAGS);

    @TempDir
    private Path directory;

    private Path file;
    private Store store;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        try (Store first = Stores.open("sqlite:" + file)) {
            first.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            first.step("of the test", tx -> {}); // so that the table of the marks is there
        }
        store = Stores.open("sqlite:" + file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> everything() throws SQLException {
        return OtherProgram.query(file, "select type, name, tbl_name, sql from sqlite_schema order by type, name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            index   | by_title | create index by_title on notes (title)
            index   | by_tag   | create index by_tag on "notes$by$tags" (value)
            trigger | watch    | create trigger watch after insert on notes begin select 1; end
            trigger | follow   | create table log (id text); create trigger follow after insert on log begin delete from notes; end
            view    | titles   | create view titles as select title from notes
            view    | tagged   | create view tagged as select value from "notes$by$tags"
            view    | both     | create view both as select n.id from notes n join "notes$by$tags" t on t.id = n.id
            column  | priority | alter table notes add column priority integer
            table   | children | create table children (note text references notes (id))
            """)
    void whatWouldBeLostOrBrokenRefusesADrop(String type, String name, String sql) throws SQLException {
        OtherProgram.run(file, sql);
        List<String> before = everything();
        assertThatThrownBy(() -> store.drop("notes"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll(
                        "'notes'", type + " '" + name + "'", "not ours", "Nothing was changed", "run: ");
        assertThat(everything()).isEqualTo(before);
        assertThat(store.collection(Note.SCHEMA).get("n1")).isPresent();
    }

    @Test
    void whatHasNothingToDoWithItIsNotInTheWay() throws SQLException {
        OtherProgram.run(file, """
                create table log (id text);
                create view broken as select missing from log;
                create view fine as select id from log;
                create trigger watch after insert on log begin delete from log; end;
                """);
        assertThat(store.drop("notes")).isTrue();
        assertThat(OtherProgram.query(
                        file, "select name from sqlite_schema where name like 'notes%' or tbl_name like 'notes%'"))
                .isEmpty();
        assertThat(OtherProgram.query(
                        file,
                        "select collection from pagurus_fields union select collection from pagurus_indexes union"
                                + " select name from pagurus_collections"))
                .containsExactly("pagurus_steps");
        assertThat(OtherProgram.query(file, "select id from fine")).isEmpty();
    }

    @Test
    void whatIsThereFollowsARename() throws SQLException {
        OtherProgram.run(file, """
                create table log (id text);
                create table children (note text references notes (id));
                alter table notes add column priority integer not null default 7;
                create index by_priority on notes (priority);
                create view titles as select n.title, n.priority, t.value from notes n join "notes$by$tags" t on t.id = n.id;
                create trigger watch after insert on notes begin insert into log values (new.id); end;
                create trigger follow after delete on log begin update notes set priority = 9 where id = old.id; end;
                """);
        List<String> before = OtherProgram.query(file, "select * from titles order by 3");
        store.rename("notes", "papers");
        assertThat(OtherProgram.query(file, "select * from titles order by 3"))
                .isEqualTo(before)
                .isNotEmpty();
        store.collection(RENAMED).insert("n2", Note.titled("bread"));
        assertThat(OtherProgram.query(file, "select id from log")).containsExactly("n2");
        OtherProgram.run(file, "delete from log");
        assertThat(OtherProgram.query(file, "select priority from papers order by id"))
                .containsExactly("7", "9");
        assertThat(OtherProgram.query(file, "select \"table\" from pragma_foreign_key_list('children')"))
                .containsExactly("papers");
        assertThat(OtherProgram.query(file, "select name from sqlite_schema where name like '%notes%'"))
                .isEmpty();
        assertThat(OtherProgram.query(file, "pragma integrity_check")).containsExactly("ok");
        assertThat(store.collection(RENAMED).query().list())
                .extracting(Document::id)
                .containsExactly("n1", "n2");
    }

    @Test
    void aTableThatIsNoCollectionIsNeitherDroppedNorRenamedOver() throws SQLException {
        OtherProgram.run(
                file,
                "create table theirs (a text); insert into theirs values ('kept'); create view \"P$by\" as select 1;"
                        + " create table \"PAPERS$by$tags\" (a text);");
        List<String> before = everything();
        assertThat(store.drop("theirs")).isFalse();
        assertThatThrownBy(() -> store.rename("theirs", "papers")).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> store.rename("notes", "theirs"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("table 'theirs'", "already");
        assertThatThrownBy(() -> store.rename("notes", "papers"))
                .as("where a name is taken that belongs to the new one")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("table 'papers$by$tags'", "already");
        assertThat(everything()).isEqualTo(before);
        assertThat(OtherProgram.query(file, "select a from theirs")).containsExactly("kept");
    }

    @Test
    void aViewThatIsBrokenRefusesARename() throws SQLException {
        OtherProgram.run(file, "create view broken as select x from nowhere");
        List<String> before = everything();
        assertThatThrownBy(() -> store.rename("notes", "papers"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'notes'", "broken", "Nothing was changed");
        assertThat(everything()).isEqualTo(before);
        assertThat(store.collection(Note.SCHEMA).get("n1")).isPresent();
        // A revision goes on as before: it does not need the view to work.
        store.collection(Note.NEXT_SCHEMA);
    }

    @Test
    void aTableThatWasDroppedByOtherMeansCanBeForgotten() throws SQLException {
        OtherProgram.run(file, "drop table notes");
        assertThat(store.drop("notes")).isTrue();
        assertThat(store.collection(Note.NEXT_SCHEMA).query().count()).isZero();
    }
}
