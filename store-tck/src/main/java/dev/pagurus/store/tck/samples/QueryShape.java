package dev.pagurus.store.tck.samples;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query whose plan an engine can choose wrongly.
 *
 * @param name what it asks for; unique
 * @param filter what the entries must be like
 * @param orders in which order they come; none is the order of ids
 * @param ask what is asked of them
 * @param before how many entries come before the page; it is found by the cursor behind them
 */
public record QueryShape(String name, Filter<Entry> filter, List<Order<Entry>> orders, Ask ask, int before) {

    /** How many documents a page has. */
    public static final int LIMIT = 20;

    /** How much is read at a time to get to a later page. */
    private static final int STRIDE = 500;

    /** What is asked of the entries that match. */
    public enum Ask {
        /** The first {@value #LIMIT} in the order, or those behind a cursor. */
        PAGE,
        /** How many there are. */
        COUNT
    }

    /** Copies the list. */
    public QueryShape {
        orders = List.copyOf(orders);
    }

    /** Returns the query, without a limit or cursor. */
    public ReadQuery<Entry> on(ReadableCollection<Entry> entries) {
        ReadQuery<Entry> query = entries.where(filter);
        for (int i = 0; i < orders.size(); i++) {
            query = i == 0 ? query.orderBy(orders.get(i)) : query.thenBy(orders.get(i));
        }
        return query;
    }

    /** Returns the page that is asked for, behind the cursor of the page before. */
    public List<Document<Entry>> page(ReadableCollection<Entry> entries, @Nullable String cursor) {
        return on(entries).limit(LIMIT).startAfter(cursor).page().items();
    }

    /** Returns the last page before the one that is asked for; empty where that is the first one. */
    public Optional<Page<Entry>> pageBefore(ReadableCollection<Entry> entries) {
        @Nullable Page<Entry> page = null;
        for (int left = before; left > 0; left -= STRIDE) {
            page = on(entries)
                    .limit(Math.min(left, STRIDE))
                    .startAfter(page == null ? null : page.nextCursor())
                    .page();
            if (!page.hasNext()) {
                throw new IllegalStateException("There are too few entries for the page of: " + name);
            }
        }
        return Optional.ofNullable(page);
    }

    @Override
    public String toString() {
        return name;
    }
}
