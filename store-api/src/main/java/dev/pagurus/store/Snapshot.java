package dev.pagurus.store;

/**
 * One unchanging state of the whole store, valid inside the function it was handed to and only on that thread.
 *
 * <p>It hands out collections that can only be read.
 */
public non-sealed interface Snapshot extends ReadableSource {

    /**
     * Returns the collection as it was when the snapshot began.
     *
     * @throws SchemaException if the collection does not exist there, or not with this schema's definition
     */
    @Override
    <T> ReadableCollection<T> collection(Schema<T> schema);
}
