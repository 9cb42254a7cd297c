package dev.pagurus.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call, for a {@link StoreListener}. It holds no value of any document, filter or cursor, no id, no name of
 * a step or follower, no URL and no message: nothing that a user of the application could have written.
 *
 * @param operation the method that was called, such as {@code put}, {@code list} or {@code updateAll}; {@code open};
 *     {@code transaction}, also for {@code runTransaction}; {@code collection} where the database was asked for a definition, or
 *     changed to it; {@code stream} for each part that a stream reads; {@code select} for all that a
 *     selection reads; {@code changes} for each page of a feed and
 *     {@code changesEnd} for its end; {@code follow} for each page that a follower has taken in; {@code copy}, {@code compare}
 *     and {@code importFrom} of {@link Stores}, which the target's, or the first one's, listener is told
 * @param collection the collection's name; several are joined by a comma; empty if it concerns none, or the whole store
 * @param shape what the query asks, with {@code ?} in place of each value: {@code status = ? and due < ? order by due};
 *     empty if it is no query, or one for everything in order of id
 * @param within the operation that it was made in, as {@code transaction}, {@code snapshot}, {@code step} or {@code follow};
 *     empty if it was made on its own
 * @param total how long the call took; a transaction's has the time of its function, and of what it does after its commit
 * @param queued how long of that it waited for others: for calls of this handle that are joined with others of their kind, for
 *     the engine to begin a transaction or snapshot, or before it was made again after a conflict
 * @param engine how long of that it was in the engine, which may itself wait there, for locks, connections, or on a store with one
 *     writer for a transaction that is open; the rest of the
 *     total is the codec's and the application's own. Zero for copies, exports and health. The lists of a bulk write that are under way
 *     at a time are added up
 * @param rows how many documents it found, wrote, deleted or counted; of a transaction, snapshot or step, what the calls in it
 *     did, in the attempt that counts; of an upgrade, how many it brought to the new revision
 * @param repetitions how often it was begun again because of a conflict with others
 * @param joined how many calls of other threads were made in one step with it; of several steps, the most
 * @param behindSince when the oldest change of the page was written, by the store's clock: what is passed since is how far the
 *     follower was behind; null if it is no page of changes, or an empty one
 * @param failure the class, without its package, of what was thrown; null if it did not fail. A call in a transaction that is
 *     made again has failed by {@code SerializationFailure}
 */
public record StoreCall(
        String operation,
        String collection,
        String shape,
        String within,
        Duration total,
        Duration queued,
        Duration engine,
        long rows,
        int repetitions,
        int joined,
        @Nullable Instant behindSince,
        @Nullable String failure) {}
