package dev.pagurus.store.sqlite.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements, used by one thread at a time. Always in autocommit: transactions are
 * statements, for the driver's own would begin again after each commit and keep the write lock.
 */
public final class SqliteConnection implements AutoCloseable {

    private static final int MAX_STATEMENTS = 200;

    /**
     * How many times the cache of the others the connection has that writes. A list of a bulk write changes a page for nearly
     * every document and index; what does not fit goes to the log before the commit, and again when it is changed again.
     */
    private static final int WRITERS_SHARE = 4;

    /** Of rows that count as one statement: a long list shall not be too long for a slow disk. */
    private static final int MOST_TOGETHER = 500;

    private final Connection connection;
    private final SqliteLimit limit;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    private SqliteConnection(Connection connection, SqliteLimit limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /**
     * Opens the file, creating it if it is missing.
     *
     * @param settings say, among others, how long a statement may keep SQLite busy
     * @param busyMillis how long SQLite itself waits for locks of others
     */
    public static SqliteConnection open(SqliteSettings settings, int busyMillis, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Before anything else: the first statement can meet a lock already.
        config.setBusyTimeout(busyMillis);
        Connection connection = config.createConnection(settings.file().jdbcUrl());
        SqliteLimit limit = new SqliteLimit(settings.timeout().toNanos());
        SqliteConnection opened = new SqliteConnection(connection, limit);
        try {
            ProgressHandler.setHandler(connection, SqliteLimit.INSTRUCTIONS, limit);
            opened.run("pragma synchronous = " + settings.synchronous());
            long cacheBytes = readOnly ? settings.cacheBytes() : WRITERS_SHARE * settings.cacheBytes();
            opened.run("pragma cache_size = -" + cacheBytes / 1024);
            opened.run("pragma journal_size_limit = " + settings.journalLimit());
            opened.run("pragma wal_autocheckpoint = " + settings.checkpointPages());
            // Renaming a table shall not fail over a view that is not ours.
            opened.run("pragma legacy_alter_table = on");
            if (readOnly) {
                opened.run("pragma query_only = on");
            }
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /** Says that statements take as long as they take from now on: a schema is changed, or it is over. */
    public void unlimited(boolean now) {
        limit.lift(now);
    }

    /**
     * Ends a statement that takes long when its thread is interrupted, with {@code SQLITE_INTERRUPT}, and for no other
     * reason.
     */
    public void stopWhenInterrupted() throws SQLException {
        ProgressHandler.setHandler(connection, SqliteLimit.INSTRUCTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                return Thread.currentThread().isInterrupted() ? 1 : 0;
            }
        });
    }

    /** Runs a script of any number of statements, without parameters. */
    public void run(String script) throws SQLException {
        limit.statement();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    /** Fails if a statement cannot be compiled as the schema is now; does not run it. */
    public void compile(String sql) throws SQLException {
        connection.prepareStatement(sql).close();
    }

    /** Runs a statement that returns nothing, and returns how many rows it changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw forget(sql, e);
        }
    }

    /**
     * Runs a statement that returns nothing for each of some rows of parameters, and returns how many rows each changed. One
     * by one, {@link #update} has the driver try to begin a transaction after each.
     */
    public int[] updateAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
        int[] changed = new int[rows.size()];
        try {
            for (int from = 0; from < changed.length; from += MOST_TOGETHER) {
                List<@Nullable Object[]> some = rows.subList(from, Math.min(from + MOST_TOGETHER, changed.length));
                for (@Nullable Object[] row : some) {
                    bound(sql, row).addBatch();
                }
                System.arraycopy(bound(sql, new Object[0]).executeBatch(), 0, changed, from, some.size());
            }
            return changed;
        } catch (SQLException e) {
            throw forget(sql, e);
        }
    }

    /** Runs a query; the caller closes the result. */
    public ResultSet query(String sql, List<?> parameters) throws SQLException {
        return query(sql, parameters.toArray());
    }

    /** Runs a query; the caller closes the result. */
    public ResultSet query(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return bound(sql, parameters).executeQuery();
        } catch (SQLException e) {
            throw forget(sql, e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object[] parameters) throws SQLException {
        limit.statement();
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            evict();
        }
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Double number) {
            statement.setDouble(index, number);
        } else if (value instanceof Boolean flag) {
            statement.setInt(index, flag ? 1 : 0);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else {
            statement.setNull(index, Types.NULL);
        }
    }

    /** Closes the statement that has not been used for longest. */
    private void evict() throws SQLException {
        if (statements.size() > MAX_STATEMENTS) {
            PreparedStatement eldest =
                    statements.remove(statements.keySet().iterator().next());
            if (eldest != null) {
                eldest.close();
            }
        }
    }

    /** The driver finalises a statement after some failures, and could not run it again. */
    private SQLException forget(String sql, SQLException failure) {
        PreparedStatement statement = statements.remove(sql);
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    @Override
    public void close() throws SQLException {
        statements.clear();
        connection.close();
    }
}
