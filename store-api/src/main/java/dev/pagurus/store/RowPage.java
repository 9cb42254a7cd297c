package dev.pagurus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query's rows.
 *
 * @param rows the rows, in the query's order
 * @param nextCursor where the next page starts, for {@link ReadQuery#startAfter(String)}, of rows or of documents; null on the
 *     last page. Opaque text that is safe in a URL
 */
public record RowPage(List<Row> rows, @Nullable String nextCursor) {

    /** Copies the list. */
    public RowPage {
        rows = List.copyOf(rows);
    }

    /** Says whether another page follows. */
    public boolean hasNext() {
        return nextCursor != null;
    }
}
