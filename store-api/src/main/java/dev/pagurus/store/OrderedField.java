package dev.pagurus.store;

import java.util.function.Function;

/**
 * A field whose values have an order that means something: text by code point, numbers by size, instants by time.
 *
 * @param <T> the type of the documents' values
 * @param <V> the type of the field's values
 */
public abstract sealed class OrderedField<T, V> extends ScalarField<T, V>
        permits TextField, LongField, DoubleField, InstantField {

    OrderedField(String name, Function<? super T, ?> extractor) {
        super(name, extractor);
    }

    OrderedField(String reservedName) {
        super(reservedName);
    }

    /** Matches documents whose field is less than the value. */
    public final Filter<T> lt(V value) {
        return compare(Filter.Comparison.LT, value);
    }

    /** Matches documents whose field is less than or equal to the value. */
    public final Filter<T> lte(V value) {
        return compare(Filter.Comparison.LTE, value);
    }

    /** Matches documents whose field is greater than the value. */
    public final Filter<T> gt(V value) {
        return compare(Filter.Comparison.GT, value);
    }

    /** Matches documents whose field is greater than or equal to the value. */
    public final Filter<T> gte(V value) {
        return compare(Filter.Comparison.GTE, value);
    }

    /** Matches documents whose field is in the range, both ends included. */
    public final Filter<T> between(V low, V high) {
        return gte(low).and(lte(high));
    }

    /** The least value, text by code point; null if no document has one. */
    public final Aggregate<V> min() {
        return new Aggregate<>(Aggregate.Function.MIN, this);
    }

    /** The greatest value, text by code point; null if no document has one. */
    public final Aggregate<V> max() {
        return new Aggregate<>(Aggregate.Function.MAX, this);
    }
}
