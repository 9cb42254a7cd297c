package dev.pagurus.store;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A collection of documents: every verb is atomic, durable when it returns, and seen by every later read.
 *
 * <pre>{@code
 * DocumentCollection<Note> notes = store.collection(NOTES);
 * String id = notes.insert(new Note("buy milk")).id();
 * notes.update(id, Note::done);
 * Optional<Document<Note>> note = notes.get(id);
 * notes.delete(id);
 * }</pre>
 *
 * <p>A verb that throws has changed nothing, with one exception that says so: {@link OutcomeUnknownException}. Besides
 * the exceptions named at each verb, all of them may throw {@link InvalidValueException} (an id, a body or a field value
 * is outside the limits), {@link UniqueViolationException} (those that write a value), {@link SchemaException} (a newer
 * version of the application has changed the collection), {@link UnavailableException} and {@link StoreClosedException}.
 *
 * <p>An interrupt of the calling thread ends waiting, and nothing else: a verb that need not wait, for a lock, for a
 * connection, or for its turn, is done, and one that must wait throws {@link UnavailableException}, or {@link
 * OutcomeUnknownException} if its write is on its way already. The thread stays interrupted in each case.
 *
 * <p>Safe for use by many threads when it comes from a {@link Store}; bound to its thread when it comes from a
 * {@link Transaction}.
 *
 * @param <T> the type of the documents' values
 */
public interface DocumentCollection<T> extends ReadableCollection<T> {

    @Override
    Query<T> query();

    @Override
    Query<T> where(Filter<? super T> filter);

    /**
     * Stores a new document under a new id from {@link Ids#next()}.
     *
     * @return the document as stored
     */
    Document<T> insert(T value);

    /**
     * Stores a new document.
     *
     * @throws DuplicateIdException if there is one with this id
     */
    Document<T> insert(String id, T value);

    /** Stores a document, new or in place of the one with this id, whose creation time it keeps. */
    Document<T> put(String id, T value);

    /**
     * Overwrites a document if nobody has changed it since it was read.
     *
     * <pre>{@code
     * Document<Note> note = notes.get("n1").orElseThrow();
     * notes.replace(note.withValue(note.value().done()));
     * }</pre>
     *
     * @throws VersionConflictException if its version is another one by now, or it is gone
     */
    Document<T> replace(Document<T> changed);

    /**
     * Overwrites a document if it has this version; for an HTTP {@code If-Match}.
     *
     * @throws VersionConflictException if its version is another one, or there is no such document
     */
    Document<T> replace(String id, long version, T value);

    /**
     * Reads a document, changes it and writes it back, again from the start whenever somebody else was faster, so that
     * no change is lost. The function may run several times.
     *
     * @return the document as written, or empty if there is none with this id
     * @throws TransactionConflictException if others were faster until the store's time-out had passed
     */
    Optional<Document<T>> update(String id, UnaryOperator<T> change);

    /**
     * Creates, changes or deletes a document in one step: the function gets the present value, if any, and returns the
     * new one, or empty to have none. It may run several times.
     *
     * <pre>{@code
     * counters.compute("visits", old -> Optional.of(new Counter(old.map(Counter::count).orElse(0L) + 1)));
     * }</pre>
     *
     * @return the document as written, or empty if there is none now
     * @throws TransactionConflictException if others were faster until the store's time-out had passed
     */
    Optional<Document<T>> compute(String id, Function<Optional<T>, Optional<T>> change);

    /** Deletes the document with this id; true if it was there. */
    boolean delete(String id);

    /**
     * Deletes a document if nobody has changed it since it was read; false if it is gone already.
     *
     * @throws VersionConflictException if its version is another one by now
     */
    boolean delete(Document<T> document);

    /**
     * Deletes a document if it has this version; false if there is none with this id.
     *
     * @throws VersionConflictException if its version is another one
     */
    boolean delete(String id, long version);

    /**
     * Inserts many documents, each atomic on its own, committed in chunks of up to 2,000 documents (later an eighth of those
     * before, up to 16,000) or 8 MiB, in no promised order. The stream is read lazily, by this thread, at most two chunks ahead of what is stored, and closed at
     * the end; memory stays bounded. Values become text, ids and fields on this thread too; a store writes beside it.
     *
     * <p>A document that cannot be stored does not stop the others: an id or unique value that is taken counts as
     * {@linkplain OnConflict#SKIP skipped} or is {@linkplain OnConflict#FAIL listed as a failure}; an invalid value, and
     * an id that is given twice within one chunk, is listed as a failure. An exception for the whole call
     * ({@link UnavailableException} for one) leaves the chunks committed so far in place.
     *
     * @param id gives each value its id
     */
    BulkResult insertAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict);

    /**
     * Stores many documents, new or in place of those with their ids; otherwise like {@link #insertAll}, where only a
     * unique value that is taken is a conflict.
     *
     * @param id gives each value its id
     */
    BulkResult putAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict);

    /**
     * Returns the documents as the texts that are stored, to look at one that cannot be decoded and to mend it, or to have one
     * found again whose text was changed by SQL.
     */
    RawDocuments raw();
}
