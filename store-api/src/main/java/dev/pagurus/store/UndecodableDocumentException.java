package dev.pagurus.store;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The codec could not read a stored body: it was written by something else, by a newer version of the application, or by an
 * older one whose documents this one no longer understands. The document is untouched. It blocks only who asks for its value:
 * it can be looked at and mended ({@link DocumentCollection#raw()}), overwritten, deleted, counted and copied, and a query goes
 * around it with {@link ReadQuery#undecodable}.
 */
public final class UndecodableDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;
    private final String body;
    private final String reason;
    private final @Nullable Integer newerRevision;

    /**
     * Makes one.
     *
     * @param body the stored text; not part of the message
     */
    public UndecodableDocumentException(String collection, String id, String body, Throwable cause) {
        this(
                collection,
                id,
                body,
                cause,
                null,
                "Mend the codec, or the text with raw(), or overwrite or delete the document.");
    }

    /**
     * Makes one for a document of a collection that a newer version of the application has upgraded meanwhile.
     *
     * @param body the stored text; not part of the message
     * @param known the revision that this application knows
     * @param newer the revision that the collection has
     */
    public UndecodableDocumentException(
            String collection, String id, String body, Throwable cause, int known, int newer) {
        this(
                collection,
                id,
                body,
                cause,
                newer,
                "A newer version of this application has brought the collection to revision " + newer
                        + "; this one knows revision " + known + ". Start the newer version.");
    }

    private UndecodableDocumentException(
            String collection,
            String id,
            String body,
            Throwable cause,
            @Nullable Integer newerRevision,
            String nextStep) {
        super(
                "Document '" + id + "' in collection '" + collection + "' cannot be decoded (" + reason(cause)
                        + "); body() has its text. " + nextStep,
                cause);
        this.collection = collection;
        this.id = id;
        this.body = body;
        this.reason = reason(cause);
        this.newerRevision = newerRevision;
    }

    /** What an exception says may quote the body, which may be secret. */
    private static String reason(Throwable cause) {
        if (cause instanceof UnknownPropertyException unknown) {
            return "unknown property '" + unknown.path() + "'";
        }
        @Nullable String said = cause instanceof UnreadableJsonException ? cause.getMessage() : null;
        return said == null ? cause.getClass().getSimpleName() : said;
    }

    /** Returns the collection's name. */
    public String collection() {
        return collection;
    }

    /** Returns the document's id. */
    public String id() {
        return id;
    }

    /** Returns the stored text. */
    public String body() {
        return body;
    }

    /**
     * Returns what keeps it from being decoded, without any of the body: the property that its type does not know, the one that
     * holds something else, or the kind of the exception of a codec of one's own, which is the cause.
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns the revision to which a newer version of the application has brought the collection, which is why this one cannot
     * read the document; empty if none has, so that the document itself wants mending. Asked for where a document was got by
     * its id: searches of an older version are refused before they find any.
     */
    public OptionalInt newerRevision() {
        return newerRevision == null ? OptionalInt.empty() : OptionalInt.of(newerRevision);
    }
}
