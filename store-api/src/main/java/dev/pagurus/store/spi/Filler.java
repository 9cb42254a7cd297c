package dev.pagurus.store.spi;

/** Turns a stored body into the one of a new definition, with its field values, when a collection is brought to it. */
@FunctionalInterface
public interface Filler {

    /**
     * Returns the new body and the values of the new definition's fields. The text is the same instance where the body
     * stays as it is, which most do: an engine need not write it then.
     *
     * <p>What becomes of a body depends on its revision, so that each call says it. It is that of the definition which the
     * catalogue has when the engine asks {@link SchemaChange#between}, under the lock and in the transaction in which it makes
     * the change: whoever looked before may have been overtaken by another process. No body that this has returned is given to
     * it again.
     *
     * @param from the stored revision, below the new one
     * @throws dev.pagurus.store.StoreException if the body cannot be brought to the new revision or decoded, or a value is not
     *     allowed; the change is given up
     */
    Content.Body fill(int from, String id, String body);
}
