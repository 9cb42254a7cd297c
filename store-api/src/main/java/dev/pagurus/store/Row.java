package dev.pagurus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some values of one document, without its body: what {@link ReadQuery#select} was asked for.
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
     * Returns the values of a field, in order of code point; none if the document has none.
     *
     * @throws InvalidValueException if the field was not asked for
     */
    List<String> get(ManyField<?> field);
}
