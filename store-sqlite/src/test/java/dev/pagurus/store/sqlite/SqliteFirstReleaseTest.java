package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.Codec;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteHandles;
import dev.pagurus.store.sqlite.connect.SqlitePresence;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.connect.SqliteWriter;
import dev.pagurus.store.sqlite.schema.SqliteMigrations;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database and an export of the first release, which knew no shapes of documents, and that release beside this one.
 * {@code first-release.sql} is what {@code .dump} of sqlite3 wrote of a file that it had made, {@code first-release.zip} its
 * export.
 */
class SqliteFirstReleaseTest {

    private static final String BY_HAND = "select revision, shape from pagurus_collections where name = 'plain'";
    /** A table that is filled anew begins on another page. */
    private static final String TABLE =
            "select rowid, plain.*, (select rootpage from sqlite_schema where name = 'plain') from plain";

    private static final TextField<String> TEXT = TextField.of("text", text -> text);

    @TempDir
    private Path directory;

    private Path file;

    /** Bodies as they are, of which this codec says that they have a shape. */
    private record Shaped(@Nullable String shape) implements Codec<String> {

        @Override
        public String encode(String value) {
            return value;
        }

        @Override
        public String decode(String body) {
            return body;
        }
    }

    private static Schema<String> plain(@Nullable String shape) {
        return Schema.of("plain", new Shaped(shape)).index(TEXT);
    }

