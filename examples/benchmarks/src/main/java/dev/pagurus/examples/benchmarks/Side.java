package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.Document;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One way to store items. Every write is on disk when the method returns, whoever does it; every document has an id, a
 * version that grows, a time of creation that stays, two columns with an index over both, and its JSON.
 */
interface Side extends AutoCloseable {

    /** How many documents a page has. */
    int PAGE = 20;

    /** Stores a document, new or in place of the one with its key, and returns its version. */
    long put(Item item);

    /** Returns a document that is there; all sides answer with the same record. */
    Document<Item> get(String id);

    /** Overwrites a document that has this version, and returns the new one; throws if it has another one. */
    long replace(long version, Item item);

    /** Returns a page, ordered by due and id, of what has this status and is due from then on. */
    List<Document<Item>> page(Item.Status status, Instant from);

    /** Inserts new documents in the fastest way there is, each batch durable. */
    void insertAll(Stream<Item> items);

    /**
     * Changes every document in one transaction, and returns how many there were. Peers are not asked for it.
     */
    default long updateAll(UnaryOperator<Item> change) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes documents that are open, those that are due first, each for this caller alone: puts them behind all others, and
     * returns how many it took. Peers are not asked for it.
     */
    default int claim(int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    void close();
}
