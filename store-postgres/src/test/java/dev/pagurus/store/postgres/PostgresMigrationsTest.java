package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.schema.PostgresMigration;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract group M, on a real server. */
@Timeout(60)
class PostgresMigrationsTest {

    private static final PostgresMigration CATALOGUE = PostgresMigrations.FILES.get(0);

    private static final PostgresMigration SECOND =
            new PostgresMigration(2, "0002_more.sql", "alter table {schema}.pagurus_fields add column more text;");

    private static final PostgresMigration THIRD = new PostgresMigration(
            3,
            "0003_extra.sql",
            "create table {schema}.pagurus_extra (id integer); update {schema}.pagurus_fields set" + " more = 'x';");

    private static final PostgresMigration BROKEN = new PostgresMigration(
            3, "0003_broken.sql", "create table {schema}.pagurus_extra (id integer); select no_such_function();");

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @AfterEach
    void dropSchema() throws SQLException {
        server.run("drop schema if exists m cascade");
    }

    private static StoreConfig config() {
        return StoreConfig.of(server.url("postgres", "postgres") + "?pool.minIdle=0&timeout=10s&schema=m");
    }

    private static void migrate(PostgresMigration... migrations) {
        PostgresSettings settings = PostgresSettings.of(config());
        try (PostgresConnections connections = PostgresConnections.of(settings)) {
            PostgresPool pool = connections.toOpen(settings, new PostgresErrors(settings));
            new PostgresMigrations(settings, new PostgresNames("m"), List.of(migrations)).run(pool);
        }
    }

    /** Everything that is in the schema and in the history, to see whether something has changed. */
    private static List<String> state() throws SQLException {
        List<String> state = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : new String[] {
                "select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join"
                        + " pg_namespace n on n.oid = c.relnamespace where n.nspname = 'm' order by 1",
                "select h::text from m.pagurus_migrations h order by version"
            }) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        state.add(rows.getString(1));
                    }
                }
            }
        }
        return state;
    }

    @Test
    void severalPendingOnesAreAppliedInOrderAndOnce() throws Exception {
        migrate(CATALOGUE);
        server.run("insert into m.pagurus_fields values ('c', 0, 'f', 'text', 10)");
        migrate(CATALOGUE, SECOND, THIRD);
        assertThat(server.ask("select string_agg(name, ' ' order by version) from m.pagurus_migrations"))
                .isEqualTo("0001_catalogue.sql 0002_more.sql 0003_extra.sql");
        assertThat(server.ask("select more from m.pagurus_fields")).isEqualTo("x");
        assertThat(server.ask("select count(distinct xmin::text) from m.pagurus_migrations where version > 1"))
                .isEqualTo("1");
        List<String> before = state();
        migrate(CATALOGUE, SECOND, THIRD);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aFailingOneLeavesNoTraceOfItselfOrThoseBeforeIt() throws Exception {
        migrate(CATALOGUE);
        List<String> before = state();
        assertThatThrownBy(() -> migrate(CATALOGUE, SECOND, BROKEN))
                .isExactlyInstanceOf(MigrationException.class)
                .hasMessageContaining("The migration 0003_broken.sql of postgres://postgres@127.0.0.1")
                .hasMessageContaining("no_such_function")
                .hasMessageContaining("Nothing was changed");
        assertThat(state()).isEqualTo(before);
        migrate(CATALOGUE, SECOND, THIRD);
    }

    @Test
    void aFailingFirstStartLeavesNotEvenTheSchema() throws Exception {
        assertThatThrownBy(() -> migrate(CATALOGUE, SECOND, BROKEN)).isExactlyInstanceOf(MigrationException.class);
        assertThat(server.ask("select to_regnamespace('m')")).isEqualTo("null");
    }

    @Test
    void aNewerDatabaseIsRefusedUnchanged() throws Exception {
        migrate(CATALOGUE, SECOND);
        List<String> before = state();
        assertThatThrownBy(() -> migrate(CATALOGUE))
                .isExactlyInstanceOf(MigrationException.class)
                .hasMessageContaining("version 2 (0002_more.sql) by a newer release")
                .hasMessageContaining("this one knows 1")
                .hasMessageContaining("Nothing was changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void anEditedFileIsRefused() throws Exception {
        migrate(CATALOGUE, SECOND);
        List<String> before = state();
        PostgresMigration edited = new PostgresMigration(2, SECOND.name(), SECOND.sql() + " ");
        assertThatThrownBy(() -> migrate(CATALOGUE, edited, THIRD))
                .isExactlyInstanceOf(MigrationException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("0002_more.sql")
                .hasMessageContaining("Nothing was changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aGapIsRefused() throws Exception {
        migrate(CATALOGUE, SECOND, THIRD);
        server.run("delete from m.pagurus_migrations where version = 2");
        List<String> before = state();
        assertThatThrownBy(() -> migrate(CATALOGUE, SECOND, THIRD))
                .isExactlyInstanceOf(MigrationException.class)
                .hasMessageContaining("version 2 is missing before 3")
                .hasMessageContaining("Nothing was changed");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void tablesThatAreNotOursAreLeftAlone() throws Exception {
        server.run("create schema m", "create table m.orders (id integer)", "insert into m.orders values (1)");
        try (Store store = Stores.open(config())) {
            store.collection(Thing.SCHEMA).put("one", new Thing("first"));
        }
        assertThat(server.ask("select count(*) from m.orders")).isEqualTo("1");
    }

    @Test
    void aTableOfTheHistorysNameThatIsNotOursIsRefused() throws Exception {
        server.run("create schema m", "create table m.pagurus_migrations (other integer)");
        assertThatThrownBy(() -> Stores.open(config()))
                .isExactlyInstanceOf(MigrationException.class)
                .hasMessageContaining("pagurus_migrations")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void theLockComesBeforeTheHistoryIsRead() throws Exception {
        try (Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtextextended('pagurus migrations m', 0))");
            CompletableFuture<Void> opening =
                    CompletableFuture.runAsync(() -> migrate(CATALOGUE, SECOND), task -> new Thread(task).start());
            Waiting.until(
                    "the second process to wait",
                    () -> server.ask("select count(*) from pg_stat_activity where wait_event = 'advisory'")
                            .equals("1"));
            // What the first process does while the second waits is seen by it.
            statement.execute("create schema m; create table m.pagurus_migrations (version integer primary key, name"
                    + " text, sha256 text, applied_at timestamptz default now());"
                    + CATALOGUE.sqlFor(new PostgresNames("m"))
                    + "; insert into m.pagurus_migrations values (1, '0001_catalogue.sql', '"
                    + CATALOGUE.applied().sha256()
                    + "')");
            other.commit();
            opening.join();
        }
        assertThat(server.ask("select max(version) from m.pagurus_migrations")).isEqualTo("2");
    }
}
