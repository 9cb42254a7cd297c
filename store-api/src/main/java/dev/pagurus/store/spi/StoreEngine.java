package dev.pagurus.store.spi;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnsupportedCapabilityException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open database, seen from above: reads, independent writes, sessions, and the definitions of collections.
 *
 * <p>Safe for use by many threads. What callers may rely on, and the engine need not check again: names, ids, values and
 * bodies are within the contract's limits (an id has 1 to 255 UTF-8 bytes, a name up to 40 characters of ASCII, a
 * body up to {@link dev.pagurus.store.StoreConfig#maxBodyBytes()} and {@link EngineInfo#maxBodyBytes()}, a collection up
 * to 150 fields and 60 indexes); a collection was given to {@link #define} on this
 * engine or read from {@link #definitions()} before the call or session began, or in the session; filters hold no
 * negation; nothing is called after {@link #close()}.
 *
 * <p>Everything is serializable, single reads and writes beside sessions included. Where the engine finds a conflict, it
 * throws {@link SerializationFailure} with nothing changed, and the call is made again; it waits for locks at most for
 * {@link dev.pagurus.store.StoreConfig#timeout()}. Other failures are
 * {@link dev.pagurus.store.UnavailableException} (nothing happened),
 * {@link dev.pagurus.store.OutcomeUnknownException} (it may have happened), and
 * {@link dev.pagurus.store.SchemaException} (a column is gone, because a newer revision dropped it).
 *
 * <p>Of a collection with a {@link CollectionDefinition#expiry}, a document is not there from the time on that this field has,
 * by the clock that {@link #now} tells and as the given definition says: no method finds it, counts it, deletes it or is refused
 * because of it, and what is written under its id is a new document of a greater version. What stands in the way of a write is
 * removed with it. A session judges by one time, not before it began and not after its first call; each other call, by its own.
 * What has expired is removed in small steps, with later writes to the collection or by {@link #removeExpired}, and by
 * {@link #define} before it refills; each time as a deletion among the changes. Nobody may wait for that, or fail because of it.
 * A definition {@linkplain CollectionDefinition#withoutExpiry without} the field finds whatever is stored.
 *
 * <p>An interrupt ends waiting, and nothing else: a thread that is interrupted while it waits, or has to wait when it is
 * interrupted already, gets {@link dev.pagurus.store.UnavailableException}; a call that need not wait is made. Either way
 * the thread keeps its interrupt. An interrupt amid a call may not harm others, as it does with drivers that then close the
 * file.
 *
 * <p>An engine that can {@link #begin} sessions and {@link #define} collections is a whole one; what else has a default is
 * overridden where there is a shorter way. The guide for store authors is {@code examples/custom-store/README.md} of the
 * project.
 */
public interface StoreEngine extends Reads, AutoCloseable {

    /** Says what this engine is and can do; costs nothing. */
    EngineInfo info();

    /**
     * Returns the time in microseconds since the epoch, by the clock that gives versions and creation times ({@link Micros#now}
     * if it is the configuration's, or this machine's). One that has to ask a server for it does so at most once a second, and
     * reckons on in between.
     */
    long now();

    /**
     * Creates the collection, or brings it to this definition, as {@link SchemaChange#between} says, in one atomic step:
     * tables, columns, indexes, every document's fields, and the catalogue; only the catalogue if nothing but the shape was
     * not known. Readers that are under way see the old or the
     * new state: a snapshot that began before goes on reading the old one, or the change waits for its end. Refilling is no
     * write: id, version and creation time stay, and the body becomes what the filler returns. May be called by several
     * processes at once.
     *
     * @param filler gives the new text and the field values of each body, if the documents must be refilled. It is told first
     *     what is stored ({@link Filler#begin}), also where there is no document; what it cannot fill goes to
     *     {@link Filler#aside()} in the same atomic step, if there is such a collection
     * @throws dev.pagurus.store.SchemaException if {@link SchemaChange#between} refuses, a table of this name is not
     *     ours, or a new unique index finds two documents with the same values (both ids named); with nothing changed
     */
    void define(CollectionDefinition definition, Filler filler);

    /**
     * Takes a collection away with all that belongs to it (documents, values, indexes, what the catalogue knows of it), in
     * one atomic step, and whatever stops it. A snapshot that has begun to read it goes on, or this waits for its end; it
     * never finds less. From then on each read of the collection throws {@link SchemaChange#gone}, and each write is
     * {@link WriteOutcome.StaleRevision}, whoever asks and whatever he remembers, until {@link #define} makes it anew. What
     * this engine knows of deleted versions stays, see {@link DeletedVersions}.
     *
     * @return whether it was there; a table that is not a collection's is left alone
     * @throws dev.pagurus.store.SchemaException if an administrator has added something that would be lost with it, or that
     *     stands in the way; with nothing changed
     */
    boolean drop(String collection);

    /**
     * Gives a collection another name, in one atomic step: documents, with ids, versions and creation times, fields,
     * indexes, and the definition but for the name stay. What was said of snapshots, and of those who use it by its old name,
     * is as for {@link #drop}.
     *
     * @throws dev.pagurus.store.SchemaException if there is no such collection ({@link SchemaChange#missing}), or anything
     *     has the new name already ({@link SchemaChange#taken}); with nothing changed
     */
    void rename(String collection, String newName);

    /**
     * Does some writes, each atomic on its own, in as few commits as the engine likes, all durable on return. No id of a
     * collection stands twice among them. They may be those of one caller or of many that know nothing of each other, and
     * more callers may wait behind them: a write that is refused must not keep the others from being done, and one that
     * would have to wait for a lock is better {@link WriteOutcome.Postponed}, even if it is the only one.
     *
     * <p>An exception speaks of the whole list: after {@link SerializationFailure} and
     * {@link dev.pagurus.store.UnavailableException} none of the writes has happened. An engine that commits a list in
     * parts, and fails after the first, answers {@link WriteOutcome.Postponed} for those that were not tried, or throws
     * {@link dev.pagurus.store.OutcomeUnknownException}.
     *
     * @return an outcome for each write, in the same order
     */
    default List<WriteOutcome> write(List<Write> writes) {
        try (EngineSession session = begin(SessionMode.TRANSACTION)) {
            List<WriteOutcome> outcomes = session.write(writes);
            session.commit();
            return outcomes;
        }
    }

    @Override
    default List<CollectionDefinition> definitions() {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.definitions();
        }
    }

    @Override
    default List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.get(collection, ids);
        }
    }

    @Override
    default Chunk scan(Scan scan) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.scan(scan);
        }
    }

    @Override
    default RowChunk select(Scan scan, List<String> fields) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.select(scan, fields);
        }
    }

    @Override
    default ScanPlan explain(Scan scan) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.explain(scan);
        }
    }

    @Override
    default long count(CollectionDefinition collection, Condition filter) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.count(collection, filter);
        }
    }

    @Override
    default List<Group> groups(Grouping grouping) {
        try (EngineSession session = begin(SessionMode.READ)) {
            return session.groups(grouping);
        }
    }

    /**
     * Does one write, durable on return, and waits for whatever stands in its way. An engine that postpones nothing need
     * not implement it.
     *
     * @return an outcome, which is not {@link WriteOutcome.Postponed}
     */
    default WriteOutcome write(Write write) {
        return write(List.of(write)).get(0);
    }

    /**
     * Removes documents that have expired, those first that expired first, in one atomic step for which nobody has to wait long:
     * what others are just writing may be left.
     *
     * @param most how many at most
     * @return how many were removed; none if the catalogue has another revision of the collection
     */
    default long removeExpired(CollectionDefinition collection, int most) {
        try (EngineSession session = begin(SessionMode.TRANSACTION)) {
            long removed = session.removeExpired(collection, most);
            session.commit();
            return removed;
        }
    }

    /**
     * Reads documents that somebody may want to claim: the same as {@link #scan}, but it need not be serializable with what
     * others write, for whoever claims one writes it only as long as it has the version that was found. It returns what is there
     * in one committed state, not older than the call. An engine whose writers could fail because of such a reader does better here.
     *
     * @throws dev.pagurus.store.SchemaException as {@link Reads#scan} says
     */
    default Chunk candidates(Scan scan) {
        return scan(scan);
    }

    /**
     * Starts a session that reads one state of the database and, as a {@link SessionMode#TRANSACTION}, writes to it.
     *
     * @throws dev.pagurus.store.UnavailableException if it did not get its connection or lock in time
     */
    EngineSession begin(SessionMode mode);

    /**
     * Returns the next changes of collections that keep them, with the documents as they are now: deletions, and whatever wrote
     * a document, {@link EngineSession#load} and {@link EngineSession#deleteAll} among it; not what {@link #define} refills.
     *
     * <p>Whoever goes on from one position to the next is shown each change that was committed since, or a later one of the
     * same document, however late it was committed, and no other. Nobody who writes may wait for a reader, or fail because of
     * one.
     *
     * <p>Changes that are older than the {@link CollectionDefinition#retention} by the store's clock are forgotten in small
     * steps with later writes, and never a younger one; a collection that gets a retention, or is made anew, begins without
     * changes, and what was known of it before is refused.
     *
     * @throws UnsupportedCapabilityException without {@link Capability#CHANGES}
     * @throws PositionLostException if a change behind the position is forgotten, or what the position tells of was never here
     *     or is here no more, as after an older backup was restored
     * @throws dev.pagurus.store.SchemaException as {@link Reads#scan} says
     */
    default ChangeChunk changes(ChangeScan scan) {
        throw new UnsupportedCapabilityException(info().name(), Capability.CHANGES);
    }

    /**
     * Returns the position behind all changes of some collections that are committed now: what {@link #changes} returns for all
     * of them, without reading them. The text is the same as long as nothing has changed in them, and another one when
     * something has; it may be another one also because something else has changed. It is asked often while somebody waits for
     * a change, so it should cost little.
     *
     * @param collections in order of name, at least one; each has a {@link CollectionDefinition#retention}
     */
    default String changesEnd(List<CollectionDefinition> collections) {
        throw new UnsupportedCapabilityException(info().name(), Capability.CHANGES);
    }

    /**
     * Says how the database is; answers within the time-out, and does not throw if it is down. By default it is up if
     * it says which collections there are.
     */
    default Health health() {
        long started = System.nanoTime();
        @Nullable String problem = null;
        Map<String, String> details = new LinkedHashMap<>();
        try {
            details.put("collections", Integer.toString(definitions().size()));
        } catch (StoreException | SerializationFailure e) {
            problem = e.getMessage();
        }
        Duration latency = Duration.ofNanos(System.nanoTime() - started);
        return new Health(problem == null, info().name() + " " + info().version(), latency, problem, details);
    }

    /**
     * Writes one state of the whole database to a file, in the engine's own form and by the engine's own means, while others
     * go on reading and writing; with {@link WholeFile}, so that it is whole, checked, and on disk when it has its name.
     *
     * @param overwrite whether a file that exists is replaced; never one that this engine uses
     * @throws UnsupportedCapabilityException without {@link Capability#BACKUP}
     * @throws dev.pagurus.store.CopyException if it exists and is not to be replaced
     * @throws dev.pagurus.store.UnavailableException if it cannot be written; with nothing changed
     */
    default void backup(Path file, boolean overwrite) {
        throw new UnsupportedCapabilityException(info().name(), Capability.BACKUP);
    }

    /**
     * Closes everything; is called once, when no other call is under way. The thread may be interrupted, as it often is at the
     * end of a program: all is closed even so, and it stays interrupted.
     */
    @Override
    void close();
}
