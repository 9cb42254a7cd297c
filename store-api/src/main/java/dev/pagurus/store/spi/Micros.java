package dev.pagurus.store.spi;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Points in time as microseconds since the epoch, floored; the way they cross the SPI. */
public final class Micros {

    /** The first microsecond of the year 1. */
    public static final long FIRST = -62_135_596_800_000_000L;

    /** The last microsecond of the year 9999. */
    public static final long LAST = 253_402_300_799_999_999L;

    /**
     * No version is greater: a clock ends with {@link #LAST}, and what a document's writes add to that is far from here. So
     * a version can be raised, and reckoned with, without a look at where the numbers end.
     */
    public static final long LAST_VERSION = 1L << 60;

    private static final Instant EARLIEST = toInstant(FIRST);
    private static final Instant AFTER_LATEST = toInstant(LAST + 1);

    private Micros() {}

    /** Returns the time of the clock that a configuration gives, or of this machine's; see {@link #now(Clock)}. */
    public static long now(StoreConfig config) {
        return now(Objects.requireNonNullElse(config.clock(), Clock.systemUTC()));
    }

    /**
     * Returns the time of a clock.
     *
     * @throws ConfigurationException if it is outside of the years 1 to 9999, or the clock does not say one: then nothing may
     *     be stored, for nothing takes such a document back
     */
    public static long now(Clock clock) {
        @Nullable Instant now;
        try {
            now = clock.instant();
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "The clock that the store was given fails: " + e
                            + " Nothing was changed; give StoreConfig another one.",
                    e);
        }
        if (now == null || now.isBefore(EARLIEST) || !now.isBefore(AFTER_LATEST)) {
            throw new ConfigurationException(
                    "The clock that the store was given says " + now
                            + ", which is not in the years 1 to 9999. Nothing was changed; set it, or give StoreConfig another one.");
        }
        return of(now);
    }

    /** Returns the last microsecond that is not after the instant. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    /** Returns a time-out as messages say it, such as {@code 30 s} or {@code 300 ms}. */
    public static String shown(Duration timeout) {
        long millis = timeout.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Returns the whole microseconds of a duration, such as a {@link CollectionDefinition#retention}. */
    public static long of(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
    }

    /** Returns the instant of a microsecond. */
    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Asks a clock once, and returns what says that time from then on; if the clock fails, whoever asks finds out. For sessions,
     * which judge by the time of their beginning, and need none most of the time.
     */
    public static LongSupplier once(LongSupplier clock) {
        try {
            long now = clock.getAsLong();
            return () -> now;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }
}
