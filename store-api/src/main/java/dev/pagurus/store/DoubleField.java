package dev.pagurus.store;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of real numbers: IEEE 754 doubles. NaN is refused, -0.0 equals 0.0, infinities are kept.
 *
 * @param <T> the type of the documents' values
 */
public final class DoubleField<T> extends OrderedField<T, Double> {

    private DoubleField(String name, Function<? super T, ?> extractor) {
        super(name, extractor);
    }

    /**
     * Declares a field of real numbers.
     *
     * @param extractor may return any number, which is stored as its {@code doubleValue()}, or null
     * @throws SchemaException if the name is not allowed
     */
    public static <T> DoubleField<T> of(String name, Function<? super T, ? extends @Nullable Number> extractor) {
        return new DoubleField<>(name, extractor);
    }

    /** Matches documents whose field is this value. */
    public Filter<T> eq(double value) {
        return eq((Double) value);
    }

    /** Matches documents whose field is not this value, null included. */
    public Filter<T> ne(double value) {
        return ne((Double) value);
    }

    /** Matches documents whose field is one of these values; none, if there are none. */
    public Filter<T> in(double... values) {
        return in(Arrays.stream(values).boxed().toList());
    }

    /** Matches documents whose field is less than the value. */
    public Filter<T> lt(double value) {
        return lt((Double) value);
    }

    /** Matches documents whose field is less than or equal to the value. */
    public Filter<T> lte(double value) {
        return lte((Double) value);
    }

    /** Matches documents whose field is greater than the value. */
    public Filter<T> gt(double value) {
        return gt((Double) value);
    }

    /** Matches documents whose field is greater than or equal to the value. */
    public Filter<T> gte(double value) {
        return gte((Double) value);
    }

    /** Matches documents whose field is in the range, both ends included. */
    public Filter<T> between(double low, double high) {
        return between((Double) low, (Double) high);
    }

    /**
     * The exact sum of all values, rounded once to the nearest double (of two that are as near, the even one), so that it is the
     * same on every store, in whatever order documents lie; 0.0 if there are none. It is infinite if it is beyond all doubles,
     * or a value is; NaN if both infinities are among the values.
     */
    public Aggregate<Double> sum() {
        return new Aggregate<>(Aggregate.Function.SUM, this);
    }

    /**
     * The exact sum divided by how many values there are, rounded once as {@link #sum()} is; null if there are none. The sum
     * may lie beyond all doubles.
     */
    public Aggregate<Double> average() {
        return new Aggregate<>(Aggregate.Function.AVERAGE, this);
    }
}
