package dev.pagurus.store.spi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an engine remembers of the documents that it has deleted, so that one which is created anew never gets a version
 * that its id had before, though the clock has been set back: for each collection, the greatest version that went. There is
 * one for each engine; nothing of it is stored. Safe for use by many threads.
 */
public final class DeletedVersions {

    private final Map<String, Long> greatest = new ConcurrentHashMap<>();

    /** Makes one that remembers nothing yet. */
    public DeletedVersions() {}

    /** Remembers that a document of this version was deleted, whether or not its transaction commits. */
    public void add(CollectionDefinition collection, long version) {
        greatest.merge(collection.name(), version, Math::max);
    }

    /** Remembers for a collection's new name what was deleted under its old one. */
    public void renamed(String collection, String newName) {
        Long version = greatest.get(collection);
        if (version != null) {
            greatest.merge(newName, version, Math::max);
        }
    }

    /** Returns the version of a new document: the clock, raised above all that were deleted. */
    public long raise(CollectionDefinition collection, long nowMicros) {
        return Math.max(nowMicros, least(collection));
    }

    /** Returns the least version that a new document may have. */
    public long least(CollectionDefinition collection) {
        Long deleted = greatest.get(collection.name());
        return deleted == null ? Long.MIN_VALUE : deleted + 1;
    }
}
