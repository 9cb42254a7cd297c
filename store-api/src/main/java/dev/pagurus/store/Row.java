package dev.pagurus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some values of one document, without its body: what {@link ReadQuery#select} was asked for. Or what was made of many, with
 * the values that they have in common: the answer of {@link ReadQuery#aggregate} and {@link Groups#aggregate}.
 *
 * <pre>{@code
 * for (Row row : notes.where(STATUS.eq(Status.OPEN)).select(TITLE, DUE).list()) {
 *     print(row.get(TITLE), row.get(DUE));
 * }
 * }</pre>
 *
 * <p>Two rows are equal if they hold the same values of the same fields, in the same order. Immutable.
 */
public interface Row {

    /**
     * Returns the value of a field, as the stored document has it; null if it has none.
     *
     * @throws InvalidValueException if the field was not asked for
     * @throws SchemaException if the stored name of a constant is one that the enum does not have
     */
    <V> @Nullable V get(ScalarField<?, V> field);

    /**
     * Returns the values of a field, in order of code point; none if the document has none. Of a group, the one value that it
     * is of.
     *
     * @throws InvalidValueException if the field was not asked for
     */
    List<String> get(ManyField<?> field);

    /**
     * Returns what was made of the documents; null if that is the least, greatest or average of no value.
     *
     * @throws InvalidValueException if it was not asked for
     */
    <V> @Nullable V get(Aggregate<V> aggregate);
}
