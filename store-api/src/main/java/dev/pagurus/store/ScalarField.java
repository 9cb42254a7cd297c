package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A field with at most one value in each document.
 *
 * <p>Logic is two-valued: a comparison with a null field is false, {@link Filter#not()} is its exact opposite, and
 * {@link #ne} matches null.
 *
 * @param <T> the type of the documents' values
 * @param <V> the type of the field's values
 */
public abstract sealed class ScalarField<T, V> extends Field<T, V> permits OrderedField, EnumField, BooleanField {

    ScalarField(String name, Function<? super T, ?> extractor) {
        super(name, extractor);
    }

    ScalarField(String reservedName) {
        super(reservedName);
    }

    /**
     * Matches documents whose field is this value.
     *
     * @throws InvalidValueException if it is null: use {@link #isNull()}
     */
    public final Filter<T> eq(V value) {
        return compare(Filter.Comparison.EQ, value);
    }

    /**
     * Matches documents whose field is not this value, null included.
     *
     * @throws InvalidValueException if it is null: use {@link #isNotNull()}
     */
    public final Filter<T> ne(V value) {
        return compare(Filter.Comparison.NE, value);
    }

    /**
     * Matches documents whose field is one of these values; none, if there are none.
     *
     * @throws InvalidValueException if one of them is null: use {@link #isNull()}
     */
    public final Filter<T> in(Collection<? extends V> values) {
        List<Object> checked = new ArrayList<>();
        for (V value : requireValues("in", values)) {
            checked.add(requireValue("in", value));
        }
        return new Filter.In<>(this, checked);
    }

    /** Matches documents that do not have this field. */
    public final Filter<T> isNull() {
        return new Filter.Missing<>(this);
    }

    /** Matches documents that have this field. */
    public final Filter<T> isNotNull() {
        return isNull().not();
    }

    /** Orders from low to high, nulls first. */
    public final Order<T> asc() {
        return new Order<>(this, false);
    }

    /** Orders from high to low, nulls last. */
    public final Order<T> desc() {
        return new Order<>(this, true);
    }

    /** How many documents have this field. */
    public final Aggregate<Long> count() {
        return new Aggregate<>(Aggregate.Function.COUNT, this);
    }

    final Filter<T> compare(Filter.Comparison comparison, V value) {
        return new Filter.Compare<>(
                this, comparison, requireValue(comparison.name().toLowerCase(Locale.ROOT), value));
    }
}
