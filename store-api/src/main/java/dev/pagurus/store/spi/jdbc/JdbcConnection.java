package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.SerializationFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a transaction in it, which is made when it is first used and has autocommit off. What fails is thrown
 * as what callers act upon: see {@link #failure}. Statements are prepared anew each time; most drivers keep them.
 *
 * <p>For one thread at a time.
 */
public abstract class JdbcConnection implements AutoCloseable {

    private final StoreConfig config;
    private @Nullable Connection connection;

    /** Makes one that is not connected yet. */
    protected JdbcConnection(StoreConfig config) {
        this.config = config;
    }

    /** Reads something out of a row. */
    @FunctionalInterface
    public interface Row<R> {

        /** Returns what the row says; null to read no further. */
        @Nullable
        R read(ResultSet row) throws SQLException;
    }

    /** Connects: the driver, its settings, and the isolation of transactions. */
    protected abstract Connection connect() throws SQLException;

    /** Returns the store's configuration. */
    public final StoreConfig config() {
        return config;
    }

    /** Returns what the rows say, up to the first that says null, behind which nothing is read. */
    public final <R> List<R> list(Row<R> row, String sql, @Nullable Object... values) {
        return read(row, Integer.MAX_VALUE, sql, values);
    }

    /** Returns what the first row says; null if there is none. */
    public final <R> @Nullable R first(Row<R> row, String sql, @Nullable Object... values) {
        List<R> rows = read(row, 1, sql, values);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private <R> List<R> read(Row<R> row, int most, String sql, @Nullable Object[] values) {
        return call(() -> {
            List<R> list = new ArrayList<>();
            try (PreparedStatement statement = prepare(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                @Nullable R read;
                while (list.size() < most && rows.next() && (read = row.read(rows)) != null) {
                    list.add(read);
                }
            }
            return list;
        });
    }

    /** Returns how many rows a statement has changed. */
    public final int update(String sql, @Nullable Object... values) {
        return call(() -> {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Runs a statement for each of some rows of values, as one batch. */
    public final void updateAll(String sql, List<? extends @Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        call(() -> {
            try (PreparedStatement statement = connected().prepareStatement(sql)) {
                for (@Nullable Object[] row : rows) {
                    bind(statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /**
     * Commits.
     *
     * @throws SerializationFailure if nothing has happened, because of others
     * @throws OutcomeUnknownException if it failed otherwise: it may have happened or not
     */
    public final void commit() {
        try {
            call(() -> {
                commit(connected());
                return true;
            });
        } catch (SerializationFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new OutcomeUnknownException(
                    "The commit to " + config.redactedUrl() + " failed: " + e.getMessage()
                            + " The write may have happened or not; read before trying again.",
                    e);
        }
    }

    /** Undoes what was not committed. */
    public final void rollback() {
        call(() -> {
            connected().rollback();
            return true;
        });
    }

    /** Undoes what was not committed, and disconnects; does not throw. */
    @Override
    public final void close() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            call(() -> {
                open.rollback();
                return true;
            });
        } catch (RuntimeException e) {
            // Without a connection nothing is committed either.
        }
        try {
            call(() -> {
                open.close();
                return true;
            });
        } catch (RuntimeException e) {
            // There is no more to be done about it.
        }
    }

    /** Commits, and waits until it is on the disk. Override where the engine's own commit is not durable. */
    protected void commit(Connection open) throws SQLException {
        open.commit();
    }

    /**
     * Makes a call of the driver: by this thread, unless overridden, and throws {@link #failure} of an SQLException. Some
     * engines within the JVM close their files when a thread is interrupted; their calls must be made by another thread.
     */
    protected <R> R call(Callable<R> call) {
        try {
            return call.call();
        } catch (SQLException e) {
            throw failure(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Says what a failure means: {@link SerializationFailure} if nothing has happened because of others, and Pagurus shall
     * make the call again; {@link ConfigurationException} if it will fail again until somebody changes something;
     * {@link UnavailableException} otherwise, with nothing changed. By default the SQLSTATE decides: class 40, class 28, and
     * all others. Override for the codes of your engine, and leave the rest to this.
     *
     * <p>The driver's own words are left out where they hold the password.
     */
    protected RuntimeException failure(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        boolean secret = ServerAddress.isSecretIn(config, e);
        String words = secret ? "(its words are not shown, for they hold the password)" : e.getMessage();
        @Nullable SQLException cause = secret ? null : e;
        // 40003 says that it is not known what has become of a statement.
        if (state.startsWith("40") && !state.equals("40003")) {
            return new SerializationFailure(config.redactedUrl() + " was changed at the same time: " + words, cause);
        }
        if (state.startsWith("28")) {
            return new ConfigurationException(
                    config.redactedUrl() + " refuses the user or the password. Check both. The driver says: " + words,
                    cause);
        }
        return new UnavailableException(
                config.redactedUrl() + " failed: " + words + " Nothing was changed; see what it says, and try again.",
                cause);
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connect();
            connection = open;
            open.setAutoCommit(false);
        }
        return open;
    }

    private PreparedStatement prepare(String sql, @Nullable Object[] values) throws SQLException {
        PreparedStatement statement = connected().prepareStatement(sql);
        try {
            bind(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
