package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * A field of a collection.
 *
 * @param name its name, fit to be a column's name when quoted
 * @param kind what it holds
 * @param maxBytes how many UTF-8 bytes a text, or one value of a many-field or of words, has at most; 0 for other kinds
 */
public record FieldDefinition(String name, FieldKind kind, int maxBytes) {

    /** As a record has it; see {@link CollectionDefinition#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldDefinition that
                && name.equals(that.name)
                && kind == that.kind
                && maxBytes == that.maxBytes;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + kind.hashCode()) + maxBytes;
    }

    @Override
    public String toString() {
        return name + " " + kind + (maxBytes > 0 ? "(" + maxBytes + ")" : "");
    }
}
