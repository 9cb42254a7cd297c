package dev.pagurus.store.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, so that no test has to guess how long something takes. */
final class Waiting {

    /** Says whether it is so. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    private Waiting() {}

    /** Waits until something is so. */
    static void until(String what, Condition condition) {
        until(Duration.ofSeconds(30), what, condition);
    }

    /** The same for what takes longer on a busy machine. */
    static void until(Duration patience, String what, Condition condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited " + patience.toSeconds() + " s in vain for " + what + ".");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError("The condition could not be asked for.", e);
        }
    }
}
