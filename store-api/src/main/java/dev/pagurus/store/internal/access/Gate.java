package dev.pagurus.store.internal.access;

import dev.pagurus.store.StoreClosedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls under way, so that closing can wait for them and none comes after. */
public final class Gate {

    private static final long CLOSED = 1L << 62;

    private final String store;
    private final AtomicLong state = new AtomicLong();
    private final CountDownLatch quiet = new CountDownLatch(1);

    public Gate(String store) {
        this.store = store;
    }

    public void enter() {
        if (state.incrementAndGet() > CLOSED) {
            leave();
            throw new StoreClosedException(store);
        }
    }

    public void leave() {
        if (state.decrementAndGet() == CLOSED) {
            quiet.countDown();
        }
    }

    /** Returns true to the one caller that closes, once all calls are done; others wait for nothing. */
    public boolean close() {
        long before = state.getAndUpdate(value -> value | CLOSED);
        if (before >= CLOSED) {
            return false;
        }
        boolean interrupted = false;
        while (before > 0) {
            try {
                quiet.await();
                break;
            } catch (InterruptedException e) {
                // Half-closed would be worse than late: the calls under way have deadlines of their own.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
