package dev.pagurus.store.spi;

import java.util.List;

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

    @Override
    public String toString() {
        return (unique ? "unique " : "") + "index " + name;
    }
}
