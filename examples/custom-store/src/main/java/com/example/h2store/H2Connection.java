package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import org.h2.api.ErrorCode;

/** A connection with a transaction in it; the only class that meets SQLException. */
record H2Connection(StoreConfig config, ExecutorService threads, Connection connection) {

    /** In a schema of their own, our tables cannot collide with whatever else is in the database. */
    private static final String SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;DATABASE_TO_LOWER=TRUE"
            + ";MAX_LENGTH_INPLACE_LOB=4096;MAX_COMPACT_TIME=50;AUTOCOMMIT=FALSE;LOCK_TIMEOUT=%s"
            + ";INIT=create schema if not exists pagurus\\;set schema pagurus"
            + "\\;set session characteristics as transaction isolation level %s";

    static H2Connection open(StoreConfig config, ExecutorService threads, String jdbcUrl, String isolation) {
        String url = jdbcUrl + SETTINGS.formatted(config.timeout().toMillis(), isolation);
        return new H2Connection(config, threads, call(config, threads, () -> DriverManager.getConnection(url, "sa", "")));
    }

    /** Reads something out of a row. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Returns what the rows say, up to the first that says null. */
    <R> List<R> list(Row<R> row, String sql, Object... values) {
        return call(config, threads, () -> {
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
        return list(row, sql, values).stream().findFirst().orElse(null);
    }

    /** Returns how many rows a statement has changed. */
    int update(String sql, Object... values) {
        return call(config, threads, () -> {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, H2Columns.stored(values[i]));
        }
        return statement;
    }

    /** Commits, and waits until the disk has it; H2 by itself would write it within half a second. */
    void commit() {
        try {
            update("commit");
            update("checkpoint sync");
        } catch (RuntimeException e) {
            throw new OutcomeUnknownException("H2 failed to commit to " + config.redactedUrl() + ": " + e.getMessage()
                    + " The write may have happened or not; read before trying again.", e);
        }
    }

    /** Undoes what was not committed. */
    void close() {
        call(config, threads, () -> {
            connection.close();
            return true;
        });
    }

    /** Makes a call of H2 by a thread that nobody interrupts: H2 would close its file, and clear the interrupt. */
    private static <R> R call(StoreConfig config, ExecutorService threads, Callable<R> call) {
        Future<R> result = threads.submit(call);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure(config.redactedUrl(), failure);
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
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
            case ErrorCode.WRONG_USER_OR_PASSWORD, ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1,
                    ErrorCode.FILE_CREATION_FAILED_1, ErrorCode.DATABASE_IS_READ_ONLY -> new ConfigurationException(shown
                    + " is no H2 database, another program's, damaged, or not for this user to write. Name another file,"
                    + " restore a backup, or check the permissions. H2 says: " + e.getMessage(), e);
            default -> new UnavailableException(
                    "H2 failed on " + shown + ": " + e.getMessage() + " Nothing was changed.", e);
        };
    }
}
