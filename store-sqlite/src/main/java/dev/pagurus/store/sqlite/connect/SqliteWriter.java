package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes, and the queue for it. SQLite has one writer at a time: callers of this process wait
 * here, in order; for other processes the file's lock is asked for again and again, because SQLite's own waiting has no
 * queue and sleeps too long to get a turn beside a busy neighbour.
 */
public final class SqliteWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

    /** How long SQLite waits before it reports BUSY and we ask again. */
    static final int BUSY_MILLIS = 3;

    private final SqliteSettings settings;
    private final SqliteErrors errors;
    private final SqlitePresence presence;
    private final SqliteHandles handles;
    private final BooleanSupplier held;
    private final SqliteLog log;
    private final SqliteSettling settling;
    private final SqliteMark mark = new SqliteMark();
    private final ReentrantLock lock = new ReentrantLock(true);
    private @Nullable SqliteConnection connection;
    private boolean committed;

    /**
     * Makes one that opens the file when it is first needed.
     *
     * @param held whether this store holds an old state open for long, which a part of the log would be needed for
     */
    public SqliteWriter(
            SqliteSettings settings,
            SqliteErrors errors,
            SqlitePresence presence,
            SqliteHandles handles,
            BooleanSupplier held) {
        this.settings = settings;
        this.errors = errors;
        this.presence = presence;
        this.handles = handles;
        this.held = held;
        this.log = new SqliteLog(settings, presence);
        this.settling = new SqliteSettling(settings.file(), this::settle);
    }

    /** Work on the writing connection. */
    @FunctionalInterface
    public interface Work<R> {
        R run(SqliteConnection connection) throws SQLException;
    }

    /** Does the work in one transaction; all of it or nothing. If the disk is full, it is done again without a log. */
    public <R> R write(Work<R> work) {
        SqliteConnection writing = begin();
        try {
            try {
                return run(writing, work);
            } catch (UnavailableException e) {
                if (!SqliteErrors.isFull(e) || !makeRoom(writing)) {
                    throw e;
                }
            }
            return run(writing, work);
        } finally {
            end();
        }
    }

    private <R> R run(SqliteConnection writing, Work<R> work) {
        try {
            R result = work.run(writing);
            commit(writing);
            return result;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** Undoes the transaction, empties the log, and begins again; false if that was of no use. */
    private boolean makeRoom(SqliteConnection writing) {
        try {
            writing.update("rollback");
        } catch (SQLException e) {
            LOG.debug("SQLite has rolled back by itself", e);
        }
        try {
            boolean room = log.makeRoom(writing);
            new SqlitePatience(settings, errors).untilFree(() -> writing.update("begin immediate"));
            log.begun(writing);
            return room;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** Takes the turn of this thread and begins a transaction; {@link #end} must follow. */
    public SqliteConnection begin() {
        SqlitePatience patience = new SqlitePatience(settings, errors);
        acquire();
        try {
            handles.used();
            SqliteConnection writing = connected(patience);
            writing.unlimited(false);
            patience.untilFree(() -> writing.update("begin immediate"));
            presence.noteOpened();
            log.begun(writing);
            return writing;
        } catch (SQLException e) {
            discard();
            lock.unlock();
            throw errors.of(e);
        } catch (RuntimeException | Error e) {
            lock.unlock();
            throw e;
        }
    }

    public void commit(SqliteConnection writing) {
        presence.require();
        try {
            if (settings.synchronous() != SqliteSettings.Synchronous.OFF) {
                mark.change(writing);
            }
            log.requireRoom(writing);
            writing.update("commit");
            committed = true;
        } catch (SQLException e) {
            throw errors.ofCommit(e);
        }
        presence.requireAfterCommit();
    }

    /** Undoes what was not committed, and gives the turn to the next. */
    public void end() {
        SqliteConnection writing = connection;
        try {
            if (writing == null) {
                return;
            }
            if (committed) {
                settling.written();
            } else {
                writing.update("rollback");
            }
            log.limit(writing);
        } catch (SQLException e) {
            // SQLite has rolled back by itself (a full disk does that), or the connection is of no use any more.
            LOG.debug("The writing connection is opened anew", e);
            discard();
        } finally {
            committed = false;
            lock.unlock();
        }
    }

    /** Says how many callers wait for their turn. */
    public int waiting() {
        return lock.getQueueLength();
    }

    /** Copies into the file what another process may have left in the log. */
    public void settle() {
        try {
            settle(false);
        } catch (SQLException e) {
            LOG.debug("The log could not be copied when the file was opened; it will be later", e);
        }
    }

    /**
     * Copies the log into the file, and cuts it when nothing has been written for a while; true if that was done. While an
     * old state is held, SQLite would copy those pages only that have not changed since, and the file alone would be none.
     */
    private boolean settle(boolean quiet) throws SQLException {
        if (held.getAsBoolean()) {
            return false;
        }
        acquire();
        try {
            SqliteConnection writing = connection;
            return writing == null || mark.copied(writing, quiet ? SqliteLog::cut : SqliteLog::copy);
        } finally {
            lock.unlock();
        }
    }

    /** Empties the log and closes the connection, unless somebody uses it; says whether it is closed then. */
    public boolean closeIdle() {
        // Also not that of a transaction that this thread itself is in.
        if (lock.isLocked() || !lock.tryLock()) {
            return false;
        }
        try {
            SqliteConnection writing = connection;
            if (writing != null) {
                mark.copied(writing, SqliteLog::cut);
            }
        } catch (SQLException e) {
            LOG.debug("The log could not be emptied; the next one to open the file does it", e);
        } finally {
            discard();
            lock.unlock();
        }
        settling.nothingLeft();
        return true;
    }

    /** Empties the log, and closes. */
    @Override
    public void close() {
        settling.close();
        lock.lock();
        try {
            if (connection != null) {
                connection.run("pragma wal_checkpoint(truncate)");
            }
        } catch (SQLException e) {
            LOG.debug("The log could not be emptied on close; the next one to open the file does it", e);
        } finally {
            discard();
            lock.unlock();
        }
    }

    private void acquire() {
        try {
            if (isFreeForAnInterrupted()) {
                return;
            }
            if (!lock.tryLock(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw errors.writerHeld(settings.timeout());
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
    }

    /** An interrupt ends waiting, and nothing else: who is interrupted before gets a lock that nobody has or waits for. */
    private boolean isFreeForAnInterrupted() {
        return Thread.currentThread().isInterrupted() && !lock.hasQueuedThreads() && lock.tryLock();
    }

    private SqliteConnection connected(SqlitePatience patience) throws SQLException {
        SqliteConnection writing = connection;
        if (writing == null) {
            handles.opening();
            presence.require();
            writing = patience.untilFree(() -> SqliteConnection.open(settings, BUSY_MILLIS, false));
            connection = writing;
            requireWal(writing, patience);
            log.opened(writing);
        }
        return writing;
    }

    /** Readers and the writer can only work side by side on a write-ahead log. The mode stays with the file. */
    private void requireWal(SqliteConnection writing, SqlitePatience patience) throws SQLException {
        String mode = patience.untilFree(() -> {
            try (ResultSet result = writing.query("pragma journal_mode = wal")) {
                return result.next() ? result.getString(1) : "";
            }
        });
        if (!mode.equals("wal")) {
            discard();
            throw new ConfigurationException("The file of " + settings.file().shown() + " cannot have a write-ahead log"
                    + " (its journal mode stays '" + mode
                    + "'). Put it on a local disk that allows shared memory files.");
        }
    }

    private void discard() {
        SqliteConnection broken = connection;
        connection = null;
        presence.noteClosed();
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.debug("The writing connection could not be closed", e);
            }
        }
    }
}
