package dev.pagurus.store;

import java.util.List;

/** Another document has the same values in a unique index. */
public final class UniqueViolationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;
    private final String index;
    private final String[] fields;

    /**
     * Makes one.
     *
     * @param id the document that was not written
     * @param index the index, the first in the order of declaration if several are violated
     * @param fields the index's fields
     */
    public UniqueViolationException(String collection, String id, String index, List<String> fields) {
        super(
                "Document '" + id + "' cannot be written to collection '" + collection
                        + "': another document has the same " + String.join(", ", fields)
                        + ", which the unique index '" + index + "' forbids.",
                null);
        this.collection = collection;
        this.id = id;
        this.index = index;
        this.fields = fields.toArray(String[]::new);
    }

    /** Returns the collection's name. */
    public String collection() {
        return collection;
    }

    /** Returns the id of the document that was not written. */
    public String id() {
        return id;
    }

    /** Returns the name of the index that is violated. */
    public String index() {
        return index;
    }

    /** Returns the names of the index's fields. */
    public List<String> fields() {
        return List.of(fields);
    }
}