    @BeforeEach
    void makeAsTheFirstReleaseDid() throws Exception {
        file = directory.resolve("data.db");
        try (InputStream in = SqliteFirstReleaseTest.class.getResourceAsStream("first-release.sql")) {
            OtherProgram.run(file, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
        OtherProgram.run(file, "pragma journal_mode = wal");
    }

    private Store open() {
        return Stores.open("sqlite:" + file + "?timeout=5s");
    }

    @Test
    void itIsBroughtUpAndItsDocumentsAreRead() throws Exception {
        List<String> before = OtherProgram.query(file, TABLE);
        try (Store store = open()) {
            assertThat(store.health().details()).containsEntry("catalogue_version", "6");
            assertThat(store.collection(Note.SCHEMA)
                            .where(Note.TAGS.contains("milk"))
                            .list())
                    .extracting(Document::id)
                    .containsExactly("n1");
            assertThat(OtherProgram.query(file, BY_HAND)).containsExactly("1|null");
            assertThat(store.collection(plain("title text"))
                            .where(TEXT.eq("one"))
                            .list())
                    .extracting(Document::id)
                    .containsExactly("a");
            assertThat(OtherProgram.query(file, BY_HAND)).containsExactly("1|title text");
            assertThatThrownBy(() -> store.collection(plain("headline text")))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("title text is stored but not declared");
        }
        assertThat(OtherProgram.query(file, TABLE)).as("nothing refilled").isEqualTo(before);
    }

    @Test
    void itsManyFieldsAreWrittenAndRevisedLikeOthers() throws Exception {
        OtherProgram.run(file, "alter table notes add column priority integer not null default 7");
        try (Store store = open()) {
            var notes = store.collection(Note.SCHEMA);
            notes.put("n3", Note.titled("jam"));
            notes.delete("n2");
            assertThat(notes.where(Note.TAGS.contains("home")).list())
                    .extracting(Document::id)
                    .containsExactly("n1", "n3");
            assertThat(store.collection(Note.NEXT_SCHEMA)
                            .where(Note.TAGS.contains("jam"))
                            .list())
                    .extracting(Document::id)
                    .containsExactly("n3");
        }
        assertThat(OtherProgram.query(file, "select id, value from notes$by$tags order by 1, 2"))
                .containsExactly("n1|home", "n1|milk", "n3|home", "n3|jam");
        assertThat(OtherProgram.query(file, "select id, tags, priority from notes order by 1"))
                .containsExactly("n1|[\"home\",\"milk\"]|7", "n3|[\"home\",\"jam\"]|7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create view tagged as select value from \"notes$tags\"",
                "create index by_tag on notes$tags (value)",
                "create trigger tagged after insert on notes$tags begin select 1; end"
            })
    void whatIsUsedOfItIsNotTakenAwayWithoutAWord(String use) throws Exception {
        OtherProgram.run(file, use);
        List<String> before = OtherProgram.dump(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(MigrationException.class)
                .hasMessageContainingAll("notes$tags", "tag", "Nothing was changed");
        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    /** It names the columns that it reads and writes. */
    @Test
    void anOldProcessThatRunsGoesOnAndWhatItRaisesHasNoShape() throws Exception {
        try (OtherProgram old = OtherProgram.on(file)) {
            old.query("select name, revision from pagurus_collections order by name");
            try (Store store = open()) {
                store.collection(plain("title text"));
                assertThat(old.query("select name, revision from pagurus_collections order by name"))
                        .containsExactly("notes|1", "plain|1");
                old.run(
                        "begin immediate; delete from pagurus_collections where name = 'plain';"
                                + " insert into pagurus_collections (name, revision, defined_at) values ('plain', 2, 1); commit;");
                assertThatThrownBy(() -> store.collection(plain("title text")).put("b", "two"))
                        .isInstanceOf(SchemaException.class);
            }
            try (Store store = open()) {
                store.collection(plain("headline text").revision(2)).put("b", "two");
                assertThat(OtherProgram.query(file, BY_HAND)).containsExactly("2|headline text");
            }
        }
    }

    @Test
    void openedAnewTheOldReleaseIsRefused() throws Exception {
        open().close();
        List<String> before = OtherProgram.dump(file);
        SqliteSettings settings = SqliteSettings.of(StoreConfig.of("sqlite:" + file));
        SqliteErrors errors = new SqliteErrors(settings);
        try (SqliteWriter writer = new SqliteWriter(
                settings,
                errors,
                new SqlitePresence(settings.file(), errors),
                new SqliteHandles(settings.file(), () -> false),
                () -> false)) {
            assertThatThrownBy(() -> writer.write(connection -> {
                        new SqliteMigrations(settings, SqliteMigrations.FILES.subList(0, 1)).run(connection);
                        return true;
                    }))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining(
                            "version 6 (0006_expiry.sql) by a newer release of Pagurus; this one knows 1");
        }
        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void withValidateItIsRefusedWithTheSqlOfTheStepThatIsMissing() throws Exception {
        String url = "sqlite:" + file + "?migrate=validate";
        MigrationException refused = catchThrowableOfType(MigrationException.class, () -> Stores.open(url));
        assertThat(refused).hasMessageContaining("is at version 1 of our own tables, this release needs 6");
        String sql = Objects.requireNonNull(refused.sql());
        assertThat(sql).contains("0002_shape.sql").doesNotContain("0001_catalogue.sql");
        OtherProgram.run(file, sql);
        try (Store store = Stores.open(url)) {
            store.collection(plain("title text")).put("b", "two");
        }
        assertThat(OtherProgram.query(file, BY_HAND)).containsExactly("1|title text");
    }

    @Test
    void itsExportIsImported() throws Exception {
        Path target = directory.resolve("imported.db");
        Path export = Path.of(Objects.requireNonNull(SqliteFirstReleaseTest.class.getResource("first-release.zip"))
                .toURI());
        assertThat(Stores.importFrom(export, StoreConfig.of("sqlite:" + target), CopyOptions.DEFAULT)
                        .documents())
                .isEqualTo(3);
        try (Store store = Stores.open("sqlite:" + target)) {
            assertThat(store.collection(plain("title text")).query().count()).isEqualTo(1);
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(2);
        }
        // Both are of one state, and what is known of a shape since changes no hash.
        open().close();
        Stores.compare(StoreConfig.of("sqlite:" + file), StoreConfig.of("sqlite:" + target), CopyOptions.DEFAULT);
    }
}
