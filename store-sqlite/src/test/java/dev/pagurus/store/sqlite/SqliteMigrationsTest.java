package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteHandles;
import dev.pagurus.store.sqlite.connect.SqlitePresence;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.connect.SqliteWriter;
import dev.pagurus.store.sqlite.schema.SqliteMigration;
import dev.pagurus.store.sqlite.schema.SqliteMigrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which migrations run on which database, and which database is refused with nothing changed. */
class SqliteMigrationsTest {

    private static final SqliteMigration FIRST = new SqliteMigration(
            1, "0001_first.sql", "create table first (a text) strict; insert into first values ('1');");
    private static final SqliteMigration SECOND = new SqliteMigration(
            2, "0002_second.sql", "alter table first add column b text; create index first_b on first (b);");
    private static final SqliteMigration THIRD =
            new SqliteMigration(3, "0003_third.sql", "update first set b = 'x'; create table third (c text) strict;");

    private static final String HISTORY = "select version, name from pagurus_migrations order by version";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @Test
    void aFreshDatabaseGetsAllMigrations() throws SQLException {
        migrate(FIRST, SECOND, THIRD);

        assertThat(OtherProgram.query(file, HISTORY))
                .containsExactly("1|0001_first.sql", "2|0002_second.sql", "3|0003_third.sql");
        assertThat(OtherProgram.query(file, "select a, b from first")).containsExactly("1|x");
    }

    @Test
    void aSecondStartAppliesNone() throws SQLException {
        migrate(FIRST, SECOND);
        List<String> before = OtherProgram.dump(file);

        migrate(FIRST, SECOND);

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void changesThatWereLoggedBeforeStayInTheirOrder() throws SQLException {
        migrate(SqliteMigrations.FILES.subList(0, 3).toArray(SqliteMigration[]::new));
        OtherProgram.run(
                file,
                "insert into pagurus_feeds (collection, life, forgotten, forgotten_id, forgotten_version)"
                        + " values ('a', 1, 3, 'x', 4), ('b', 2, 0, null, null);"
                        + "insert into pagurus_changes (position, feed, id, version)"
                        + " values (4, 2, 'one', 10), (5, 1, 'two', 11), (7, 2, 'three', 12)");

        migrate(SqliteMigrations.FILES.toArray(SqliteMigration[]::new));

        assertThat(OtherProgram.query(
                        file, "select position, feed, id, version from pagurus_changes order by position"))
                .containsExactly("4|2|one|10", "5|1|two|11", "7|2|three|12");
        assertThat(OtherProgram.query(file, "select collection, life, forgotten from pagurus_feeds order by 1"))
                .containsExactly("a|1|3", "b|2|0");
    }

    @Test
    void severalPendingMigrationsAreAppliedTogether() throws SQLException {
        migrate(FIRST);

        migrate(FIRST, SECOND, THIRD);

        assertThat(OtherProgram.query(file, HISTORY)).hasSize(3);
        assertThat(OtherProgram.query(file, "select a, b from first")).containsExactly("1|x");
    }

    @Test
    void aFailingMigrationLeavesNoTraceOfTheOnesBeforeIt() throws SQLException {
        migrate(FIRST);
        List<String> before = OtherProgram.dump(file);
        SqliteMigration broken = new SqliteMigration(
                3, "0003_third.sql", "create table third (c text) strict; insert into nowhere values (1);");

        assertThatThrownBy(() -> migrate(FIRST, SECOND, broken))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("0003_third.sql")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Nothing was changed");

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
        migrate(FIRST, SECOND, THIRD);
        assertThat(OtherProgram.query(file, HISTORY)).hasSize(3);
    }

    @Test
    void aFailingFirstStartLeavesAnEmptyDatabase() throws SQLException {
        SqliteMigration broken = new SqliteMigration(2, "0002_second.sql", "create table first (again text);");

        assertThatThrownBy(() -> migrate(FIRST, broken)).isInstanceOf(MigrationException.class);

        assertThat(OtherProgram.dump(file)).isEmpty();
        migrate(FIRST, SECOND);
        assertThat(OtherProgram.query(file, HISTORY)).hasSize(2);
    }

    @Test
    void aNewerDatabaseIsRefusedWithBothVersionsNamed() throws SQLException {
        migrate(FIRST, SECOND, THIRD);
        List<String> before = OtherProgram.dump(file);

        assertThatThrownBy(() -> migrate(FIRST, SECOND))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("version 3 (0003_third.sql)")
                .hasMessageContaining("this one knows 2")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Nothing was changed");

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void anEditedFileIsRefused() throws SQLException {
        migrate(FIRST, SECOND);
        List<String> before = OtherProgram.dump(file);
        SqliteMigration edited = new SqliteMigration(1, FIRST.name(), FIRST.sql() + " ");

        assertThatThrownBy(() -> migrate(edited, SECOND, THIRD))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("0001_first.sql")
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("Nothing was changed");

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void aGapInTheHistoryIsRefused() throws SQLException {
        migrate(FIRST, SECOND, THIRD);
        OtherProgram.run(file, "delete from pagurus_migrations where version = 2");
        List<String> before = OtherProgram.dump(file);

        assertThatThrownBy(() -> migrate(FIRST, SECOND, THIRD))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("version 2 is missing")
                .hasMessageContaining("Nothing was changed");

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void aMissingFirstVersionIsAGapToo() throws SQLException {
        migrate(FIRST, SECOND);
        OtherProgram.run(file, "delete from pagurus_migrations where version = 1");

        assertThatThrownBy(() -> migrate(FIRST, SECOND))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("version 1 is missing");
    }

    @Test
    void theCollectionsOfAPopulatedDatabaseOutliveAMigration() throws SQLException {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            store.collection(Note.SCHEMA).insert("n2", Note.titled("bread"));
        }
        List<String> before = collections();
        int newer = SqliteMigrations.FILES.size() + 1;
        List<SqliteMigration> next = new ArrayList<>(SqliteMigrations.FILES);
        next.add(new SqliteMigration(
                newer, "next.sql", "alter table pagurus_collections add column remark text not null default '';"));

        migrate(next.toArray(SqliteMigration[]::new));

        assertThat(collections()).isEqualTo(before).anyMatch(line -> line.startsWith("notes: n1|"));
        assertThat(OtherProgram.query(file, "select name, remark from pagurus_collections"))
                .containsExactly("notes|");
        assertThatThrownBy(() -> Stores.open("sqlite:" + file))
                .as("the release of today on the database of tomorrow")
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("version " + newer + " (next.sql)");
        assertThat(collections()).isEqualTo(before);
    }

    private List<String> collections() throws SQLException {
        return OtherProgram.dump(file).stream()
                .filter(line -> !line.startsWith("pagurus_") && !line.startsWith("table|pagurus_"))
                .toList();
    }

    private void migrate(SqliteMigration... migrations) {
        SqliteSettings settings = SqliteSettings.of(StoreConfig.of("sqlite:" + file + "?timeout=5s"));
        SqliteErrors errors = new SqliteErrors(settings);
        try (SqliteWriter writer = writer(settings, errors)) {
            writer.write(connection -> {
                new SqliteMigrations(settings, List.of(migrations)).run(connection);
                return true;
            });
        }
    }

    private static SqliteWriter writer(SqliteSettings settings, SqliteErrors errors) {
        return new SqliteWriter(
                settings,
                errors,
                new SqlitePresence(settings.file(), errors),
                new SqliteHandles(settings.file(), () -> false),
                () -> false);
    }
}
