package dev.pagurus.examples.jobs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a job waits after an attempt that failed: twice as long after each, and between half and the whole of that, so that
 * jobs that failed together do not come back together.
 *
 * @param first at most so long after the first attempt
 * @param most at most so long after any
 */
public record Backoff(Duration first, Duration most) {

    /** From 5 seconds to an hour. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1));

    private static final int DOUBLINGS = 40;

    Duration after(int attempts) {
        double whole =
                Math.min((double) most.toMillis(), first.toMillis() * Math.pow(2, Math.min(attempts - 1, DOUBLINGS)));
        return Duration.ofMillis(
                (long) (whole * (1 + ThreadLocalRandom.current().nextDouble()) / 2));
    }
}
