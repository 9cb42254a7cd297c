package dev.pagurus.store;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of integers: all of int64.
 *
 * @param <T> the type of the documents' values
 */
public final class LongField<T> extends OrderedField<T, Long> {

    private LongField(String name, Function<? super T, ?> extractor) {
        super(name, extractor);
    }

    /**
     * Declares an integer field.
     *
     * @param extractor may return any integer type ({@code byte} to {@code long}, boxed or not, {@link BigInteger} within
     *     the range of {@code long}), or null; a fraction is refused when a document is written
     * @throws SchemaException if the name is not allowed
     */
    public static <T> LongField<T> of(String name, Function<? super T, ? extends @Nullable Number> extractor) {
        return new LongField<>(name, extractor);
    }

    /** Matches documents whose field is this value. */
    public Filter<T> eq(long value) {
        return eq((Long) value);
    }

    /** Matches documents whose field is not this value, null included. */
    public Filter<T> ne(long value) {
        return ne((Long) value);
    }

    /** Matches documents whose field is one of these values; none, if there are none. */
    public Filter<T> in(long... values) {
        return in(Arrays.stream(values).boxed().toList());
    }

    /** Matches documents whose field is less than the value. */
    public Filter<T> lt(long value) {
        return lt((Long) value);
    }

    /** Matches documents whose field is less than or equal to the value. */
    public Filter<T> lte(long value) {
        return lte((Long) value);
    }

    /** Matches documents whose field is greater than the value. */
    public Filter<T> gt(long value) {
        return gt((Long) value);
    }

    /** Matches documents whose field is greater than or equal to the value. */
    public Filter<T> gte(long value) {
        return gte((Long) value);
    }

    /** Matches documents whose field is in the range, both ends included. */
    public Filter<T> between(long low, long high) {
        return between((Long) low, (Long) high);
    }

    /**
     * The exact sum of all values; 0 if there are none. Whoever asks for a sum that is not between {@link Long#MIN_VALUE} and
     * {@link Long#MAX_VALUE} gets an {@link ArithmeticException}; what the sum of some of the values is does not matter.
     */
    public Aggregate<Long> sum() {
        return new Aggregate<>(Aggregate.Function.SUM, this);
    }

    /**
     * The exact average, rounded once to the nearest double (of two that are as near, the even one), whatever the sum is; null
     * if there are no values.
     */
    public Aggregate<Double> average() {
        return new Aggregate<>(Aggregate.Function.AVERAGE, this);
    }
}
