package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction in which no other process changes the same collection. It may take as long as it takes: neither the server
 * nor the driver ends its statements, but a {@link PostgresWatch} does if the server does not work on them.
 */
final class PostgresDefineLock {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    static final String READ_COMMITTED = "read committed";

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    /** Nothing waits before it is known which process is to be watched, so the lock is only tried here. */
    private static final String BEGIN =
            "select pg_backend_pid(), set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),"
                    + " pg_try_advisory_xact_lock(hashtextextended(?, 0))";

    /** Readers queue behind whoever waits for a whole table, so that this is how long they wait at most. */
    private static final int TRY_MILLIS = 250;

    /** Long enough for those who queued behind an attempt. */
    private static final int PAUSE_MILLIS = 50;

    private final PostgresConnection connection;
    private final PostgresSettings settings;
    private final long began = System.nanoTime();

    private PostgresDefineLock(PostgresConnection connection, PostgresSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * What is known of the transaction when it has begun.
     *
     * @param process the server's process
     * @param locked whether nobody else had the lock
     */
    private record Begun(int process, boolean locked) {}

    /** What is read under the lock. */
    interface Look<R> {
        R at(PostgresConnection connection) throws SQLException;
    }

    /** What is done under the lock. */
    interface Work<R> {
        R run(PostgresDefineLock lock) throws SQLException;
    }

    static <R> R with(PostgresPool pool, PostgresSettings settings, String table, Work<R> work) {
        return pool.with(true, connection -> {
            Connection jdbc = connection.jdbc();
            int networkTimeout = jdbc.getNetworkTimeout();
            connection.begin(READ_COMMITTED);
            Begun begun = connection.query(BEGIN, List.of("pagurus " + table), rows -> {
                rows.next();
                return new Begun(rows.getInt(1), rows.getBoolean(4));
            });
            jdbc.setNetworkTimeout(Runnable::run, 0);
            @Nullable PostgresWatch watch = PostgresWatch.over(connection, begun.process(), settings);
            try {
                if (!begun.locked()) {
                    connection.query(LOCK, List.of("pagurus " + table), rows -> true);
                }
                R result = work.run(new PostgresDefineLock(connection, settings));
                connection.commit();
                return result;
            } catch (SQLException e) {
                throw watch == null ? e : watch.explained(e);
            } finally {
                if (watch != null) {
                    watch.close();
                }
                restore(jdbc, networkTimeout);
            }
        });
    }

    /** On a connection that is lost it is not worth a failure, which would hide the one that matters. */
    private static void restore(Connection jdbc, int networkTimeout) {
        try {
            jdbc.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            LOG.debug("A connection's time-out could not be set back; it is lost", e);
        }
    }

    /**
     * Looks at what became of a change whose connection was lost. The lock is had when the server has ended that change,
     * with a commit or without; it is waited for no longer than any other.
     */
    static <R> R afterwards(PostgresPool pool, String table, Look<R> look) {
        return pool.with(false, connection -> {
            connection.begin(READ_COMMITTED);
            connection.query(LOCK, List.of("pagurus " + table), rows -> true);
            R found = look.at(connection);
            connection.commit();
            return found;
        });
    }

    /** Takes the lock of another collection too. Who takes two the other way round conflicts. */
    void also(String table) throws SQLException {
        connection.query(LOCK, List.of("pagurus " + table), rows -> true);
    }

    PostgresConnection connection() {
        return connection;
    }

    /**
     * Runs what needs a whole table for a moment. A reader that holds it makes this wait, and everybody else behind it:
     * hence many short attempts. They end with the call's time, or, if that was spent on work which would be in vain, when
     * as much again has gone by.
     */
    void exclusively(String sql) throws SQLException {
        long spent = System.nanoTime() - began;
        exclusively(connection, settings, sql, Math.max(settings.timeout().toNanos() - spent, spent));
    }

    /** The same in one attempt, for what can be left to others. */
    void exclusivelyAtOnce(String sql) throws SQLException {
        exclusively(connection, settings, sql, 0);
    }

    static void exclusively(PostgresConnection connection, PostgresSettings settings, String sql) throws SQLException {
        exclusively(connection, settings, sql, settings.timeout().toNanos());
    }

    private static void exclusively(PostgresConnection connection, PostgresSettings settings, String sql, long patience)
            throws SQLException {
        long deadline = System.nanoTime() + patience;
        while (true) {
            connection.script("savepoint pagurus; set local lock_timeout = " + TRY_MILLIS);
            try {
                connection.script(sql);
                connection.script("release savepoint pagurus; set local lock_timeout = 0");
                return;
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                boolean busy = state.equals("55P03") || state.equals("40P01");
                if (!busy || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                connection.undoToSavepoint();
            }
            pause(settings);
        }
    }

    private static void pause(PostgresSettings settings) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "The thread was interrupted while it waited for a table of " + settings.shown()
                            + ". Nothing was changed.",
                    e);
        }
    }
}
