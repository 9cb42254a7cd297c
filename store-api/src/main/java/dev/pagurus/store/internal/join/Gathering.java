package dev.pagurus.store.internal.join;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the leader of a list wait a little for others. Those who were answered together mostly come back together, the one a
 * moment after the other: without this the first of them makes a list alone, and the others, who are kept waiting by it, make the
 * next one. As many are waited for as were there lately, and for no longer than half of what the last list took: who waits
 * in vain has lost little, and the next one expects fewer. Who is alone expects nobody.
 *
 * <p>For combiners with one lane: of several, one leader would wait for those whom another one is serving.
 */
final class Gathering {

    private static final Duration MOST = Duration.ofMillis(2);

    private final long mostNanos;

    // These are used under the combiner's lock.
    private int expected = 1;
    private long patience;
    private @Nullable Thread leader;

    Gathering() {
        this(MOST);
    }

    /** Makes one whose leaders wait so long at most. */
    Gathering(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /** Waits for others; says whether any wait to be taken along. */
    boolean await(Lock lock, Collection<?> waiting) {
        long began = System.nanoTime();
        long left = 0;
        while (true) {
            lock.lock();
            try {
                left = patience - (System.nanoTime() - began);
                boolean all = waiting.size() + 1 >= expected;
                boolean over = all || left <= 0 || Thread.currentThread().isInterrupted();
                leader = over ? null : Thread.currentThread();
                if (over) {
                    return !waiting.isEmpty();
                }
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** Wakes the leader when all are there. */
    void came(int others) {
        if (others + 1 >= expected) {
            LockSupport.unpark(leader);
        }
    }

    /** Notes how many a list was for, how many came meanwhile, and how long it took. */
    void ended(int calls, int others, long nanos) {
        expected = calls + others;
        patience = Math.min(mostNanos, nanos / 2);
    }
}
