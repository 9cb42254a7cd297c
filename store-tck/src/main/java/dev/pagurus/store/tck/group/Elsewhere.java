package dev.pagurus.store.tck.group;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call on a thread of its own, while the test goes on: inside of a transaction for one, where the test's thread may not
 * use the store.
 *
 * @param <R> what the call returns
 */
public final class Elsewhere<R> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FutureTask<R> task;
    private final Thread thread;

    private Elsewhere(Callable<R> call) {
        this.task = new FutureTask<>(call);
        this.thread = new Thread(task, "elsewhere");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a call. */
    public static <R> Elsewhere<R> start(Callable<R> call) {
        return new Elsewhere<>(call);
    }

    /** Makes a call and waits for its end. */
    public static <R> R call(Callable<R> call) throws Exception {
        return start(call).result();
    }

    /** Returns the call's result, or throws its exception; fails if it hangs. */
    public R result() throws Exception {
        return within(LIMIT).orElseThrow(() -> {
            AssertionError hangs = new AssertionError("A call hung for " + LIMIT + ".");
            hangs.setStackTrace(thread.getStackTrace());
            return hangs;
        });
    }

    /** Returns the call's result if it comes in time, or throws its exception. */
    public Optional<R> within(Duration patience) throws Exception {
        try {
            return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    /** Waits until a call elsewhere gets to its countdown; fails if it never does. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("A call elsewhere did not get so far within " + LIMIT + ".");
        }
    }

    /** Interrupts the call's thread. */
    public void interrupt() {
        thread.interrupt();
    }
}
