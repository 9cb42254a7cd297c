package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import java.sql.*;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;

/** A transaction that sees one state of the whole database, then the next one; the only class that meets SQLException. */
record H2Connection(H2Settings settings, Connection connection) {

    private static final String FOR_H2 = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;DATABASE_TO_LOWER=TRUE"
            + ";QUERY_CACHE_SIZE=128;MAX_LENGTH_INPLACE_LOB=4096;MAX_COMPACT_TIME=50";

    static H2Connection open(H2Settings settings) {
        H2Connection opened = call(settings, () -> new H2Connection(
                settings, DriverManager.getConnection(settings.jdbcUrl() + FOR_H2, "sa", "")));
        try {
            // In a schema of their own, our tables cannot collide with whatever else is in the database.
            opened.update("create schema if not exists pagurus");
            opened.update("set schema pagurus");
            opened.update("set lock_timeout " + settings.timeout().toMillis());
            opened.update("set session characteristics as transaction isolation level snapshot");
            opened.update("set autocommit off");
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Reads something out of a row. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Returns what the rows say, up to the first that says null. */
    <R> List<R> list(Row<R> row, String sql, Object... values) {
        return call(settings, () -> {
            List<R> list = new ArrayList<>();
            try (PreparedStatement statement = prepare(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                R read;
                while (rows.next() && (read = row.read(rows)) != null) {
                    list.add(read);
                }
            }
            return list;
        });
    }

    /** Returns what the first row says; null if there is none. */
    <R> R first(Row<R> row, String sql, Object... values) {
        List<R> list = list(row, sql + " fetch first row only", values);
        return list.isEmpty() ? null : list.get(0);
    }

    /** Returns how many rows a statement has changed. */
    int update(String sql, Object... values) {
        return call(settings, () -> {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    long nowMicros() {
        return Micros.of(settings.clock().instant());
    }

    /** Commits, and waits until the disk has it; H2 by itself would write it within half a second. */
    void commit() {
        try {
            update("commit");
            if (settings.sync()) {
                update("checkpoint sync");
            }
        } catch (RuntimeException e) {
            throw new OutcomeUnknownException("H2 failed to commit to " + settings.shown() + ": " + e.getMessage()
                    + " The write may have happened or not; read before trying again.", e);
        }
    }

    void close() {
        call(settings, () -> {
            connection.close();
            return true;
        });
    }

    private interface Call<R> {
        R run() throws SQLException;
    }

    /** Makes a call of H2, which must not see an interrupt: it would clear it. */
    private static <R> R call(H2Settings settings, Call<R> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return call.run();
        } catch (SQLException e) {
            throw failure(settings.shown(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(String shown, SQLException e) {
        return switch (e.getErrorCode()) {
            // A newer revision's table has replaced it; another attempt finds that in the catalogue.
            case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2 ->
                new SerializationFailure(shown + " was changed at the same time.", e);
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> new UnavailableException("Another process has " + shown
                    + " open (is the application running twice?), and H2 allows one. Close it there and try again.", e);
            case ErrorCode.WRONG_USER_OR_PASSWORD -> new ConfigurationException(
                    shown + " belongs to another program, which gave it a user and password. Name another file.", e);
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1 -> new ConfigurationException(shown
                    + " is no database of this version of H2, or is damaged. Name another file, or restore a backup.", e);
            case ErrorCode.FILE_CREATION_FAILED_1, ErrorCode.DATABASE_IS_READ_ONLY -> new ConfigurationException(
                    shown + " cannot be written by this user. Check the permissions of file and directory.", e);
            default -> new UnavailableException(
                    "H2 failed on " + shown + ": " + e.getMessage() + " Nothing was changed.", e);
        };
    }
}
