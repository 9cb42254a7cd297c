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
     * @return null only if there is a collection {@link #aside()}: the document goes there, as it is, with its deletion here
     *     and all else in one atomic step, see {@link SetAside}
     * @throws dev.pagurus.store.StoreException if the body cannot be brought to the new revision or decoded, or a value is not
     *     allowed; the change is given up
     */
    Content.@Nullable Body fill(int from, String id, String body);

    /**
     * Is told what is stored, before the first document is filled, and also if there is none.
     *
     * @throws dev.pagurus.store.SchemaException if it cannot be brought to the new definition; the change is given up
     */
    default void begin(CollectionDefinition stored) {}

    /**
     * Returns the collection of the documents for which {@link #fill} returns null. If there is none of this name, the engine
     * makes it in the same atomic step.
     *
     * @return null if it never does
     */
    default @Nullable CollectionDefinition aside() {
        return null;
    }
}
