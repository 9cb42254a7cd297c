package dev.pagurus.store.internal.copy;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredRow;
import java.util.List;

/** One state of a store: what is in its collections, to be read once from the beginning to the end, by one thread at a time. */
interface CopySource {

    /** Says which one it is, without secrets. */
    String shown();

    /** Returns the collections, in order of name; without the mark of a copy. */
    List<CollectionDefinition> definitions();

    /** Returns how many documents there are in all collections. */
    long documents();

    /**
     * Returns the next documents of a collection, in order of id; none if none is left.
     *
     * @param after the id of the last one that was returned; empty to start
     */
    List<StoredRow> rows(CollectionDefinition collection, String after);
}
