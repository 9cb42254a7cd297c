package dev.pagurus.store.sqlite.connect;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead log from growing without bound. SQLite copies the log into the database by itself, but starts it
 * anew only at a moment when nobody reads from it; where reads overlap all the time, that moment never comes (measured: 8
 * readers on 2 cores, 337 MiB in 20 seconds). So the writer waits for it, once the log has passed its limit.
 *
 * <p>What it may have is no more than an eighth of the room that there is: what it holds needs as much again when it is
 * copied. The last of the room is not given to documents: a log that cannot be copied any more could not be emptied either,
 * and then nothing could be deleted.
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

    private static final String PAGES = "pragma page_count";

    private static final int SHARE = 8;

    private static final long LEAST_BYTES = 256 << 10;

    /** More than is written between two looks; with less room, each transaction is held against it. */
    private static final long PLENTY_BYTES = 512L << 20;

    /** Where nobody can say how much is free, SQLite will, when it is nothing. */
    private static final long UNKNOWN = Long.MAX_VALUE / 4;

    /** What is kept for deleting. */
    private static final long RESERVE_BYTES = 1 << 20;

    private final SqliteSettings settings;
    private final SqlitePresence presence;
    private @Nullable FileStore disk;
    private long limit;
    private long threshold;
    private boolean scarce;
    private boolean pressing;
    private long pageBytes;
    private long pagesBefore;
    private long looked = System.nanoTime();

    SqliteLog(SqliteSettings settings, SqlitePresence presence) {
        this.settings = settings;
        this.presence = presence;
        this.limit = settings.journalLimit();
        this.threshold = limit;
    }

    /** Tells a new connection what the log may have. */
    void opened(SqliteConnection writing) throws SQLException {
        limit = settings.journalLimit();
        threshold = limit;
        pageBytes = number(writing, "pragma page_size");
        adapt(writing, presence.lookAtLog());
        pressing = scarce;
    }

    /** Called when a transaction has begun. */
    void begun(SqliteConnection writing) throws SQLException {
        if (scarce) {
            pagesBefore = number(writing, PAGES);
        }
    }

    /**
     * Refuses a transaction that makes the database larger than there is room for: for itself in the log, and for that and
     * the rest of the log in the database. One that only deletes, or fills what was deleted, is not refused.
     */
    void requireRoom(SqliteConnection writing) throws SQLException {
        if (!scarce) {
            return;
        }
        long grown = (number(writing, PAGES) - pagesBefore) * pageBytes;
        if (grown <= 0) {
            return;
        }
        long free = free();
        pressing = free < limit * SHARE / 2;
        if (free >= limit + 2 * grown + RESERVE_BYTES) {
            return;
        }
        // What of it is in the log by now (of a large one, most) has its room already; to ask for that is dearer.
        long written = Math.min(presence.lookAtLog(), limit + grown);
        if (free + written < 2 * (limit + grown) + RESERVE_BYTES) {
            throw SqliteErrors.full(grown, free);
        }
    }

    /** Empties the log if it is too long; called by the writer between two transactions. */
    void limit(SqliteConnection writing) throws SQLException {
        long now = System.nanoTime();
        if (!pressing && now - looked < LOOK_EVERY_NANOS) {
            return;
        }
        looked = now;
        pressing = false;
        long bytes = presence.lookAtLog();
        if (presence.logIsGone()) {
            // Nobody finds it any more: what was acknowledged shall be in the file before anything else happens.
            copy(writing);
            return;
        }
        adapt(writing, bytes);
        if (bytes <= threshold) {
            return;
        }
        boolean emptied = empty(writing);
        LOG.debug("The log of {} had {} bytes, emptied: {}", shown(), bytes, emptied);
        threshold = emptied ? limit : bytes + Math.max(bytes / 2, limit);
    }

    /** Empties the log because the disk is full; says whether that was of use. */
    boolean makeRoom(SqliteConnection writing) throws SQLException {
        long bytes = presence.lookAtLog();
        long before = limit;
        boolean emptied = empty(writing);
        adapt(writing, presence.lookAtLog());
        LOG.debug("The disk of {} is full, its log had {} bytes, emptied: {}", shown(), bytes, emptied);
        return emptied && (bytes > 0 || limit < before);
    }

    /** Gives the log its share of the room: what is free, and what it has. */
    private void adapt(SqliteConnection writing, long bytes) throws SQLException {
        long room = free() + bytes;
        scarce = room < Math.max(PLENTY_BYTES, settings.journalLimit() * SHARE);
        // In powers of two, so that it does not change at each look.
        long share = Math.max(Long.highestOneBit(room / SHARE), LEAST_BYTES);
        long wanted = Math.min(settings.journalLimit(), share);
        if (wanted == limit) {
            return;
        }
        LOG.debug("The log of {} may have {} bytes, of {} that are free", shown(), wanted, room);
        limit = wanted;
        threshold = wanted;
        writing.run("pragma journal_size_limit = " + wanted);
        writing.run("pragma wal_autocheckpoint = " + SqliteSettings.checkpointBytes(wanted) / pageBytes);
    }

    /** Copies the log into the database and cuts it to nothing; false if readers still needed it, or there is no room. */
    private static boolean empty(SqliteConnection writing) throws SQLException {
        writing.run("pragma busy_timeout = " + PATIENCE_MILLIS);
        try {
            return checkpoint(writing, "truncate");
        } catch (SQLException e) {
            if (!SqliteErrors.isFull(e)) {
                throw e;
            }
            return false;
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

    private static long number(SqliteConnection writing, String pragma) throws SQLException {
        try (ResultSet result = writing.query(pragma)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Asks the file system, and never the file. */
    private long free() {
        try {
            FileStore asked = disk;
            if (asked == null) {
                asked = Files.getFileStore(settings.file().directory());
                disk = asked;
            }
            long free = asked.getUsableSpace();
            boolean unknown = free == 0 && asked.getTotalSpace() == 0;
            return unknown ? UNKNOWN : Math.min(free, UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private String shown() {
        return settings.file().shown();
    }
}
