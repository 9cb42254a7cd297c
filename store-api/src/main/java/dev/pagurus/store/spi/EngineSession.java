package dev.pagurus.store.spi;

import java.util.List;

/**
 * One transaction or snapshot, used by one thread; one for a {@link SessionMode#COPY} by one thread at a time. Its reads see
 * one state and its own writes.
 *
 * <p>An outcome other than {@link WriteOutcome.Written} leaves the session usable and unchanged by that write. After a
 * {@link SerializationFailure} or any other exception it is only closed.
 */
public interface EngineSession extends Reads, AutoCloseable {

    /**
     * Does some writes in the session. No id stands twice among them.
     *
     * @return an outcome for each write, in the same order
     */
    List<WriteOutcome> write(List<Write> writes);

    /**
     * Deletes every document that matches.
     *
     * @return how many there were
     * @throws dev.pagurus.store.SchemaException as {@link dev.pagurus.store.spi.SchemaChange#outdated} says, with nothing
     *     changed, if the catalogue has another revision of the collection
     */
    long deleteAll(CollectionDefinition collection, Condition filter);

    /**
     * Removes documents that have expired by the session's time, those first that expired first: a deletion each among the
     * changes, if these are kept.
     *
     * @param most how many at most
     * @return how many were removed; none if the catalogue has another revision of the collection
     */
    long removeExpired(CollectionDefinition collection, int most);

    /**
     * Returns the next documents with their fields, in order of id, to copy them to another store: as many as a chunk
     * holds ({@link StoredRow#CHUNK}), at least one if any is left, none if not.
     *
     * @param collection as the session's {@link #definitions()} have it
     * @param after the id of the last document that was returned; empty to start
     * @throws dev.pagurus.store.SchemaException if the collection has another revision by now
     */
    List<StoredRow> rows(CollectionDefinition collection, String after);

    /**
     * Returns the documents with these ids that are there, with their fields, in any order.
     *
     * @param collection as the session's {@link #definitions()} have it
     * @param ids up to {@link StoredRow#CHUNK}, none of them twice; the caller sees to it that their bodies together are not
     *     many times {@link Scan#CHUNK_BYTES}
     * @throws dev.pagurus.store.SchemaException if the collection has another revision by now
     */
    List<StoredRow> rows(CollectionDefinition collection, List<String> ids);

    /**
     * Adds documents that were copied from another store, as they are: id, version, creation time, body and fields. No
     * document with one of the ids is there, and none stands twice among them.
     *
     * @throws dev.pagurus.store.SchemaException if the collection has another revision by now
     * @throws dev.pagurus.store.UnavailableException if one cannot be added; also if a value that must be unique is taken
     */
    void load(CollectionDefinition collection, List<StoredRow> rows);

    /**
     * Makes the session's writes durable and visible, all of them or none.
     *
     * @throws SerializationFailure if none could be, because of others
     * @throws dev.pagurus.store.OutcomeUnknownException if the connection was lost before the answer came
     */
    void commit();

    /**
     * Ends the session; what was not committed is undone. Does not throw. The thread may be interrupted: the session ends even
     * so, and the thread stays interrupted.
     */
    @Override
    void close();
}
