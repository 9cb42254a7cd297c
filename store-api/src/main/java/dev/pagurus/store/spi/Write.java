package dev.pagurus.store.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One write of one document. It is done only if the catalogue has the collection at this definition's revision.
 *
 * <p>What keeps it from being done is looked for in this order: the revision, the precondition, the unique indexes in the
 * order of declaration. The first found is the outcome. Whether an engine looks first, as one with a single writer may, or
 * writes under conditions and looks afterwards, nobody may change the answer in between.
 *
 * @param collection the collection
 * @param id the document
 * @param precondition what must be so before
 * @param content what shall be there after
 */
public record Write(CollectionDefinition collection, String id, Precondition precondition, Content content) {

    /**
     * Says what keeps the write from being done, for engines that look before they write.
     *
     * @param found the document that is there; null if none is
     * @return null if nothing does, short of a unique index
     */
    public @Nullable WriteOutcome refusal(@Nullable StoredDocument found) {
        Long version = found == null ? null : (Long) found.version();
        return switch (precondition.kind()) {
            case ABSENT -> version == null ? null : new WriteOutcome.DuplicateId();
            case VERSION ->
                Objects.equals(version, precondition.version()) ? null : new WriteOutcome.VersionConflict(version);
            case PRESENT -> version == null ? new WriteOutcome.NotFound() : null;
            case NONE -> version == null && content instanceof Content.Delete ? new WriteOutcome.NotFound() : null;
        };
    }

    /**
     * Returns the document that a write leaves behind, for engines that look before they write: with the clock as its version,
     * raised to the last version plus one, or above those that were deleted, and the creation time of the document that is
     * there.
     *
     * @param found the document that is there; null if none is
     * @param body the write's content
     * @param nowMicros the engine's clock
     * @param deleted what the engine has deleted
     */
    public StoredDocument document(
            @Nullable StoredDocument found, Content.Body body, long nowMicros, DeletedVersions deleted) {
        return found == null
                ? new StoredDocument(id, deleted.raise(collection, nowMicros), nowMicros, body.text())
                : new StoredDocument(id, Math.max(nowMicros, found.version() + 1), found.createdAt(), body.text());
    }

    /**
     * What must be so for a write to be done.
     *
     * <p>The one field is only there for {@link Kind#VERSION}.
     *
     * @param kind what is asked
     * @param version the version asked for; null for other kinds
     */
    public record Precondition(Kind kind, @Nullable Long version) {

        /** Nothing is asked. */
        public static final Precondition NONE = new Precondition(Kind.NONE, null);

        /** The document must not be there; else {@link WriteOutcome.DuplicateId}. */
        public static final Precondition ABSENT = new Precondition(Kind.ABSENT, null);

        /** The document must be there; else {@link WriteOutcome.NotFound}. */
        public static final Precondition PRESENT = new Precondition(Kind.PRESENT, null);

        /** The document must have this version; else {@link WriteOutcome.VersionConflict}. */
        public static Precondition version(long version) {
            return new Precondition(Kind.VERSION, version);
        }

        /** What can be asked. */
        public enum Kind {
            /** Nothing. */
            NONE,
            /** That it is not there. */
            ABSENT,
            /** That it is there. */
            PRESENT,
            /** That it has a certain version. */
            VERSION
        }
    }
}
