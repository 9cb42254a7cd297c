package dev.pagurus.store.sqlite.connect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead log from growing without bound. SQLite copies the log into the database by itself, but starts it
 * anew only at a moment when nobody reads from it; where reads overlap all the time, that moment never comes (measured: 8
 * readers on 2 cores, 337 MiB in 20 seconds). So the writer waits for it, once the log has passed its limit.
 */
final class SqliteLog {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLog.class);

    /** How long a writer may be delayed by that. Held snapshots last longer; then the log grows on. */
    private static final int PATIENCE_MILLIS = 250;

    /**
     * How often its size is looked at. After each commit it would make commits a quarter slower: a file whose times were
     * asked for gets new ones with the next write, and those must reach the disk too.
     */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SqliteSettings settings;
    private final SqlitePresence presence;
    private long threshold;
    private long looked = System.nanoTime();

    SqliteLog(SqliteSettings settings, SqlitePresence presence) {
        this.settings = settings;
        this.presence = presence;
        this.threshold = settings.journalLimit();
    }

    /** Empties the log if it is too long; called by the writer between two transactions. */
    void limit(SqliteConnection writing) throws SQLException {
        long now = System.nanoTime();
        if (now - looked < LOOK_EVERY_NANOS) {
            return;
        }
        looked = now;
        long bytes = presence.lookAtLog();
        if (presence.logIsGone()) {
            // Nobody finds it any more: what was acknowledged shall be in the file before anything else happens.
            copy(writing);
            return;
        }
        if (bytes <= threshold) {
            return;
        }
        boolean emptied = empty(writing);
        LOG.debug("The log of {} had {} bytes, emptied: {}", settings.file().shown(), bytes, emptied);
        threshold = emptied ? settings.journalLimit() : bytes + Math.max(bytes / 2, settings.journalLimit());
    }

    /** Copies the log into the database and cuts it to nothing; false if readers still needed it. */
    private static boolean empty(SqliteConnection writing) throws SQLException {
        writing.run("pragma busy_timeout = " + PATIENCE_MILLIS);
        try {
            return checkpoint(writing, "truncate");
        } finally {
            writing.run("pragma busy_timeout = " + SqliteWriter.BUSY_MILLIS);
        }
    }

    /** Copies the log into the database as far as nobody must wait for that; true if all of it is there now. */
    static boolean copy(SqliteConnection writing) throws SQLException {
        return checkpoint(writing, "passive");
    }

    /** Copies the log into the database and cuts it to nothing, unless somebody would have to wait for that. */
    static boolean cut(SqliteConnection writing) throws SQLException {
        return checkpoint(writing, "truncate");
    }

    private static boolean checkpoint(SqliteConnection writing, String mode) throws SQLException {
        try (ResultSet result = writing.query("pragma wal_checkpoint(" + mode + ")")) {
            return result.next() && result.getInt(1) == 0 && result.getInt(2) == result.getInt(3);
        }
    }
}
