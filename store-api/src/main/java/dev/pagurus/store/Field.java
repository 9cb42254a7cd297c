package dev.pagurus.store;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A typed value that is taken from a document and stored beside it, to filter by, order by and index.
 *
 * <p>A field is declared once, as a constant, and says by its type which comparisons make sense:
 *
 * <pre>{@code
 * static final TextField<Note> TITLE = TextField.of("title", Note::title);
 * static final InstantField<Note> DUE = InstantField.of("due", Note::due);
 * }</pre>
 *
 * <p>Names are {@code [a-z][a-z0-9_]{0,39}} and become column names. Extractors must be pure: the same value gives the
 * same field, at any time. Whoever changes one raises the {@linkplain Schema#revision(int) revision}. Immutable.
 *
 * @param <T> the type of the documents' values
 * @param <V> the type of the field's values
 */
public abstract sealed class Field<T, V> implements IndexTerm<T> permits ScalarField, ManyField, WordsField {

    private final String name;
    private final Function<? super T, ?> extractor;

    Field(String name, Function<? super T, ?> extractor) {
        this.name = Names.checkField(name);
        this.extractor = Objects.requireNonNull(extractor, "extractor");
    }

    /** For the columns that every collection has. */
    Field(String reservedName) {
        this.name = reservedName;
        this.extractor = value -> {
            throw new IllegalStateException("The column " + reservedName + " is not taken from the value.");
        };
    }

    /** Returns the name, which is the column's name too. */
    public final String name() {
        return name;
    }

    /** Takes the field from a value, as the extractor returns it. */
    public final @Nullable Object extract(T value) {
        return extractor.apply(value);
    }

    /** Returns the name. */
    @Override
    public final String toString() {
        return name;
    }

    /** Refuses no collection of values. */
    final <C> C requireValues(String comparison, @Nullable C values) {
        if (values == null) {
            throw new InvalidValueException("The values that field '" + name + "' is compared with by " + comparison
                    + " are null; give an empty collection to match nothing.");
        }
        return values;
    }

    /** Refuses null where SQL would quietly match nothing. */
    final V requireValue(String comparison, @Nullable V value) {
        if (value == null) {
            String instead = this instanceof ManyField
                    ? "use isEmpty() to find documents without values"
                    : this instanceof WordsField
                            ? "give a text without words to find every document"
                            : comparison.equals("ne") ? "use isNotNull()" : "use isNull() to find documents without it";
            throw new InvalidValueException(
                    "Field '" + name + "' cannot be compared with null by " + comparison + "; " + instead + ".");
        }
        return value;
    }
}
