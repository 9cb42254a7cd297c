package dev.pagurus.store;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes document ids: UUIDs of version 7 (RFC 9562), 36 characters, which sort by the time they were made.
 *
 * <p>Within one process each id is greater than the one before, also when the clock stands still or goes back (the 12
 * bits after the milliseconds count, RFC 9562 section 6.2 method 1). Safe for use by many threads.
 */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Milliseconds since the epoch in the upper 52 bits, a counter in the lower 12. */
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** Returns a new id. */
    public static String next() {
        long now = System.currentTimeMillis() << 12;
        long stamp = LAST.updateAndGet(last -> Math.max(now, last + 1));
        long high = (stamp >>> 12 << 16) | 0x7000 | (stamp & 0xFFF);
        long low = (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
