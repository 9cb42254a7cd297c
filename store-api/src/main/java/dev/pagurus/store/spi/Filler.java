package dev.pagurus.store.spi;

/** Turns a stored body into the one of a new definition, with its field values, when a collection is brought to it. */
@FunctionalInterface
public interface Filler {

    /**
     * Returns the new body and the values of the new definition's fields. The text is the same instance where the body
     * stays as it is, which most do: an engine need not write it then.
     *
     * @throws dev.pagurus.store.StoreException if the body cannot be decoded or a value is not allowed; the change is
     *     given up
     */
    Content.Body fill(String id, String body);
}
