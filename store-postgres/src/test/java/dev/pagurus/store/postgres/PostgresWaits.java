package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Waits for what other sessions of the test server do, as pg_locks shows it. */
final class PostgresWaits {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private PostgresWaits() {}

    /** Waits until so many sessions wait for a lock on tables of this name. */
    static void awaitBlocked(int sessions, String table) throws SQLException {
        await("select count(distinct pid) >= " + sessions + " from pg_locks where not granted and " + relation(table));
    }

    private static String relation(String table) {
        return "relation in (select oid from pg_class where relname = '" + table + "')";
    }

    /** Waits until a query says true. */
    static void await(String question) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (answer(question).equals("t")) {
                return;
            }
        }
        throw new AssertionError("This did not come true in " + PATIENCE + ": " + question);
    }

    /** Returns the first column of a query's first row. */
    static String answer(String query) throws SQLException {
        PostgresTarget server = Way.server();
        String url = "jdbc:postgresql://" + server.hosts() + "/" + server.database();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
