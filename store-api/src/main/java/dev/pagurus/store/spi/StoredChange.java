package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * A change of a document, and the document as it is now.
 *
 * @param collection the collection's name
 * @param id the document
 * @param version the version that the change gave to the document, or that of the document that it deleted
 * @param document what is there now, perhaps of a later version; null if nothing is
 */
public record StoredChange(
        String collection,
        String id,
        long version,
        @Nullable StoredDocument document) {}
