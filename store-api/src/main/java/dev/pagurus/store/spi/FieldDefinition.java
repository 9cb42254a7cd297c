package dev.pagurus.store.spi;

/**
 * A field of a collection.
 *
 * @param name its name, fit to be a column's name when quoted
 * @param kind what it holds
 * @param maxBytes how many UTF-8 bytes a text, or one value of a many-field, has at most; 0 for other kinds
 */
public record FieldDefinition(String name, FieldKind kind, int maxBytes) {

    @Override
    public String toString() {
        return name + " " + kind + (maxBytes > 0 ? "(" + maxBytes + ")" : "");
    }
}
