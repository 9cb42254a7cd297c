package dev.pagurus.store.postgres.connect;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The server's clock, as it was read last and reckoned on from there. */
public final class PostgresClock {

    private static final String QUESTION = "select (date_part('epoch', clock_timestamp()) * 1000000)::bigint";

    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostgresSettings settings;
    private final PostgresPool pool;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    public PostgresClock(PostgresSettings settings, PostgresPool pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /** What the clock said, and when that was heard. */
    private record Reading(long micros, long heard) {

        long reckoned(long nanoTime) {
            return micros + TimeUnit.NANOSECONDS.toMicros(nanoTime - heard);
        }
    }

    /** Returns the time in microseconds; that of the clock that the store was given, if it was. */
    public long micros() {
        Long given = settings.nowMicros();
        if (given != null) {
            return given;
        }
        Reading reading = last.get();
        if (reading == null || System.nanoTime() - reading.heard() > GOOD_NANOS) {
            reading = read();
            last.accumulateAndGet(reading, PostgresClock::later);
        }
        return Objects.requireNonNullElse(last.get(), reading).reckoned(System.nanoTime());
    }

    private Reading read() {
        return pool.with(
                false,
                connection -> connection.alone("read committed read only", QUESTION, List.of(), rows -> {
                    rows.next();
                    return new Reading(rows.getLong(1), System.nanoTime());
                }));
    }

    /** An answer that was long on its way does not set the time back; a clock that was set back does. */
    private static @Nullable Reading later(@Nullable Reading before, @Nullable Reading read) {
        if (before == null || read == null) {
            return read;
        }
        long ahead = before.reckoned(read.heard()) - read.micros();
        return ahead > 0 && ahead < TimeUnit.SECONDS.toMicros(1)
                ? new Reading(read.micros() + ahead, read.heard())
                : read;
    }
}
