package dev.pagurus.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The reading half of a collection. Missing documents are empty results, never errors.
 *
 * <p>A method that returns values throws {@link UndecodableDocumentException} when a stored body cannot be turned into a {@code
 * T}; what asks for no value, {@link #exists} and counts for one, does not mind such documents. Every method may throw {@link
 * InvalidValueException} for an argument that no document could have, {@link UnavailableException} when the
 * database cannot be reached, and {@link StoreClosedException}.
 *
 * @param <T> the type of the documents' values
 */
public interface ReadableCollection<T> {

    /** Returns the document with this id, if there is one. */
    Optional<Document<T>> get(String id);

    /**
     * Returns the documents with these ids, all from one state, in the order asked; missing ones are absent, an id asked
     * twice is there once.
     *
     * <p>One that cannot be decoded is an {@link UndecodableDocumentException}, for it was asked for by its id, and is not
     * missing; {@code where(schema.id().in(ids)).undecodable(...)} goes around it.
     */
    Map<String, Document<T>> getAll(Collection<String> ids);

    /** Says whether there is a document with this id. */
    boolean exists(String id);

    /** Starts a query over all documents, ordered by id unless it says otherwise. */
    ReadQuery<T> query();

    /** Starts a query over the documents that match; the same as {@code query().where(filter)}. */
    ReadQuery<T> where(Filter<? super T> filter);
}
