package dev.pagurus.store;

/**
 * A body has a property that the codec's type does not know, so that the next write would drop it. {@link Codec#json} throws
 * it, and it is the cause of the {@link UndecodableDocumentException} that the caller gets; a codec of one's own may throw it
 * too.
 */
public final class UnknownPropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * Makes one.
     *
     * @param path where the property is, written as in {@link Codec#shape()}
     * @param type what does not know it, as a person would call it
     */
    public UnknownPropertyException(String path, String type, Throwable cause) {
        super("The property '" + path + "' is not known to " + type + ".", cause);
        this.path = path;
    }

    /** Returns where the property is, written as in {@link Codec#shape()}: {@code lines[].colour}. */
    public String path() {
        return path;
    }
}
