package dev.pagurus.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.ProgressHandler;

/** Asks SQLite how it runs a statement, on a connection of its own. */
final class Explain implements AutoCloseable {

    private final Connection connection;

    Explain(Path file) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /** Returns the lines of the plan, without how they hang together. */
    List<String> plan(String sql, List<?> values) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (PreparedStatement statement = bound("explain query plan " + sql, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                plan.add(row.getString("detail"));
            }
        }
        return plan;
    }

    /**
     * What a query cost and gave.
     *
     * @param steps instructions of SQLite's virtual machine: a time without a clock
     * @param rows how many there were
     */
    record Run(long steps, int rows) {}

    /** Runs a query to its end. */
    Run run(String sql, List<?> values) throws SQLException {
        AtomicLong steps = new AtomicLong();
        int rows = 0;
        try (PreparedStatement statement = bound(sql, values)) {
            ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                @Override
                protected int progress() {
                    steps.incrementAndGet();
                    return 0;
                }
            });
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows++;
                }
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        }
        return new Run(steps.get(), rows);
    }

    private PreparedStatement bound(String sql, List<?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
