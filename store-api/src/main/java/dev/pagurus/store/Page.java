package dev.pagurus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query's documents.
 *
 * @param items the documents, in the query's order
 * @param nextCursor where the next page starts, for {@link ReadQuery#startAfter(String)}; null on the last page. Opaque
 *     text that is safe in a URL
 * @param <T> the type of the documents' values
 */
public record Page<T>(List<Document<T>> items, @Nullable String nextCursor) {

    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }

    /** Says whether another page follows. */
    public boolean hasNext() {
        return nextCursor != null;
    }
}
