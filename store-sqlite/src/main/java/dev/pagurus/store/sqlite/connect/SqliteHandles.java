package dev.pagurus.store.sqlite.connect;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whether a store has its file open, and how many stores do. A process may have a thousand stores, but not a thousand times
 * all handles that a busy one needs. So when one more opens its file, and there are many, the one that was not used for
 * longest closes its own. It opens the file again when it is used again, with the looks that opening takes: whether the file
 * is the one that it was ({@link SqlitePresence}), and the log beside it its own ({@link SqliteMark}).
 *
 * <p>Whoever opens does that for the other, so that no thread and no timer is kept. A store that is in use is left alone, so
 * there may be more. A temporary file stays open, for what cleans its folder leaves alone what is in use.
 */
public final class SqliteHandles {

    /** A store in use has about ten handles, and a process often no more than 1024. */
    public static final int MOST_STORES = 64;

    private static final long NOTED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final ReentrantLock COUNTING = new ReentrantLock();

    /** Under the lock only. */
    private static final Set<SqliteHandles> OPEN = new HashSet<>();

    private final SqliteFile file;
    private final BooleanSupplier closeIdle;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile boolean open;
    private volatile long lastUsed = System.nanoTime();

    /** Under the lock only. */
    private boolean wasOpen;

    /**
     * Opens nothing.
     *
     * @param closeIdle closes all connections of the store that nobody uses, and says whether none is left
     */
    public SqliteHandles(SqliteFile file, BooleanSupplier closeIdle) {
        this.file = file;
        this.closeIdle = closeIdle;
    }

    /** Says how many stores of this process have their files open, temporary ones aside. */
    public static int stores() {
        COUNTING.lock();
        try {
            return OPEN.size();
        } finally {
            COUNTING.unlock();
        }
    }

    /** Somebody uses the store. Noted now and then: each note is one that all cores must see. */
    void used() {
        long now = System.nanoTime();
        if (now - lastUsed > NOTED_EVERY_NANOS) {
            lastUsed = now;
        }
    }

    /**
     * A connection is about to be opened, by somebody whom {@code closeIdle} counts already.
     *
     * @throws dev.pagurus.store.ConfigurationException if the file was closed, and the log beside it is not its own now
     */
    void opening() {
        if (open || file.temporary() != null) {
            return;
        }
        changing.lock();
        try {
            if (wasOpen && !open) {
                SqliteMark.requireOwnLog(file);
            }
            wasOpen = true;
            open = true;
        } finally {
            changing.unlock();
        }
        for (SqliteHandles other : tooMany()) {
            if (stores() <= MOST_STORES) {
                return;
            }
            other.closeIfIdle();
        }
    }

    /** Counts this one, and returns those that may have to make room for it, the one that was not used for longest first. */
    private List<SqliteHandles> tooMany() {
        COUNTING.lock();
        try {
            OPEN.add(this);
            if (OPEN.size() <= MOST_STORES) {
                return List.of();
            }
            long now = System.nanoTime();
            return OPEN.stream()
                    .filter(other -> other != this)
                    .map(other -> Map.entry(now - other.lastUsed, other))
                    .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                    .map(Map.Entry::getValue)
                    .toList();
        } finally {
            COUNTING.unlock();
        }
    }

    private void closeIfIdle() {
        if (!changing.tryLock()) {
            return;
        }
        try {
            // Said before it is looked: whoever comes meanwhile is either counted, or finds that it must open again.
            open = false;
            if (closeIdle.getAsBoolean()) {
                forget();
            } else {
                open = true;
            }
        } finally {
            changing.unlock();
        }
    }

    /** The store is closed, or is about to be. */
    public void forget() {
        COUNTING.lock();
        try {
            OPEN.remove(this);
        } finally {
            COUNTING.unlock();
        }
    }
}
