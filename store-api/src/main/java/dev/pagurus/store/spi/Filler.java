package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * Turns stored bodies into those of a new definition, with their field values, when a collection is brought to it. All of it is
 * called under the lock and in the transaction in which the engine makes the change.
 */
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

    /**
     * Is told what is stored, before the first document is filled, and also if there is none.
     *
     * @throws dev.pagurus.store.SchemaException if it cannot be brought to the new definition; the change is given up
     */
    default void begin(CollectionDefinition stored) {}

    /**
     * Returns the collection of the documents that cannot be filled. If there is none of this name, the engine makes it in the
     * same atomic step.
     *
     * @return null if they refuse the change
     */
    default @Nullable CollectionDefinition aside() {
        return null;
    }

    /**
     * Says whether a document cannot be filled and goes to the collection {@link #aside()}, as it is: it is put there by
     * {@link SetAside}, and gone from where it was, in the same atomic step. Asked before {@link #fill}, with what that would
     * be asked with, if there is such a collection.
     */
    default boolean setsAside(int from, String id, String body) {
        return false;
    }
}
