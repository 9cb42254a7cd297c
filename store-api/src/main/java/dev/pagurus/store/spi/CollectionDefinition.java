package dev.pagurus.store.spi;

import java.util.List;

/**
 * What a collection is made of, as the catalogue holds it.
 *
 * @param name the collection's name, fit to be a table's name when quoted
 * @param revision rises with every change
 * @param fields the fields, in the order in which {@link Content.Body#values()} gives their values
 * @param indexes the indexes, in the order of declaration, which is the order in which violations are looked for
 */
public record CollectionDefinition(
        String name, int revision, List<FieldDefinition> fields, List<IndexDefinition> indexes) {

    /** Copies the lists. */
    public CollectionDefinition {
        fields = List.copyOf(fields);
        indexes = List.copyOf(indexes);
    }

    /**
     * Returns the kind of a field, or of one of the columns {@code id}, {@code version} and {@code created_at}.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public FieldKind kind(String field) {
        return switch (field) {
            case "id" -> FieldKind.TEXT;
            case "version", "created_at" -> FieldKind.INSTANT;
            default ->
                fields.stream()
                        .filter(one -> one.name().equals(field))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("Collection '" + name + "' has no field '" + field + "'."))
                        .kind();
        };
    }
}
