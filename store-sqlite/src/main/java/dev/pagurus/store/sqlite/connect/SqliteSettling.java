package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the log copied into the file soon after something was written, so that the file alone, as somebody may find it after a
 * crash, is nearly all there; and has the log cut to nothing when nothing more comes, so that none is left that could be
 * taken for the log of another file. By itself SQLite copies only a long log, and a store that is written to rarely would
 * keep everything in it for hours.
 *
 * <p>That needs a thread, because nobody may call again. It begins with a write, and ends when the log is empty.
 */
final class SqliteSettling {

    /** How long after a write its pages are copied. */
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long it may pause when something is in the way: a held snapshot, a full disk. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteSettling.class);

    private final SqliteFile file;
    private final Step step;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean written;
    private volatile boolean closed;
    private volatile boolean hurried;

    /** What is done each time. */
    @FunctionalInterface
    interface Step {
        /**
         * Copies the log.
         *
         * @param quiet whether nothing was written since the last time
         * @return whether nothing was in the way
         */
        boolean run(boolean quiet) throws SQLException;
    }

    SqliteSettling(SqliteFile file, Step step) {
        this.file = file;
        this.step = step;
    }

    /** Notes that something was written. */
    void written() {
        written = true;
        if (thread.get() == null && file.temporary() == null && !closed) {
            start();
        }
    }

    private void start() {
        Thread started =
                new Thread(null, this::run, "pagurus-log-" + file.path().getFileName(), 0, false);
        started.setDaemon(true);
        started.setContextClassLoader(null);
        if (thread.compareAndSet(null, started)) {
            try {
                started.start();
            } catch (OutOfMemoryError e) {
                // There is no room for one more thread now; the write is done, and the next one tries again.
                thread.set(null);
                LOG.debug("No thread could be started to copy the log of {}", file.shown(), e);
            }
        }
    }

    private void run() {
        long pause = PAUSE_NANOS;
        while (pause(pause)) {
            boolean quiet = !written;
            written = false;
            boolean done = step(quiet);
            if (done && quiet && ends()) {
                return;
            }
            pause = done ? PAUSE_NANOS : Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    private boolean step(boolean quiet) {
        try {
            return step.run(quiet);
        } catch (SQLException | StoreException e) {
            LOG.debug("The log of {} could not be copied into it", file.shown(), e);
            return false;
        }
    }

    /** Ends the work of this thread, unless something was written meanwhile by somebody who relies on it. */
    private boolean ends() {
        thread.set(null);
        return !written || !thread.compareAndSet(null, Thread.currentThread());
    }

    /** Waits; false if the store is closed. */
    private boolean pause(long nanos) {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed && !hurried; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        hurried = false;
        return !closed;
    }

    /** The log is empty already: the thread need not wait for that. */
    void nothingLeft() {
        Thread running = thread.get();
        if (running != null) {
            written = false;
            hurried = true;
            LockSupport.unpark(running);
        }
    }

    /** Ends the thread and waits for its end, whether or not the caller is interrupted. */
    void close() {
        closed = true;
        Thread running = thread.get();
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
