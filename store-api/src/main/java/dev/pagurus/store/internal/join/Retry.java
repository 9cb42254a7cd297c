package dev.pagurus.store.internal.join;

import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
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
    private final long started = System.nanoTime();
    private int attempts;

    public Retry(String what, Duration timeout) {
        this.what = what;
        this.timeout = timeout;
    }

    /** Makes a call until it does not conflict. */
    public static <R> R untilSerialized(String what, Duration timeout, Supplier<R> call) {
        @Nullable Retry retry = null;
        while (true) {
            try {
                return call.get();
            } catch (SerializationFailure e) {
                retry = retry == null ? new Retry(what, timeout) : retry;
                retry.pause(e);
            }
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
                    "The " + what + " was tried " + attempts + " times in " + timeout
                            + " and always conflicted with others. Nothing was changed; try again later, let fewer work on"
                            + " the same documents, or raise the option timeout.",
                    cause);
        }
        long longest = TimeUnit.MICROSECONDS.toNanos(800) << Math.min(attempts - 1, MOST_DOUBLINGS);
        try {
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 4, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "The thread was interrupted while the " + what + " waited to be tried again. Nothing was changed.",
                    e);
        }
    }
}
