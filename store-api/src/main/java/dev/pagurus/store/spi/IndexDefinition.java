package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index of a collection.
 *
 * @param name unique in its collection
 * @param unique whether no two documents may share its values; a null in any of them never collides
 * @param terms what it is over; a unique index is over these alone, any other ends with the id in the direction of the
 *     last term, unless the id is among them
 */
public record IndexDefinition(String name, boolean unique, List<Sort> terms) {

    /** Copies the list. */
    public IndexDefinition {
        terms = List.copyOf(terms);
    }

    /** As a record has it; see {@link CollectionDefinition#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IndexDefinition that
                && name.equals(that.name)
                && unique == that.unique
                && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + Boolean.hashCode(unique)) + terms.hashCode();
    }

    /** Returns what the index is made of in an engine: the terms, and the id behind them if it belongs there. */
    public List<Sort> columns() {
        if (unique || hasId()) {
            return terms;
        }
        List<Sort> columns = new ArrayList<>(terms);
        columns.add(new Sort("id", terms.get(terms.size() - 1).descending()));
        return columns;
    }

    private boolean hasId() {
        for (Sort term : terms) {
            if (term.field().equals("id")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return (unique ? "unique " : "") + "index " + name;
    }
}
