package dev.pagurus.store;

/**
 * Hands out collections to read from: a {@link Store}, a {@link Transaction} or a {@link Snapshot}. What only reads, a
 * report for one, takes a {@code ReadableSource} and works in each of them.
 */
public sealed interface ReadableSource permits CollectionSource, Snapshot {

    /**
     * Returns the collection that the schema describes.
     *
     * @throws SchemaException as {@link CollectionSource#collection} and {@link Snapshot#collection} say
     */
    <T> ReadableCollection<T> collection(Schema<T> schema);
}
