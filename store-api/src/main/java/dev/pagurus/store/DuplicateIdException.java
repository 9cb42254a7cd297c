package dev.pagurus.store;

/** A document with this id is there already. */
public final class DuplicateIdException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;

    /** Makes one. */
    public DuplicateIdException(String collection, String id) {
        super(
                "There is a document with id '" + id + "' in collection '" + collection
                        + "' already. Use put to overwrite it, or another id.",
                null);
        this.collection = collection;
        this.id = id;
    }

    /** Returns the collection's name. */
    public String collection() {
        return collection;
    }

    /** Returns the id that is taken. */
    public String id() {
        return id;
    }
}
