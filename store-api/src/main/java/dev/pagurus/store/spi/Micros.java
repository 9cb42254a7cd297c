package dev.pagurus.store.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as microseconds since the epoch, floored; the way they cross the SPI. */
public final class Micros {

    private Micros() {}

    /** Returns the last microsecond that is not after the instant. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    /** Returns the instant of a microsecond. */
    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
