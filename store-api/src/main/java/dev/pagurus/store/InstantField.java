package dev.pagurus.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of points in time: floored to microseconds, years 1 to 9999 (UTC), independent of every time zone.
 *
 * @param <T> the type of the documents' values
 */
public final class InstantField<T> extends OrderedField<T, Instant> {

    private InstantField(String name, Function<? super T, Instant> extractor) {
        super(name, extractor);
    }

    /** For the columns that every collection has. */
    InstantField(String reservedName) {
        super(reservedName);
    }

    /**
     * Declares a field of instants.
     *
     * @param extractor may return null
     * @throws SchemaException if the name is not allowed
     */
    public static <T> InstantField<T> of(String name, Function<? super T, @Nullable Instant> extractor) {
        return new InstantField<>(name, extractor);
    }

    /** Matches documents whose field is one of these values; none, if there are none. */
    public Filter<T> in(Instant... values) {
        return in(Arrays.asList(values));
    }

    /** Matches documents whose field is earlier; the same as {@link #lt}. */
    public Filter<T> before(Instant instant) {
        return lt(instant);
    }

    /** Matches documents whose field is later; the same as {@link #gt}. */
    public Filter<T> after(Instant instant) {
        return gt(instant);
    }

    /** The exact average, floored to microseconds as every instant is; null if there are no values. */
    public Aggregate<Instant> average() {
        return new Aggregate<>(Aggregate.Function.AVERAGE, this);
    }
}
