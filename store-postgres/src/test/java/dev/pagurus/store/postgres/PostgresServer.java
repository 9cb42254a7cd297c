package dev.pagurus.store.postgres;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server that the tests of this JVM share: one that they start from the binaries, durable as in earnest, or the one
 * that PAGURUS_TEST_POSTGRES_URL names. Each test has a schema of its own.
 */
final class PostgresServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static final String URL = start();

    private static final ReentrantLock DROPPING = new ReentrantLock();

    /** Kept, for a process of the server costs more than a drop; and made before any test looks for what it has left open. */
    private static Connection dropping = forDrops();

    private PostgresServer() {}

    /** Where it is, for another JVM whose tests use it too. */
    static String url() {
        return URL;
    }

    /** Says how to open a new, empty schema. */
    static StoreConfig.Builder newDatabase() {
        String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        return StoreConfig.builder(URL + (URL.contains("?") ? "&" : "?") + "pool.minIdle=0&schema=" + schema);
    }

    /** Drops the schema that a configuration names, also while the server ends what was left under way in it. */
    static void drop(StoreConfig config) throws SQLException {
        String drop = "drop schema if exists \"" + config.options().text("schema", "") + "\" cascade";
        DROPPING.lock();
        try {
            for (int left = 20; ; left--) {
                try (Statement statement = dropping.createStatement()) {
                    statement.execute(drop);
                    return;
                } catch (SQLException e) {
                    if (left == 0) {
                        throw e;
                    }
                    if (!"40P01".equals(e.getSQLState())) {
                        // A test may have ended it.
                        dropping.close();
                        dropping = connect();
                    }
                }
            }
        } finally {
            DROPPING.unlock();
        }
    }

    private static Connection forDrops() {
        try {
            return connect();
        } catch (SQLException e) {
            throw new IllegalStateException("The PostgreSQL server for the tests cannot be reached.", e);
        }
    }

    /** Runs SQL as any other program would. */
    static void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String schemaOf(Store store) {
        return String.valueOf(store.health().details().get("schema"));
    }

    /** Runs SQL in a transaction of somebody else, which stays open until its connection is closed. */
    static Connection hold(String sql) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    static Connection connect() throws SQLException {
        PostgresTarget target = PostgresTarget.of(StoreConfig.of(URL));
        String url = "jdbc:postgresql://" + target.hosts() + "/" + target.database();
        return DriverManager.getConnection(url, target.user(), target.password());
    }

    private static String start() {
        String given = System.getenv("PAGURUS_TEST_POSTGRES_URL");
        if (given != null) {
            return given;
        }
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(MemoryDisk.folder())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "300")
                    // So that it knows what each transaction has read: "long transactions" in DESIGN.md.
                    .setServerConfig("max_prepared_transactions", "2000")
                    .start();
            return "postgres://postgres@localhost:" + server.getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException("The PostgreSQL server for the tests could not be started.", e);
        }
    }
}
