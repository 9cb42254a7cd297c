package dev.pagurus.store.tck.reference;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document with its fields.
 *
 * @param id its id
 * @param version its version
 * @param createdAt when it was created, microseconds since the epoch
 * @param body its body
 * @param values its fields' values, in the order of the definition that it was stored with
 */
public record Row(String id, long version, long createdAt, String body, List<@Nullable Object> values) {

    /** Returns the value of a field, or of {@code id}, {@code version} or {@code created_at}. */
    public @Nullable Object value(CollectionDefinition definition, String field) {
        return switch (field) {
            case "id" -> id;
            case "version" -> version;
            case "created_at" -> createdAt;
            default -> values.get(position(definition, field));
        };
    }

    /** Returns what of it is read. */
    public StoredDocument document() {
        return new StoredDocument(id, version, createdAt, body);
    }

    private static int position(CollectionDefinition definition, String field) {
        for (int i = 0; i < definition.fields().size(); i++) {
            if (definition.fields().get(i).name().equals(field)) {
                return i;
            }
        }
        throw new SchemaException("Collection '" + definition.name() + "' no longer has a field '" + field
                + "': a newer version of this application has dropped it. Start that one.");
    }
}
