package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * One write of one document. It is done only if the catalogue has the collection at this definition's revision.
 *
 * @param collection the collection
 * @param id the document
 * @param precondition what must be so before
 * @param content what shall be there after
 */
public record Write(CollectionDefinition collection, String id, Precondition precondition, Content content) {

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
