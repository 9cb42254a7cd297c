package dev.pagurus.store.internal.changes;

import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets followers wait for changes. What this process writes it is told of at once; what others write, one of those who wait
 * looks for, for all of them, five times a second: so a hundred that wait cost no more than one, and no thread is kept for it.
 */
public final class Waiting {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    private final StoreEngine engine;
    private final StoreAccess access;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<List<CollectionDefinition>> feeds = new ArrayList<>();
    private long count;
    private volatile boolean closed;

    /** Who of those who wait looks. */
    private @Nullable Thread looking;

    /** How many follow, so that who writes need not ask for the lock if nobody does. */
    private volatile int followers;

    /** Where the log ended at the last look; null if somebody has come to wait since. */
    private @Nullable String end;

    public Waiting(StoreEngine engine, StoreAccess access) {
        this.engine = engine;
        this.access = access;
    }

    /** Somebody begins to follow a feed; the next look wakes everybody, so that nothing is missed before it. */
    void join(List<CollectionDefinition> feed) {
        locked(() -> {
            feeds.add(feed);
            followers = feeds.size();
            end = null;
        });
    }

    void leave(List<CollectionDefinition> feed) {
        locked(() -> {
            feeds.remove(feed);
            followers = feeds.size();
        });
    }

    /** Something of a feed was written by this process, and is committed. */
    public void changed() {
        if (followers > 0) {
            locked(this::wakeAll);
        }
    }

    /** Wakes everybody for good: the store is about to be closed. */
    public void close() {
        locked(() -> {
            closed = true;
            wakeAll();
        });
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns what was changed so far, to be asked before the changes are read. */
    long seen() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something may have changed.
     *
     * @param seen what {@link #seen} returned before the changes were read that the caller knows
     * @param deadline by {@link System#nanoTime()}, when to give up
     * @throws StoreClosedException if the store is being closed
     */
    void await(long seen, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (count == seen && !closed) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                if (looking != null && looking != Thread.currentThread()) {
                    changed.awaitNanos(left);
                    continue;
                }
                looking = Thread.currentThread();
                look();
                if (count == seen && !closed) {
                    changed.awaitNanos(Math.min(left, LOOK_EVERY));
                }
            }
            if (closed) {
                throw new StoreClosedException(engine.info().target());
            }
        } finally {
            if (looking == Thread.currentThread()) {
                looking = null;
                // Whoever is still waiting looks from now on.
                changed.signal();
            }
            lock.unlock();
        }
    }

    /** Asks the engine, while others may come and go. */
    private void look() {
        List<CollectionDefinition> all = feeds.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Comparator.comparing(CollectionDefinition::name))
                .toList();
        lock.unlock();
        @Nullable String now = null;
        try {
            now = access.call("look for changes", () -> engine.changesEnd(all));
        } catch (StoreException e) {
            // Those who wait find out themselves, when they read.
        } finally {
            lock.lock();
        }
        if (now == null || !now.equals(end)) {
            end = now;
            wakeAll();
        }
    }

    private void wakeAll() {
        count++;
        changed.signalAll();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
