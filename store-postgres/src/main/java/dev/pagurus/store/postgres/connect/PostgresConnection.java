package dev.pagurus.store.postgres.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection for one transaction. It stays in autocommit: transactions are statements, so that a whole one can go to
 * the server and back in a single round trip, and so that nothing is left behind in the session.
 */
public final class PostgresConnection implements AutoCloseable {

    public static final String SERIALIZABLE = "serializable";

    /** Says that it does not wait for a state without conflicts, for an administrator may have made that the default. */
    public static final String SERIALIZABLE_READ_ONLY = "serializable read only not deferrable";

    /** Waits for a state from which no conflict can come, and then never meets one. */
    public static final String SERIALIZABLE_DEFERRABLE = "serializable read only deferrable";

    private final Connection connection;
    private final @Nullable String prelude;
    private final boolean autocommitOff;
    private final int networkTimeout;
    private boolean open;
    private volatile long awaitingSince;

    /** What begins the transaction that is open, as long as it was not sent. */
    private @Nullable String beginning;

    /**
     * Wraps a connection.
     *
     * @param prelude what each transaction sets for itself; null if the server has it as the session's defaults,
     *     serializable among them
     * @param autocommitOff whether its owner wants it back with autocommit off
     * @param networkTimeout what its owner wants it back with, in milliseconds; -1 for as it is
     */
    PostgresConnection(Connection connection, @Nullable String prelude, boolean autocommitOff, int networkTimeout) {
        this.connection = connection;
        this.prelude = prelude;
        this.autocommitOff = autocommitOff;
        this.networkTimeout = networkTimeout;
    }

    /** Makes something of rows. */
    @FunctionalInterface
    public interface Rows<R> {
        R read(ResultSet rows) throws SQLException;
    }

    /** Runs one statement, which may write, in a serializable transaction of its own, in one round trip. */
    public <R> R alone(String sql, List<?> parameters, Rows<R> rows) throws SQLException {
        // Between "begin" and "commit" it would cost a tenth more, where the server has it as the default anyway.
        return prelude == null ? run(sql, parameters, 0, rows) : alone(SERIALIZABLE, sql, parameters, rows);
    }

    /** Runs one statement in a transaction of its own, in one round trip. */
    public <R> R alone(String mode, String sql, List<?> parameters, Rows<R> rows) throws SQLException {
        return together(mode, List.of(new Sql(sql, parameters)), rows).get(0);
    }

    /** Runs several statements that give rows each in a transaction of its own, in one round trip. */
    public <R> List<R> together(String mode, List<Sql> statements, Rows<R> rows) throws SQLException {
        open = true;
        StringBuilder all = new StringBuilder(beginning(mode));
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Sql statement : statements) {
            all.append(';').append(statement.text());
            parameters.addAll(statement.values());
        }
        List<R> results = new ArrayList<>(statements.size());
        try (PreparedStatement statement =
                connection.prepareStatement(all.append(";commit").toString())) {
            bindAll(statement, parameters);
            try {
                statement.execute();
            } catch (SQLException e) {
                throw PostgresFailures.isInternal(e) && isEnded()
                        ? PostgresFailures.ofCommit(e, statement.getWarnings())
                        : e;
            }
            skip(statement, resultsOfBeginning() - 1);
            for (int i = 0; i < statements.size(); i++) {
                statement.getMoreResults();
                try (ResultSet result = statement.getResultSet()) {
                    results.add(rows.read(result));
                }
            }
        }
        open = false;
        return results;
    }

    /** Says whether the transaction has ended, or may have: so it was its commit that failed, and no statement before. */
    private boolean isEnded() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            open = false;
            return true;
        } catch (SQLException e) {
            // In a transaction that has failed, nothing else is done.
            return !"25P02".equals(e.getSQLState());
        }
    }

    private String beginning(String mode) {
        return "begin isolation level " + mode + (prelude == null ? "" : ";" + prelude);
    }

    private int resultsOfBeginning() {
        return prelude == null ? 1 : 2;
    }

    /** Begins a transaction that the caller ends. It goes to the server with its first statement, which fixes its state. */
    public void begin(String mode) {
        open = true;
        beginning = beginning(mode);
    }

    /** Begins a transaction that the caller ends, whose state is that of now. */
    public void beginNow(String mode) throws SQLException {
        begin(mode);
        query("select 1", List.of(), ResultSet::next);
    }

    /** Runs one statement in the transaction that is open. */
    public <R> R query(String sql, List<?> parameters, Rows<R> rows) throws SQLException {
        return run(sql, parameters, 0, rows);
    }

    /** Runs one statement in the transaction that is open, after one without a result; both in one round trip. */
    public <R> R queryAfter(String before, String sql, List<?> parameters, Rows<R> rows) throws SQLException {
        return run(before + ";" + sql, parameters, 1, rows);
    }

    /** Runs one statement after a savepoint, and forgets the savepoint; all in one round trip. */
    public <R> R guarded(String sql, List<?> parameters, Rows<R> rows) throws SQLException {
        return run("savepoint pagurus;" + sql + ";release savepoint pagurus", parameters, 1, rows);
    }

    public void undoToSavepoint() throws SQLException {
        script("rollback to savepoint pagurus;release savepoint pagurus");
    }

    /** Runs any number of statements without parameters. */
    public void script(String sql) throws SQLException {
        String before = takeBeginning();
        awaitingSince = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.execute(before == null ? sql : before + ";" + sql);
        } finally {
            awaitingSince = 0;
        }
    }

    public void commit() throws SQLException {
        if (takeBeginning() == null) {
            awaitingSince = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                try {
                    statement.execute("commit");
                } catch (SQLException e) {
                    throw PostgresFailures.ofCommit(e, statement.getWarnings());
                }
            } finally {
                awaitingSince = 0;
            }
        }
        open = false;
    }

    /** Returns since when the server's answer is awaited, as {@link System#nanoTime} counts; 0 while none is. */
    public long awaitingSince() {
        return awaitingSince;
    }

    public Connection jdbc() {
        return connection;
    }

    /** Undoes what was not committed, and gives the connection back. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (open && takeBeginning() == null) {
                script("rollback");
            }
            if (networkTimeout >= 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            }
            if (autocommitOff) {
                connection.setAutoCommit(false);
            }
        }
    }

    /** Runs statements and reads the result of one of them, counted from 0. */
    private <R> R run(String sql, List<?> parameters, int which, Rows<R> rows) throws SQLException {
        String before = takeBeginning();
        try (PreparedStatement statement = connection.prepareStatement(before == null ? sql : before + ";" + sql)) {
            bindAll(statement, parameters);
            awaitingSince = System.nanoTime();
            statement.execute();
            awaitingSince = 0;
            skip(statement, before == null ? which : resultsOfBeginning() + which);
            try (ResultSet result = statement.getResultSet()) {
                return rows.read(result);
            }
        } finally {
            awaitingSince = 0;
        }
    }

    /** Returns what is to be sent before the next statement, once: even if that fails, it was sent. */
    private @Nullable String takeBeginning() {
        String taken = beginning;
        beginning = null;
        return taken;
    }

    private static void skip(PreparedStatement statement, int results) throws SQLException {
        for (int i = 0; i < results; i++) {
            statement.getMoreResults();
        }
    }

    private static void bindAll(PreparedStatement statement, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            bind(statement, i + 1, parameters.get(i));
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            statement.setObject(index, value);
        }
    }
}
