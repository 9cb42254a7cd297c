package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.schema.SqliteMigration;
import dev.pagurus.store.sqlite.schema.SqliteMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With {@code migrate=validate}, opening changes nothing, and brings the SQL that somebody else must run. */
@Timeout(60)
class SqliteValidateTest {

    private static final int NEWEST = SqliteMigrations.FILES.size();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    private String url() {
        return "sqlite:" + file + "?migrate=validate&timeout=1s";
    }

    private MigrationException refused() {
        MigrationException refused = catchThrowableOfType(MigrationException.class, () -> Stores.open(url()));
        assertThat(refused)
                .hasMessageContaining("sqlite:" + file)
                .hasMessageContaining("version 0 of our own tables, this release needs " + NEWEST)
                .hasMessageContaining("Nothing was changed");
        return refused;
    }

    private static String sql(MigrationException refused) {
        return Objects.requireNonNull(refused.sql());
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        assertThatThrownBy(() -> Stores.open(url()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("There is no file " + file)
                .hasMessageContaining("migrate=validate");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDatabaseOfOthersKeepsEveryByteAndItsJournal() throws Exception {
        OtherProgram.run(file, "create table theirs (a text); insert into theirs values ('x');");
        byte[] before = Files.readAllBytes(file);
        refused();
        assertThat(file).hasBinaryContent(before);
        assertThat(directory.toFile().list()).containsExactly("data.db");
    }

    @Test
    void whoRunsTheSqlGetsWhatOpeningWouldHaveMade() throws Exception {
        Files.createFile(file);
        OtherProgram.run(file, sql(refused()));

        Path opened = directory.resolve("opened.db");
        Stores.open("sqlite:" + opened).close();
        OtherProgram.run(opened, "update pagurus_migrations set applied_at = 0");
        try (Store store = Stores.open(url())) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            assertThat(store.health().details()).containsEntry("catalogue_version", "" + NEWEST);
        }
        assertThat(OtherProgram.query(
                        file,
                        "select count(*) from pagurus_migrations"
                                + " where abs(applied_at / 1000000 - strftime('%s', 'now')) < 60"))
                .containsExactly("" + NEWEST);
        OtherProgram.run(file, "update pagurus_migrations set applied_at = 0");
        assertThat(ours(file)).isEqualTo(ours(opened));
    }

    private static List<String> ours(Path database) throws SQLException {
        return OtherProgram.dump(database).stream()
                .filter(line -> line.startsWith("table|pagurus_") || line.startsWith("pagurus_migrations"))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
    }

    @Test
    void onlyWhatIsMissingIsPrinted() throws Exception {
        Stores.open("sqlite:" + file).close();
        List<SqliteMigration> later = new ArrayList<>(SqliteMigrations.FILES);
        later.add(new SqliteMigration(
                NEWEST + 1, "later.sql", "alter table pagurus_collections add column remark text; -- ours"));
        later.add(new SqliteMigration(NEWEST + 2, "latest.sql", "create table pagurus_more (a text) strict;"));

        MigrationException refused = catchThrowableOfType(MigrationException.class, () -> validate(later));
        assertThat(refused)
                .hasMessageContaining(
                        "at version " + NEWEST + " of our own tables, this release needs " + (NEWEST + 2));
        assertThat(refused.sql()).contains("later.sql", "latest.sql").doesNotContain("0001_catalogue.sql");

        OtherProgram.run(file, sql(refused));
        validate(later);
    }

    @Test
    void aNewerDatabaseHasNoSqlToRun() throws SQLException {
        Stores.open("sqlite:" + file).close();
        OtherProgram.run(file, "insert into pagurus_migrations values (" + (NEWEST + 1) + ", 'later.sql', 'x', 0)");
        MigrationException refused = catchThrowableOfType(MigrationException.class, () -> Stores.open(url()));
        assertThat(refused).hasMessageContaining("version " + (NEWEST + 1) + " (later.sql)");
        assertThat(refused.sql()).isNull();
    }

    @Test
    void whatElseCanBeWrongIsSaidAsEver() throws IOException, SQLException {
        Files.writeString(file, "This is not a database, and long enough to be looked at as one. ".repeat(20));
        assertThatThrownBy(() -> Stores.open(url()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sqlite:" + file);
        Files.delete(file);

        Stores.open("sqlite:" + file).close();
        try (OtherProgram other = OtherProgram.on(file)) {
            other.run("pragma locking_mode = exclusive; begin exclusive;");
            assertThatThrownBy(() -> Stores.open(url())).isInstanceOf(UnavailableException.class);
        }
        Stores.open(url()).close();
    }

    private void validate(List<SqliteMigration> migrations) {
        SqliteSettings settings = SqliteSettings.of(StoreConfig.of(url()));
        new SqliteMigrations(settings, migrations).validate(new SqliteErrors(settings));
    }
}
