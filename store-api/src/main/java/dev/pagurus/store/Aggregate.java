package dev.pagurus.store;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value that is made of many documents: how many there are, or the sum, average, least or greatest value of a field. Made
 * by {@link #count()} and by fields; asked for with {@link ReadQuery#aggregate} and {@link Groups#aggregate}, and taken from
 * the {@link Row} that answers.
 *
 * <pre>{@code
 * Row all = invoices.where(PAID.isTrue()).aggregate(Aggregate.count(), CENTS.sum(), DUE.max());
 * long cents = all.get(CENTS.sum());
 * }</pre>
 *
 * <p>Documents without the field are left out of its aggregates; {@link ScalarField#count()} says how many are not. Two
 * aggregates are equal if they are the same of the same field, so it may be made anew to ask the row for it. Immutable.
 *
 * @param <V> the type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // it is what Row.get returns
public final class Aggregate<V> {

    private final Function function;
    private final @Nullable ScalarField<?, ?> field;

    Aggregate(Function function, @Nullable ScalarField<?, ?> field) {
        this.function = function;
        this.field = field;
    }

    /** How many documents there are, those without any field too. */
    public static Aggregate<Long> count() {
        return new Aggregate<>(Function.COUNT, null);
    }

    /** What is made of the documents. */
    public enum Function {
        /** How many there are, or how many have the field. */
        COUNT,
        /** All values together. */
        SUM,
        /** The sum divided by how many have the field. */
        AVERAGE,
        /** The least value. */
        MIN,
        /** The greatest value. */
        MAX
    }

    /** Orders groups from low to high, those without a value first. */
    public Order asc() {
        return new Order(this, false);
    }

    /** Orders groups from high to low, those without a value last. */
    public Order desc() {
        return new Order(this, true);
    }

    /** Returns what is made of the documents. */
    public Function function() {
        return function;
    }

    /** Returns the field whose values are taken; empty for {@link #count()}. */
    public Optional<ScalarField<?, ?>> field() {
        return Optional.ofNullable(field);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Aggregate<?> that && function == that.function && isSame(field, that.field);
    }

    private static boolean isSame(@Nullable ScalarField<?, ?> one, @Nullable ScalarField<?, ?> other) {
        return one == other
                || (one != null
                        && other != null
                        && one.name().equals(other.name())
                        && one.getClass() == other.getClass());
    }

    @Override
    public int hashCode() {
        return 31 * function.hashCode() + (field == null ? 0 : field.name().hashCode());
    }

    /** Returns it as {@code sum(cents)}. */
    @Override
    public String toString() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + (field == null ? "" : field.name()) + ")";
    }

    /**
     * An order of groups.
     *
     * @param aggregate what to order by
     * @param descending from high to low, groups without a value last; otherwise from low to high, and those first
     */
    public record Order(Aggregate<?> aggregate, boolean descending) {

        @Override
        public String toString() {
            return aggregate + (descending ? " desc" : " asc");
        }
    }
}
