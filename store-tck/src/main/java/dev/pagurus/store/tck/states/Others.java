package dev.pagurus.store.tck.states;

import dev.pagurus.store.tck.group.Elsewhere;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody who writes again and again on another thread, until it is closed, which throws what a write has thrown. */
final class Others implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicLong made = new AtomicLong();
    private final Elsewhere<Boolean> writer;
    private boolean told;

    /** What they write. */
    @FunctionalInterface
    interface Move {
        /** Writes; is told how often it did before. */
        void make(long number) throws Exception;
    }

    Others(Move move) {
        writer = Elsewhere.start(() -> {
            while (!enough.get()) {
                move.make(made.get());
                made.incrementAndGet();
            }
            return true;
        });
    }

    /** Says how many moves were made until now. */
    long moves() {
        return made.get();
    }

    /** Waits until so many more were made. */
    void awaitMoves(int more) throws Exception {
        if (!madeWithin(more, LIMIT)) {
            throw new AssertionError("Others did not write " + more + " times within " + LIMIT + ".");
        }
    }

    /** Waits for so many more, but no longer than that, and says whether they were made. */
    boolean madeWithin(int more, Duration patience) throws Exception {
        long wanted = moves() + more;
        long started = System.nanoTime();
        while (moves() < wanted) {
            if (hasEnded(LOOK) || System.nanoTime() - started > patience.toNanos()) {
                return false;
            }
        }
        return true;
    }

    /** Throws what a move has thrown. */
    void check() throws Exception {
        hasEnded(Duration.ZERO);
    }

    private boolean hasEnded(Duration patience) throws Exception {
        try {
            return writer.within(patience).isPresent();
        } catch (Exception | Error e) {
            told = true;
            throw e;
        }
    }

    @Override
    public void close() {
        enough.set(true);
        if (told) {
            return;
        }
        try {
            writer.result();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("What others wrote failed.", e);
        }
    }
}
