package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A term of an order or an index.
 *
 * @param field a scalar field, or {@code id}, {@code version}, {@code created_at}; in an index also a many-field
 * @param descending from high to low with nulls last; otherwise from low to high with nulls first
 */
public record Sort(String field, boolean descending) {

    private static final String DESCENDING = " desc";

    /** As a record has it; see {@link CollectionDefinition#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sort that && field.equals(that.field) && descending == that.descending;
    }

    @Override
    public int hashCode() {
        return 31 * field.hashCode() + Boolean.hashCode(descending);
    }

    /** Returns the field, and {@code desc} if it is descending; {@link #parse} reads it. */
    @Override
    public String toString() {
        return field + (descending ? DESCENDING : "");
    }

    /** Returns the terms with commas, as a catalogue can keep them: {@code status, due desc}. */
    public static String text(List<Sort> terms) {
        StringJoiner text = new StringJoiner(", ");
        for (Sort term : terms) {
            text.add(term.toString());
        }
        return text.toString();
    }

    /** Returns the terms that {@link #text} wrote. */
    public static List<Sort> parse(String text) {
        List<Sort> terms = new ArrayList<>();
        for (String term : text.split(", ", -1)) {
            terms.add(
                    term.endsWith(DESCENDING)
                            ? new Sort(term.substring(0, term.length() - DESCENDING.length()), true)
                            : new Sort(term, false));
        }
        return Collections.unmodifiableList(terms);
    }
}
