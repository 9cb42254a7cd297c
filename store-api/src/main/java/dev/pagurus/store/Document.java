package dev.pagurus.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stored value with its id, version and creation time.
 *
 * @param id the id, unique in its collection
 * @param version grows with every write: the store's clock in microseconds since the epoch, raised where the clock has not
 *     moved on; fit for an HTTP ETag. A document that is created again is raised above those of its collection that the
 *     same {@link Store} has deleted. What another one deleted is followed by the clock alone: only if that was set back, to
 *     the very microsecond, could an old version match
 * @param createdAt when it was inserted, in microseconds; overwriting keeps it
 * @param value the value
 * @param <T> the type of the value
 */
public record Document<T>(String id, long version, Instant createdAt, T value) {

    /** Returns when it was last written, as its version tells. */
    public Instant updatedAt() {
        return Instant.EPOCH.plus(version, ChronoUnit.MICROS);
    }

    /** Returns this document with another value, to be given to {@link DocumentCollection#replace(Document)}. */
    public Document<T> withValue(T changed) {
        return new Document<>(id, version, createdAt, changed);
    }
}
