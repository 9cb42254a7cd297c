package dev.pagurus.store;

/**
 * One order of a query, or one term of an index: a field and a direction. Made by {@link ScalarField#asc()} and
 * {@link ScalarField#desc()}.
 *
 * @param field what to order by
 * @param descending from high to low, nulls last; otherwise from low to high, nulls first
 * @param <T> the type of the documents' values
 */
public record Order<T>(ScalarField<T, ?> field, boolean descending) implements IndexTerm<T> {

    @Override
    public String toString() {
        return field.name() + (descending ? " desc" : " asc");
    }
}
