package dev.pagurus.store;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * @param <R> what the function returns, which may be null
     * @param <X> the checked exception that the function throws, inferred; {@code RuntimeException} if none
     * @throws TransactionConflictException if it still conflicted when the time-out had passed; nothing has changed
     * @throws OutcomeUnknownException if the connection was lost while committing
     */
    <R extends @Nullable Object, X extends Exception> R transaction(TransactionFunction<R, X> function) throws X;

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
     * old versions. A collection that is brought to a new revision, dropped or renamed while the snapshot lasts, and that it has
     * not read yet, is refused to it with {@link SchemaException}, or answered from the snapshot's state, as the store's engine
     * can: read early what must be read.
     *
     * <pre>{@code
     * String report = store.snapshot(view -> {
     *     ReadableCollection<Note> notes = view.collection(NOTES);
     *     return notes.query().count() + " notes, " + notes.query().countBy(STATUS);
     * });
     * }</pre>
     *
     * @param <R> what the function returns, which may be null
     * @param <X> the checked exception that the function throws, inferred; {@code RuntimeException} if none
     */
    <R extends @Nullable Object, X extends Exception> R snapshot(SnapshotFunction<R, X> function) throws X;

    /**
     * Runs a change of the application's data once, over all processes that use this database and for good: in a
     * transaction, with the mark that it has run. Both are there or neither is, whatever stops the process.
     *
     * <pre>{@code
     * store.step("2026-11 default priorities", tx ->
     *         tx.collection(ITEMS).where(PRIORITY.isNull()).updateAll(Item::withDefaultPriority));
     * }</pre>
     *
     * <p>Steps run where the code calls them, one after the other, and nowhere else: usually each start calls all of them, in
     * the order in which they were written, behind the collections that they use. One that has run costs a look at its
     * mark. One that is called earlier or later in another release runs, if it has not yet, where that release calls it; one
     * that is no longer in the code does not run, and its mark stays. Never give a name to another step: it would not run.
     *
     * <p>Of several processes that call it at once, one runs it; the others wait for that, at most as long as the store's
     * {@linkplain StoreConfig#timeout() time-out}, and return false; or one of them runs it, if it failed there. What is said
     * of {@link #transaction} holds for the function: it may be run again after a conflict, with nothing of the first attempt
     * left; what it throws undoes the step and reaches the caller unchanged, and the next call runs it anew.
     *
     * <p>Marks are documents of a hidden collection, {@code pagurus_steps}: copies, exports and backups have them, so a
     * database that was moved does not run its steps again. See {@link #steps()}.
     *
     * @param name 1 to 255 UTF-8 bytes, such as {@code "2026-11 default priorities"}, with no blank at its ends and no two in a
     *     row
     * @param <X> the checked exception that the work throws, inferred; {@code RuntimeException} if none
     * @return whether this call ran it
     * @throws InvalidValueException if the name is not allowed
     * @throws SchemaException if a step of this name has run, or is under way, batch by batch
     * @throws OutcomeUnknownException if the connection was lost while committing; calling it again is safe
     * @throws UnsupportedCapabilityException without {@link Capability#TRANSACTIONS}
     */
    <X extends Exception> boolean step(String name, TransactionAction<X> work) throws X;

    /**
     * The same for a change of each document of a collection, which may be large: batch after batch of up to 500 documents
     * and about 8 MiB, in order of id, each batch in a transaction of its own that also keeps the place. After a crash, or an
     * exception, the next call goes on behind the last batch that was committed.
     *
     * <pre>{@code
     * store.step("2026-11 split items", ITEMS, (tx, batch) -> {
     *     for (Document<Item> item : batch) {
     *         if (item.value().isNote()) {
     *             tx.collection(NOTES).put(item.id(), item.value().toNote());
     *             tx.collection(ITEMS).delete(item.id());
     *         }
     *     }
     * });
     * }</pre>
     *
     * <p>Each document that was there when the step began, and stays until its turn, is given to the function once: as it is
     * then, in a batch that is committed once. So is one that is added meanwhile with an id above the place, by whomever; the
     * step is at its end when there is none. One that is added below the place is not: whoever writes while the step runs
     * writes such documents as they shall be. The function may change, delete and move what it is given; what it adds to the
     * same collection with greater ids it is given later, so it must not do that with every document.
     *
     * <p>Several processes that call it at once share its batches. The function may be run again for a batch that conflicted,
     * with nothing of the first attempt left.
     *
     * <p>A step makes, raises and defines nothing. Where there is no such collection, it is at its end at once. The schema says
     * how documents are read, and has the revision that is stored; fields and indexes need not be repeated, unless the function
     * uses the schema too. Once the step is at its end, nothing is looked at but its mark: the schema may then be of a revision
     * that is long past.
     *
     * @param over the collection
     * @param <T> the type of the documents' values
     * @return whether this call did any of it
     * @throws SchemaException if a step of this name has run, or is under way, as one transaction or over another collection;
     *     if the collection is stored at another revision, or its documents have another shape
     * @throws UndecodableDocumentException if a document cannot be decoded; the step goes on there when that is mended
     */
    <T, X extends Exception> boolean step(String name, Schema<T> over, StepFunction<T, X> work) throws X;

    /** Returns the steps that have run here or are under way, by name. */
    List<StepSummary> steps();

    /**
     * Returns the changes of one or several collections whose schemas declare {@link Schema#changes}, to be read page by page.
     * Brings the collections to their schemas as {@link #collection} does.
     *
     * @throws SchemaException if a schema declares no changes, or as {@link #collection} says
     * @throws IllegalArgumentException if a collection is named twice
     * @throws UnsupportedCapabilityException without {@link Capability#CHANGES}
     */
    ChangeFeed changes(Schema<?> first, Schema<?>... more);

    /**
     * Gives the changes of a feed to a function, page by page, on this thread, until the thread is interrupted or the store
     * closed; then returns. The position is kept in the store, in the same transaction as what the function writes: so the
     * effects of each change there happen once, however often the process is killed. What it does elsewhere may happen again.
     *
     * <pre>{@code
     * Thread.ofPlatform().daemon().start(() -> // or any thread of yours
     *         store.follow("overdue", store.changes(LOANS).startWithState(), (tx, changes) -> {
     *             for (Change change : changes) {
     *                 tx.collection(REMINDERS).put(change.id(), reminderOf(change.document(LOANS)));
     *             }
     *         }));
     * }</pre>
     *
     * <p>It begins where the position that is kept under the name says, or where the feed starts if there is none. It is woken
     * within 50 ms of what this store writes, and within 250 ms of what others write; while it waits, nothing of it is open,
     * and any number of them cost one small look at the database, five times a second. Several processes may follow by one name:
     * they share the changes, and each is taken in once, in order. A page has as many changes as {@link ChangeFeed#limit} says,
     * and is one transaction.
     *
     * <p>What is said of {@link #transaction} holds for the function: on SQLite nobody else writes while it runs, so what takes long
     * (a mail, a call) belongs behind it, to {@link Transaction#afterCommit}, or to a reader of pages. Where the database is not available, or a transaction
     * conflicts for too long, it is tried again after a pause, which grows to five seconds, with a warning in the log. What else
     * the function throws ends it, with nothing of that page taken in.
     *
     * @param name 1 to 255 UTF-8 bytes
     * @param <X> the checked exception that the function throws, inferred; {@code RuntimeException} if none
     * @throws PositionLostException if nobody can go on from the position that is kept; {@link #unfollow} forgets it
     * @throws IllegalArgumentException if the feed is one of another store
     * @throws UnsupportedCapabilityException without {@link Capability#TRANSACTIONS}
     */
    <X extends Exception> void follow(String name, ChangeFeed feed, ChangeAction<X> action) throws X;

    /**
     * Forgets how far a follower has come, so that {@link #follow} by this name begins where its feed starts. One that follows
     * just now begins anew as well, with the next change. The place belongs to the collections of the feed: who adds one to it
     * forgets it, and begins with the state.
     *
     * @return whether there was one
     */
    boolean unfollow(String name);

    /** Returns who has followed a feed here, by name, and how far each has come. */
    List<FollowerSummary> followers();

    /**
     * Returns the time by the store's clock, which gives documents their versions and creation times: the server's, where there is
     * one, so that it is the same for all processes; else this machine's, or that of {@link StoreConfig#clock()}. By it a lease
     * is begun and judged, see {@link Query#claim}.
     *
     * <p>A server is asked at most once a second; in between, the time is reckoned on. So it costs little, and is off by no more
     * than the answer took. It never goes back, unless the clock does. Ask before a transaction or snapshot, not inside of it.
     *
     * @throws UnavailableException if the server does not answer in time
     */
    Instant now();

    /**
     * Removes all documents that have expired, see {@link Schema#expiresAt}, in steps of up to 100 documents, each a transaction of
     * its own, between which others write. Nobody sees them in any case: this gives back their room, and tells who follows the
     * {@linkplain #changes changes}. To call it now and then is enough where there are few writes.
     *
     * @return how many were removed; what others were just writing may be left
     * @throws UnavailableException if it breaks off; what was removed stays so
     * @throws IllegalStateException if called inside a transaction or snapshot of this store on the same thread
     */
    long removeExpired();

    /**
     * Takes a collection away with all its documents, in one atomic step. There is no way back but a backup.
     *
     * <p>It is refused if this store handed the collection out by {@link #collection}, at the revision that it has: code that
     * uses it is not about to drop it. (That a step went over it does not count.) What other stores and processes have in use
     * is not known here. Their calls throw {@link SchemaException} from then on, reads and writes alike; a snapshot that has
     * begun to read it goes on, or the drop waits for its end, for no longer than the time-out. One that reads it for the
     * first time afterwards is refused or answered, as the store's engine can.
     *
     * <p>Its name stays taken: a {@linkplain #tombstones() tombstone} refuses to {@link #collection} every schema of that name
     * with the revision that the collection had, or a lower one. So a release of before, which is started again, finds out,
     * and makes nothing that the next drop would take away. A schema of a higher revision makes it anew, and empty.
     *
     * @return whether it was there
     * @throws SchemaException if it is in use here, if a step over it is unfinished, if the name is not that of a collection of
     *     the application, or if something that an administrator has added to its table is in the way; nothing was changed
     */
    boolean drop(String collection);

    /**
     * Gives a collection another name, in one atomic step. Its documents keep ids, versions and creation times; fields, indexes
     * and revision stay. Refused as {@link #drop} is; who uses it elsewhere by the old name gets {@link SchemaException} too,
     * and the old name keeps a tombstone. What is renamed onto a name ends the tombstone that it has.
     *
     * <p>It may be called at each start, before the new name is asked for:
     *
     * <pre>{@code
     * store.rename("customers", "clients"); // false from the second start on
     * DocumentCollection<Client> clients = store.collection(CLIENTS);
     * }</pre>
     *
     * @return true if this call did it; false if there is no such collection (any more), but one of the new name, or the
     *     tombstone of one that was given the new name, or no collection at all: the database is new
     * @throws SchemaException as for {@link #drop}; also if there is neither of the two, or the new name is not allowed or
     *     taken by a collection or anything else; nothing was changed
     */
    boolean rename(String collection, String newName);

    /** Returns what is left of collections that were dropped or renamed, by name; of those whose names are taken again nothing. */
    List<Tombstone> tombstones();

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
     * <p>Where no collection says the {@linkplain Codec#shape shape} of its documents or keeps its changes, the version is 1, which older releases
     * read; where documents expire, it is 3. Times are microseconds since the epoch. Infinite numbers are the texts {@code "Infinity"} and {@code "-Infinity"}.
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
     * Says how the store is, and how far its followers are behind; never throws for a store that is down, and answers within
     * the store's time-out.
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
    interface TransactionFunction<R extends @Nullable Object, X extends Exception> {
        /** Does the transaction's work; may run more than once. */
        R run(Transaction tx) throws X;
    }

    /** The body of {@link Store#runTransaction}. */
    @FunctionalInterface
    interface TransactionAction<X extends Exception> {
        /** Does the transaction's work; may run more than once. */
        void run(Transaction tx) throws X;
    }

    /** The body of {@link Store#step(String, Schema, StepFunction)}. */
    @FunctionalInterface
    interface StepFunction<T, X extends Exception> {
        /** Does the work for some documents; may run more than once. */
        void run(Transaction tx, List<Document<T>> batch) throws X;
    }

    /** The body of {@link Store#follow}. */
    @FunctionalInterface
    interface ChangeAction<X extends Exception> {
        /** Takes in some changes, one or more; may run more than once. */
        void run(Transaction tx, List<Change> changes) throws X;
    }

    /** The body of {@link Store#snapshot}. */
    @FunctionalInterface
    interface SnapshotFunction<R extends @Nullable Object, X extends Exception> {
        /** Reads; may run more than once. */
        R run(Snapshot view) throws X;
    }
}
