package dev.pagurus.store;

import java.util.List;

/**
 * What was copied, exported or imported, and found equal on both sides.
 *
 * @param collections the collections, by name
 */
public record CopyResult(List<Collection> collections) {

    /** Copies the list. */
    public CopyResult {
        collections = List.copyOf(collections);
    }

    /**
     * One collection.
     *
     * @param name its name
     * @param revision its definition's revision
     * @param documents how many documents it has
     * @param bytes how many UTF-8 bytes their bodies have together
     * @param sha256 the hash of all of them in order of id, with versions, times, bodies and fields, as hexadecimal digits;
     *     what is known of their shape is not in it
     */
    public record Collection(String name, int revision, long documents, long bytes, String sha256) {}

    /** Returns how many documents there are in all collections. */
    public long documents() {
        return collections.stream().mapToLong(Collection::documents).sum();
    }

    /** Returns how many UTF-8 bytes the bodies in all collections have. */
    public long bytes() {
        return collections.stream().mapToLong(Collection::bytes).sum();
    }
}
