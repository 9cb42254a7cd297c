package dev.pagurus.store;

/**
 * Whatever hands out collections to read and write: a {@link Store}, or a {@link Transaction} on it.
 *
 * <p>A repository class that takes a {@code CollectionSource} works inside and outside of transactions:
 *
 * <pre>{@code
 * final class Accounts {
 *     private final DocumentCollection<Account> accounts;
 *
 *     Accounts(CollectionSource source) {
 *         this.accounts = source.collection(SCHEMA);
 *     }
 * }
 * }</pre>
 */
public sealed interface CollectionSource extends ReadableSource permits Store, Transaction {

    /**
     * Returns the collection that the schema describes.
     *
     * <p>On a {@link Store} this creates the collection if it is missing and brings it to the schema's revision (every
     * document is upgraded, its fields are filled, and every index is built before it returns); a second call with an
     * equal definition costs next to nothing. Inside a {@link Transaction} nothing is ever defined: the collection must
     * exist.
     *
     * @throws SchemaException if the stored definition is newer, differs at the same revision, cannot be reached from
     *     the stored documents (one of them cannot be upgraded or decoded, would lose a property, or stands in the way of a
     *     unique index; nothing was changed then), or (inside a transaction) is missing
     */
    @Override
    <T> DocumentCollection<T> collection(Schema<T> schema);
}
