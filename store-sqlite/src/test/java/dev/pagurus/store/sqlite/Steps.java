package dev.pagurus.store.sqlite;

import dev.pagurus.store.sqlite.connect.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;

/**
 * Runs statements on a connection of its own and counts the instructions of SQLite's machine in all of them: a time without
 * a clock.
 */
final class Steps implements AutoCloseable {

    /** How exactly is counted. */
    private static final int INSTRUCTIONS = 50;

    private final Connection connection;
    private long counted;
    private long most = Long.MAX_VALUE;

    Steps(Path file) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ProgressHandler.setHandler(connection, INSTRUCTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                counted += INSTRUCTIONS;
                return counted > most ? 1 : 0;
            }
        });
    }

    /** Starts counting anew. */
    void start(long mostInstructions) {
        counted = 0;
        most = mostInstructions;
    }

    long counted() {
        return counted;
    }

    /** Runs a statement, which is closed with its result. */
    ResultSet query(Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        statement.closeOnCompletion();
        try {
            for (int i = 0; i < sql.values().size(); i++) {
                statement.setObject(i + 1, sql.values().get(i));
            }
            return statement.executeQuery();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Returns the first column of a statement's rows; null if it takes more steps than it may. */
    @Nullable
    List<String> column(Sql sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet row = query(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
