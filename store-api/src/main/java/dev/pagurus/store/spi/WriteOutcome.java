package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/** What became of a write. All but {@link Written} and {@link Deleted} mean that nothing was changed. */
public sealed interface WriteOutcome {

    /**
     * The body was stored.
     *
     * @param version the document's new version
     * @param createdAt when it was created, microseconds since the epoch
     */
    record Written(long version, long createdAt) implements WriteOutcome {}

    /** The document was there and is deleted. */
    record Deleted() implements WriteOutcome {}

    /** A document with this id is there, and was to be absent. Wins over a unique violation. */
    record DuplicateId() implements WriteOutcome {}

    /**
     * Another document has the same values in a unique index.
     *
     * @param index the index, the first in the order of declaration
     */
    record UniqueViolation(String index) implements WriteOutcome {}

    /**
     * The document does not have the version that was asked for.
     *
     * @param current the version that it has; null if it is not there
     */
    record VersionConflict(@Nullable Long current) implements WriteOutcome {}

    /** There is no such document to delete, or it was to be present. */
    record NotFound() implements WriteOutcome {}

    /**
     * The catalogue has another revision of the collection.
     *
     * @param current the revision that it has; null if there is no such collection
     */
    record StaleRevision(@Nullable Integer current) implements WriteOutcome {}

    /**
     * The write was left undone, because the others in its list, or those behind it, would have had to wait for it. Its
     * own caller asks for it again with {@link StoreEngine#write(Write)}, and waits. Only
     * {@link StoreEngine#write(java.util.List)} may answer so.
     */
    record Postponed() implements WriteOutcome {}
}
