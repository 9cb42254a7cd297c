package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is stored, with its fields: all that makes it the same document in another store.
 *
 * @param document the document
 * @param values the values of its fields, in the order of the definition, as {@link FieldKind} says
 */
public record StoredRow(StoredDocument document, List<@Nullable Object> values) {

    /** How many of them a chunk has at most; it ends at {@link Scan#CHUNK_BYTES} of bodies too. */
    public static final int CHUNK = 2_000;

    /** Returns the document's id. */
    public String id() {
        return document.id();
    }
}
