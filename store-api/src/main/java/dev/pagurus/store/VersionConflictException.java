package dev.pagurus.store;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The document does not have the expected version: somebody changed or deleted it. Read it again and decide anew. */
public final class VersionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;
    private final long expected;
    private final @Nullable Long current;

    /**
     * Makes one.
     *
     * @param expected the version that the caller gave
     * @param current the version that is there; null if there is no such document
     */
    public VersionConflictException(String collection, String id, long expected, @Nullable Long current) {
        super(
                "Document '" + id + "' in collection '" + collection + "' was to have version " + expected + ", but "
                        + (current == null ? "it is not there" : "it has version " + current)
                        + ". Read it again and decide anew.",
                null);
        this.collection = collection;
        this.id = id;
        this.expected = expected;
        this.current = current;
    }

    /** Returns the collection's name. */
    public String collection() {
        return collection;
    }

    /** Returns the document's id. */
    public String id() {
        return id;
    }

    /** Returns the version that the caller gave. */
    public long expected() {
        return expected;
    }

    /** Returns the version that was there; empty if there was no such document. */
    public OptionalLong current() {
        return current == null ? OptionalLong.empty() : OptionalLong.of(current);
    }
}
