package dev.pagurus.store.sqlite.connect;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some connections that only read, opened when they are first needed, the one used last used first. */
public final class SqliteReaders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);

    private final SqliteSettings settings;
    private final SqliteErrors errors;
    private final SqlitePresence presence;
    private final SqliteHandles handles;
    private final String option;
    private final int size;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<SqliteConnection> idle = new ConcurrentLinkedDeque<>();

    /**
     * Makes an empty pool.
     *
     * @param option which option sets its size
     */
    public SqliteReaders(
            SqliteSettings settings,
            SqliteErrors errors,
            SqlitePresence presence,
            SqliteHandles handles,
            String option,
            int size) {
        this.settings = settings;
        this.errors = errors;
        this.presence = presence;
        this.handles = handles;
        this.option = option;
        this.size = size;
        this.free = new Semaphore(size);
    }

    /** Work on a reading connection. */
    @FunctionalInterface
    public interface Work<R> {
        R run(SqliteConnection connection) throws SQLException;
    }

    public <R> R read(Work<R> work) {
        SqliteConnection connection = take();
        boolean sound = false;
        try {
            R result = work.run(connection);
            sound = true;
            return result;
        } catch (SQLException e) {
            throw errors.of(e);
        } finally {
            giveBack(connection, sound);
        }
    }

    /** Takes a connection; {@link #giveBack} must follow. */
    public SqliteConnection take() {
        try {
            // At once if it can be: an interrupt ends waiting, and nothing else.
            if (!free.tryAcquire() && !free.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw errors.noConnection(option, size, settings.timeout());
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
        try {
            handles.used();
            presence.requireForRead();
            @Nullable SqliteConnection connection = idle.pollFirst();
            return connection == null ? open() : connection;
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    /** Opens one more, of the file that the others have open. */
    private SqliteConnection open() {
        handles.opening();
        presence.require();
        try {
            return new SqlitePatience(settings, errors)
                    .untilFree(() -> SqliteConnection.open(settings, busyMillis(), true));
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** Readers meet a lock only while the log is being recovered or cut, and can wait for that inside of SQLite. */
    private int busyMillis() {
        return (int) Math.min(settings.timeout().toMillis(), Integer.MAX_VALUE);
    }

    /**
     * Gives a connection back.
     *
     * @param sound whether it is as it was; otherwise it is closed, with whatever it had open
     */
    public void giveBack(SqliteConnection connection, boolean sound) {
        if (sound) {
            idle.addFirst(connection);
        } else {
            close(connection);
        }
        free.release();
    }

    public int inUse() {
        return size - free.availablePermits();
    }

    /** Closes those that nobody uses, and says whether all are closed then. */
    public boolean closeIdle() {
        close();
        // In this order: what is given back is idle before it is not in use any more.
        return inUse() == 0 && idle.isEmpty();
    }

    @Override
    public void close() {
        @Nullable SqliteConnection connection;
        while ((connection = idle.pollFirst()) != null) {
            close(connection);
        }
    }

    private static void close(SqliteConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A reading connection could not be closed", e);
        }
    }
}
