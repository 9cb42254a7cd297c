package dev.pagurus.store;

import java.util.Optional;

/**
 * A change of a document: that it was written or deleted, and what it is now. Immutable, and made by a {@link ChangeFeed}.
 *
 * <p>What is there now is what counts: where a document changed several times, an earlier change may show already what a
 * later one left, and the later one shows it again.
 */
public interface Change {

    /** Returns the collection's name. */
    String collection();

    /** Returns the document's id. */
    String id();

    /**
     * Returns the version that this change gave to the document; of a deletion, the version that was deleted. Never less than
     * that of an earlier change of the same document, with three exceptions: what changed while {@linkplain
     * ChangeFeed#startWithState the state} was shown comes once more; what was created anew with a clock that had been set back
     * has the version of that clock; and where a document is deleted and, beside that,
     * made anew by a transaction that had begun to write before, and a page ends between the two, the deletion may come last. What {@link #document} shows is right in any case.
     */
    long version();

    /** Says whether there is no such document now. */
    boolean deleted();

    /**
     * Returns the document as it is now, decoded at this call; empty if it is deleted.
     *
     * @param schema one that the feed was asked for with
     * @throws IllegalArgumentException if this is a change in another collection than the schema's
     * @throws UndecodableDocumentException if the body cannot be decoded; its text is in the exception
     */
    <T> Optional<Document<T>> document(Schema<T> schema);
}
