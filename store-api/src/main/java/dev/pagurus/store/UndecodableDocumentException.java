package dev.pagurus.store;

/**
 * The codec could not read a stored body: it was written by something else, or by a version of the application whose
 * documents this one no longer understands. The document is untouched and can be looked at, overwritten or deleted.
 */
public final class UndecodableDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;
    private final String body;

    /**
     * Makes one.
     *
     * @param body the stored text; not part of the message
     */
    public UndecodableDocumentException(String collection, String id, String body, Throwable cause) {
        super(
                "Document '" + id + "' in collection '" + collection + "' cannot be decoded ("
                        + cause.getClass().getSimpleName()
                        + "); body() has its text. Mend the codec, or overwrite or delete the document.",
                cause);
        this.collection = collection;
        this.id = id;
        this.body = body;
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
}
