package dev.pagurus.store;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An open database: hands out collections, runs transactions and snapshots.
 *
 * <p>Get one from {@link Stores#open(String)} and keep it for the life of the application. A store is safe for use by
 * any number of threads, virtual ones included. Its calls block.
 *
 * <p>Using the store on a thread that is inside {@link #transaction}, {@link #runTransaction} or {@link #snapshot} of
 * the same store is refused with an {@link IllegalStateException}: the call would not be part of the transaction, and on
 * a store with one writer it would wait for itself.
 */
public non-sealed interface Store extends CollectionSource, AutoCloseable {

    /**
     * Runs the function in one serializable transaction and returns its result.
     *
     * <p>All of its writes become visible and durable together, or none does. The function sees its own writes. It is run
     * again, after a pause, when the store finds that it conflicts with another transaction or with a single operation
     * beside it, until the store's {@linkplain StoreConfig#timeout() time-out} has passed; so it should have no side
     * effects of its own but those given to {@link Transaction#afterCommit(Runnable)}. An exception that the function
     * throws rolls everything back and reaches the caller unchanged. Expected outcomes ({@link DuplicateIdException},
     * {@link UniqueViolationException}, {@link VersionConflictException}) may be caught inside; the transaction goes on.
     *
     * <pre>{@code
     * long left = store.transaction(tx -> {
     *     DocumentCollection<Item> items = tx.collection(ITEMS); // not the one from outside
     *     Item sold = items.update(id, Item::soldOne).orElseThrow().value();
     *     tx.collection(SALES).insert(new Sale(id));
     *     return sold.left();
     * });
     * }</pre>
     *
     * @param <R> what the function returns
     * @param <X> the checked exception that the function throws, inferred; {@code RuntimeException} if none
     * @throws TransactionConflictException if it still conflicted when the time-out had passed; nothing has changed
     * @throws OutcomeUnknownException if the connection was lost while committing
     */
    <R, X extends Exception> R transaction(TransactionFunction<R, X> function) throws X;

    /**
     * The same as {@link #transaction} for an action that returns nothing.
     *
     * <pre>{@code
     * store.runTransaction(tx -> {
     *     tx.collection(NOTES).delete("n1");
     *     tx.collection(NOTES).update("n2", Note::done);
     * });
     * }</pre>
     *
     * @param <X> the checked exception that the action throws, inferred; {@code RuntimeException} if none
     */
    <X extends Exception> void runTransaction(TransactionAction<X> action) throws X;

    /**
     * Runs the function over one unchanging state of the whole store and returns its result.
     *
     * <p>The function reads what was committed when it began, whatever is written meanwhile, and blocks no writer. It may
     * be run again where a store needs that to keep the promise. Do not hold a snapshot for long: it makes the store keep
     * old versions.
     *
     * <pre>{@code
     * String report = store.snapshot(view -> {
     *     ReadableCollection<Note> notes = view.collection(NOTES);
     *     return notes.query().count() + " notes, " + notes.query().countBy(STATUS);
     * });
     * }</pre>
     *
     * @param <R> what the function returns
     * @param <X> the checked exception that the function throws, inferred; {@code RuntimeException} if none
     */
    <R, X extends Exception> R snapshot(SnapshotFunction<R, X> function) throws X;

    /**
     * Returns how many UTF-8 bytes the body of a document may have here: what the {@linkplain StoreConfig#maxBodyBytes()
     * configuration} says, or what the engine holds if that is less.
     *
     * <pre>{@code
     * if (upload.length() > store.maxBodyBytes()) {
     *     return refuse("too large");
     * }
     * }</pre>
     */
    long maxBodyBytes();

    /**
     * Writes the state of the whole store at one moment to one file, which {@link Stores#importFrom} reads into any store.
     * Others may read and write meanwhile. The file has its name only when it is whole and on disk.
     *
     * <p>It is a ZIP file that common tools read. {@code collections/<name>.jsonl} has a line for each document, in order of
     * id; {@code manifest.json}, written last, has the definitions, counts and hashes:
     *
     * <pre>
     * {"id":"a","version":1767225600000000,"created_at":1767225600000000,"fields":{"title":"milk","tags":["home"]},
     *  "body":"{\"title\":\"milk\"}"}
     *
     * {"format":"pagurus-export","version":2,"source":"sqlite:notes.db","written_at":"2026-01-01T00:00:00Z",
     *  "collections":[{"name":"notes","definition":"notes revision 1\nfield title TEXT 1024\nfield tags MANY 255\nshape title text",
     *                  "documents":1,"bytes":16,"sha256":"..."}]}
     * </pre>
     *
     * <p>Where no collection says the {@linkplain Codec#shape shape} of its documents, the version is 1, which older releases
     * read. Times are microseconds since the epoch. Infinite numbers are the texts {@code "Infinity"} and {@code "-Infinity"}.
     * The body is a text, so that it stays byte for byte. What is hashed is said at {@link CopyResult.Collection}.
     *
     * @throws CopyException if the file exists and is not to be overwritten, or is no export
     * @throws UnavailableException if the file cannot be written
     * @throws ConfigurationException if Jackson is not on the path
     * @throws UnsupportedCapabilityException without {@link Capability#SNAPSHOTS}
     */
    CopyResult exportTo(Path file, CopyOptions options);

    /**
     * The same to a stream, which is flushed and not closed. If this throws, what was written is a part only, and {@link
     * Stores#importFrom} refuses it.
     *
     * @throws UnavailableException if the stream cannot be written
     */
    CopyResult exportTo(OutputStream stream, CopyOptions options);

    /**
     * Writes the state of the whole database at one moment to a file in the engine's own form, by the engine's own means;
     * for SQLite a database file. Others may read and write meanwhile. The file is checked, and has its name only when it
     * is whole and on disk. This is the way to save an SQLite file that is open: copying it with other tools can give a
     * damaged one.
     *
     * @param overwrite whether a file that exists is replaced
     * @throws CopyException if the file exists and is not to be overwritten
     * @throws UnavailableException if the file cannot be written; nothing is left of it then
     * @throws UnsupportedCapabilityException without {@link Capability#BACKUP}; use {@link #exportTo} or the database's own
     *     tools, such as {@code pg_dump}
     */
    void backup(Path file, boolean overwrite);

    /**
     * Says how the store is; never throws for a store that is down, and answers within the store's time-out.
     *
     * @throws StoreClosedException after {@link #close()}
     */
    Health health();

    /**
     * Returns what the store holds, by name, from one state; counts all documents.
     *
     * @throws UnsupportedCapabilityException without {@link Capability#SNAPSHOTS}
     */
    List<CollectionSummary> summaries();

    /** Returns what this store can do; everything else throws {@link UnsupportedCapabilityException}. */
    Set<Capability> capabilities();

    /**
     * Closes the store. Calls that are under way finish first; calls that come later throw {@link StoreClosedException}.
     * Closing again does nothing, and does not wait for a close that is under way. Leaves no thread, connection, file handle or lock behind.
     *
     * @throws IllegalStateException if called inside a transaction or snapshot of this store on the same thread
     */
    @Override
    void close();

    /** The body of {@link Store#transaction}. */
    @FunctionalInterface
    interface TransactionFunction<R, X extends Exception> {
        /** Does the transaction's work; may run more than once. */
        R run(Transaction tx) throws X;
    }

    /** The body of {@link Store#runTransaction}. */
    @FunctionalInterface
    interface TransactionAction<X extends Exception> {
        /** Does the transaction's work; may run more than once. */
        void run(Transaction tx) throws X;
    }

    /** The body of {@link Store#snapshot}. */
    @FunctionalInterface
    interface SnapshotFunction<R, X extends Exception> {
        /** Reads; may run more than once. */
        R run(Snapshot view) throws X;
    }
}
