package dev.pagurus.store.internal.join;

import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SerializationFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One operation's patience: pauses that grow from a millisecond to fifty, at random, until its deadline. */
public final class Retry {

    private static final int MOST_DOUBLINGS = 6;

    private final String what;
    private final Duration timeout;
    private final @Nullable Seen seen;
    private final long started = System.nanoTime();
    private int attempts;

    /**
     * Makes one.
     *
     * @param seen the call that it is a part of; null if nobody wants to know
     */
    public Retry(String what, Duration timeout, @Nullable Seen seen) {
        this.what = what;
        this.timeout = timeout;
        this.seen = seen;
    }

    /** Makes a call of the engine until it does not conflict. */
    public static <R> R untilSerialized(String what, Duration timeout, @Nullable Seen seen, Supplier<R> call) {
        @Nullable Retry retry = null;
        while (true) {
            try {
                return seen == null ? call.get() : inEngine(seen, call);
            } catch (SerializationFailure e) {
                retry = retry == null ? new Retry(what, timeout, seen) : retry;
                retry.pause(e);
            }
        }
    }

    private static <R> R inEngine(Seen seen, Supplier<R> call) {
        seen.entersEngine();
        try {
            return call.get();
        } finally {
            seen.leavesEngine();
        }
    }

    /**
     * Waits before the next attempt.
     *
     * @param cause why another one is needed
     * @throws TransactionConflictException if the deadline has passed
     */
    public void pause(@Nullable Throwable cause) {
        attempts++;
        if (System.nanoTime() - started >= timeout.toNanos()) {
            throw new TransactionConflictException(
                    "The " + what + " was tried " + attempts + " times in " + Micros.shown(timeout)
                            + " and always conflicted with others. Nothing was changed; try again later, let fewer work on"
                            + " the same documents, or raise the option timeout."
                            + (cause == null ? "" : " The last conflict: " + cause.getMessage()),
                    cause);
        }
        @Nullable Seen waiting = seen;
        long before = waiting == null ? 0 : System.nanoTime();
        long longest = TimeUnit.MICROSECONDS.toNanos(800) << Math.min(attempts - 1, MOST_DOUBLINGS);
        try {
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 4, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "The thread was interrupted while the " + what + " waited to be tried again. Nothing was changed.",
                    e);
        }
        if (waiting != null) {
            waiting.waited(System.nanoTime() - before);
            waiting.repeated(1);
        }
    }
}
