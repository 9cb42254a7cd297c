package dev.pagurus.store.sqlite;

import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with an order, a position in it, and how SQLite should find the page after that position.
 *
 * @param schema what is queried
 * @param filter the query's filter; null for none
 * @param orders the query's orders; none means by id
 * @param position the page is the one after the first document that matches the query and this
 * @param index the index to be used
 * @param ranges for each range of the page, what of the index is read
 */
record Paging(
        Schema<Job> schema,
        @Nullable Filter<Job> filter,
        List<Order<Job>> orders,
        @Nullable Filter<Job> position,
        String index,
        List<String> ranges) {

    static Paging of(Schema<Job> schema) {
        return new Paging(schema, null, List.of(), null, "", List.of());
    }

    Paging where(Filter<Job> condition) {
        return new Paging(schema, condition, orders, position, index, ranges);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    final Paging by(Order<Job>... terms) {
        return new Paging(schema, filter, List.of(terms), position, index, ranges);
    }

    Paging after(Filter<Job> condition) {
        return new Paging(schema, filter, orders, condition, index, ranges);
    }

    /** Sets the index by its name in the schema, and what is read of it. */
    Paging reads(String name, String... parts) {
        return new Paging(schema, filter, orders, position, schema.name() + "$by$" + name, List.of(parts));
    }

    /** Sets the index of the primary key, and what is read of it. */
    Paging readsIds(String part) {
        return new Paging(schema, filter, orders, position, "sqlite_autoindex_" + schema.name() + "_1", List.of(part));
    }

    /** Returns the query of the page that the position is in front of. */
    ReadQuery<Job> query(ReadableCollection<Job> jobs) {
        ReadQuery<Job> query = filter == null ? jobs.query() : jobs.where(filter);
        for (int i = 0; i < orders.size(); i++) {
            query = i == 0 ? query.orderBy(orders.get(i)) : query.thenBy(orders.get(i));
        }
        return position == null
                ? query
                : query.startAfter(query.where(position).limit(1).page().nextCursor());
    }

    /** Returns the plan that each range should have. */
    List<String> plans() {
        List<String> plans = new ArrayList<>();
        for (String range : ranges) {
            plans.add("SEARCH " + schema.name() + " USING INDEX " + index + " (" + range + ")");
        }
        return plans;
    }

    @Override
    public String toString() {
        return schema.name() + (filter == null ? "" : " where " + filter) + " by " + orders
                + (position == null ? "" : " after " + position);
    }
}
