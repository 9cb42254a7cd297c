package dev.pagurus.examples.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Where one side keeps its documents: a file of its own, or a schema of its own on the server.
 *
 * @param root the folder of the files, or host and port of the server
 */
record Place(Engine engine, String root, String name) {

    /** What Pagurus has by default as well. */
    private static final int POOL_MAX = 25;

    private static final int POOL_IDLE = 5;

    String pagurusUrl() {
        return switch (engine) {
            case SQLITE -> "sqlite:" + file("db");
            case POSTGRES -> "postgres://postgres@" + root + "/postgres?schema=" + name;
        };
    }

    Path file(String ending) {
        return Path.of(root, name + "." + ending);
    }

    /** Opens SQLite as people do who want it fast and durable. */
    Connection openSqlite() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(30_000);
        config.setCacheSize(-8 << 10);
        return config.createConnection("jdbc:sqlite:" + file("db"));
    }

    /** Opens a pool: on PostgreSQL with the size that Pagurus has, on SQLite with one connection, as it has one writer. */
    HikariDataSource openPool(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setAutoCommit(autoCommit);
        if (engine == Engine.SQLITE) {
            config.setJdbcUrl("jdbc:sqlite:" + file("db")
                    + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000&cache_size=" + (-8 << 10));
            config.setMaximumPoolSize(1);
        } else {
            config.setJdbcUrl(
                    "jdbc:postgresql://" + root + "/postgres?reWriteBatchedInserts=true&currentSchema=" + name);
            config.setUsername("postgres");
            config.setMaximumPoolSize(POOL_MAX);
            config.setMinimumIdle(POOL_IDLE);
        }
        return new HikariDataSource(config);
    }

    /** Opens PostgreSQL for statements that are planned once for each connection, whatever its settings. */
    Connection openPostgres() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + root + "/postgres?prepareThreshold=1&currentSchema=" + name, "postgres", "");
    }

    /** Removes everything that is there. */
    void clear() {
        try {
            switch (engine) {
                case SQLITE -> {
                    for (String ending : List.of("db", "db-wal", "db-shm", "mv")) {
                        Files.deleteIfExists(file(ending));
                    }
                }
                case POSTGRES ->
                    onServer("drop schema if exists \"%1$s\" cascade; create schema \"%1$s\"".formatted(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves no work of an earlier run to be done during the next one. */
    void settle() {
        if (engine == Engine.POSTGRES) {
            onServer("vacuum (analyze)");
            onServer("checkpoint");
        }
    }

    private void onServer(String sql) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://" + root + "/postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
