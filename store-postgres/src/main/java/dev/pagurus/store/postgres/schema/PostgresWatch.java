package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.StoreException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.spi.Micros;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a connection whose statements may take as long as they take. An answer that does not come may be that of a
 * server which works, or may be lost on the way: another connection asks the server. If for the time-out nobody says that
 * it works on the statement, the connection is cut, and the statement fails as with any lost connection.
 */
final class PostgresWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);

    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final PostgresConnection watched;
    private final int process;
    private final PostgresSettings settings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean looking = new AtomicBoolean();

    /** When the server was last known to work on the statement. */
    private volatile long alive = System.nanoTime();

    private volatile boolean hasCut;

    private PostgresWatch(PostgresConnection watched, int process, PostgresSettings settings) {
        this.watched = watched;
        this.process = process;
        this.settings = settings;
    }

    /**
     * Starts one. A given DataSource has nobody to ask: its only other connection may be this one.
     *
     * @param process the server's process
     */
    static @Nullable PostgresWatch over(PostgresConnection watched, int process, PostgresSettings settings) {
        if (settings.target() == null) {
            return null;
        }
        PostgresWatch watch = new PostgresWatch(watched, process, settings);
        start(watch::run);
        return watch;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "pagurus-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long timeout = settings.timeout().toMillis();
        long pause = Math.max(1, Math.min(LONGEST_PAUSE_MILLIS, timeout / 8));
        try {
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                long since = watched.awaitingSince();
                if (since == 0) {
                    continue;
                }
                long unknown = (System.nanoTime() - Math.max(since, alive)) / 1_000_000;
                if (unknown >= timeout) {
                    cut();
                    return;
                }
                if (unknown >= timeout / 2 && looking.compareAndSet(false, true)) {
                    start(this::look);
                }
            }
        } catch (InterruptedException e) {
            // Nobody does that to a thread of ours; without a watch, the statement goes on as it is.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (works()) {
                alive = System.nanoTime();
            }
        } catch (StoreException e) {
            LOG.debug("Whether a statement is still worked on could not be asked", e);
        } finally {
            looking.set(false);
        }
    }

    private boolean works() {
        return PostgresPool.direct(settings, new PostgresErrors(settings))
                .with(
                        false,
                        connection -> connection.alone(
                                PostgresConnection.SERIALIZABLE_READ_ONLY,
                                "select 1 from pg_stat_activity where pid = ? and state = 'active'"
                                        + " and wait_event_type is distinct from 'Client'",
                                List.of(process),
                                rows -> rows.next()));
    }

    private void cut() {
        hasCut = true;
        LOG.warn(
                "A statement that changes a collection of {} is cut off: for {} the server did not say that it works on it",
                settings.shown(),
                Micros.shown(settings.timeout()));
        try {
            watched.jdbc().abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The connection could not be cut", e);
        }
    }

    /** Returns a failure as one of a connection that stalled, if it was cut for that. */
    SQLException explained(SQLException failure) {
        return hasCut
                ? new SQLException(
                        failure.getMessage(), failure.getSQLState(), new SocketTimeoutException("It stalled."))
                : failure;
    }

    /** Ends it. */
    void close() {
        closed.countDown();
    }
}
