package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.jdbc.JdbcConnection;
import java.sql.*;
import java.util.concurrent.*;
import org.h2.api.ErrorCode;

/** A connection of H2: its settings, its threads, and what its failures mean. */
final class H2Connection extends JdbcConnection {

    /** In a schema of their own, our tables cannot collide with whatever else is in the database. */
    private static final String SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;DATABASE_TO_LOWER=TRUE"
            + ";MAX_LENGTH_INPLACE_LOB=4096;MAX_COMPACT_TIME=50;LOCK_TIMEOUT=%1$s;QUERY_TIMEOUT=%1$s"
            + ";INIT=create schema if not exists pagurus\\;set schema pagurus"
            + "\\;set session characteristics as transaction isolation level %2$s";

    private final ExecutorService threads;
    private final String url;

    H2Connection(StoreConfig config, ExecutorService threads, String jdbcUrl, String isolation) {
        super(config);
        this.threads = threads;
        this.url = jdbcUrl + SETTINGS.formatted(config.timeout().toMillis(), isolation);
    }

    @Override
    protected Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    /** Waits until the disk has it; H2 by itself would write it within half a second. */
    @Override
    protected void commit(Connection open) throws SQLException {
        open.commit();
        try (Statement sync = open.createStatement()) {
            sync.execute("checkpoint sync");
        }
    }

    /** Makes a call of H2 by a thread that nobody interrupts: H2 would close its file, and clear the interrupt. */
    @Override
    protected <R> R call(Callable<R> call) {
        Future<R> result = threads.submit(() -> super.call(call));
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
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    protected RuntimeException failure(SQLException e) {
        String shown = config().redactedUrl();
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
            case ErrorCode.STATEMENT_WAS_CANCELED -> new UnavailableException("A statement on " + shown + " took longer than"
                    + " the " + config().timeout().toMillis() + " ms that this call could take. Nothing was changed; let an"
                    + " index lead to what it looks for, ask for less, or raise the option timeout.", e);
            default -> super.failure(e);
        };
    }
}
