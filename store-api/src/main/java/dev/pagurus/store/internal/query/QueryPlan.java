package dev.pagurus.store.internal.query;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Order;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.value.Keyset;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query as it stands, checked and compiled step by step as it is refined, so that a mistake shows where it is made.
 *
 * @param orders what the caller ordered by; empty means by id
 * @param limit at most so many documents; 0 means no limit
 * @param undecodable who is told of documents that cannot be decoded; null has them thrown
 */
public record QueryPlan<T>(
        Mapping<T> mapping,
        List<Filter<? super T>> filters,
        Condition condition,
        List<Sort> orders,
        int limit,
        @Nullable String cursor,
        @Nullable Consumer<? super UndecodableDocumentException> undecodable) {

    public static <T> QueryPlan<T> all(Mapping<T> mapping) {
        return new QueryPlan<>(mapping, List.of(), Condition.EVERYTHING, List.of(), 0, null, null);
    }

    public QueryPlan<T> where(@Nullable Filter<? super T> filter) {
        if (filter == null) {
            throw new InvalidValueException("The filter is null; leave where(...) out to match every document.");
        }
        List<Filter<? super T>> longer = new ArrayList<>(filters);
        longer.add(filter);
        return new QueryPlan<>(
                mapping, longer, FilterCompiler.compile(mapping, longer), orders, limit, cursor, undecodable);
    }

    public QueryPlan<T> orderBy(@Nullable Order<? super T> order) {
        return ordered(List.of(), order);
    }

    public QueryPlan<T> thenBy(@Nullable Order<? super T> order) {
        if (orders.isEmpty()) {
            throw new IllegalStateException("thenBy(...) needs an orderBy(...) before it.");
        }
        return ordered(orders, order);
    }

    public QueryPlan<T> limit(int documents) {
        if (documents < 1) {
            throw new InvalidValueException("The limit of a query must be 1 or more, not " + documents + ".");
        }
        return new QueryPlan<>(mapping, filters, condition, orders, documents, cursor, undecodable);
    }

    public QueryPlan<T> startAfter(@Nullable String next) {
        return new QueryPlan<>(mapping, filters, condition, orders, limit, next, undecodable);
    }

    public QueryPlan<T> undecodable(@Nullable Consumer<? super UndecodableDocumentException> reader) {
        if (reader == null) {
            throw new InvalidValueException(
                    "The function given to undecodable(...) is null; leave it out to have the exception thrown.");
        }
        return new QueryPlan<>(mapping, filters, condition, orders, limit, cursor, reader);
    }

    /** Decodes a document; null if that cannot be done, and the one who is to be told of it was told. */
    public @Nullable Document<T> decode(StoredDocument stored) {
        try {
            return mapping.decode(stored);
        } catch (UndecodableDocumentException e) {
            if (undecodable == null) {
                throw e;
            }
            undecodable.accept(e);
            return null;
        }
    }

    /** Returns the order with the tie-breaker: the id in the direction of the last order, nothing after it. */
    List<Sort> order() {
        List<Sort> total = new ArrayList<>();
        for (Sort sort : orders) {
            total.add(sort);
            if (sort.field().equals("id")) {
                return total;
            }
        }
        boolean descending = !orders.isEmpty() && orders.get(orders.size() - 1).descending();
        total.add(new Sort("id", descending));
        return total;
    }

    public Cursors cursors() {
        return new Cursors(mapping.definition(), order());
    }

    /** Returns where the query starts: after its cursor, or at the beginning. */
    @Nullable
    public List<@Nullable Object> start() {
        return cursor == null ? null : cursors().read(cursor);
    }

    /** Returns the scan that goes on after a position. */
    public Scan scan(@Nullable List<@Nullable Object> position, long documents) {
        List<Sort> order = order();
        return new Scan(
                mapping.definition(),
                condition,
                order,
                Keyset.after(order, position),
                (int) Math.min(documents, Scan.CHUNK_DOCUMENTS),
                Scan.CHUNK_BYTES);
    }

    /** Returns the condition, for what concerns every document that matches. */
    public Condition whole(String what) {
        if (limit > 0 || cursor != null) {
            throw new IllegalStateException(
                    what + " concerns every document that matches; it takes no limit and no cursor.");
        }
        return condition;
    }

    /** Returns the plan of a claim, which always begins at the beginning. */
    public QueryPlan<T> toClaim(int documents) {
        if (documents == 0) {
            throw new IllegalStateException("claim(...) needs a limit(...): how many documents to take at most.");
        }
        if (cursor != null) {
            throw new IllegalStateException("claim(...) takes what comes first; it takes no cursor.");
        }
        return limit(documents);
    }

    private QueryPlan<T> ordered(List<Sort> before, @Nullable Order<? super T> order) {
        if (order == null) {
            throw new InvalidValueException("The order is null; leave orderBy(...) out to order by id.");
        }
        mapping.codecOf(order.field());
        String field = order.field().name();
        if (before.stream().anyMatch(sort -> sort.field().equals(field))) {
            throw new InvalidValueException("The query is ordered by '" + field + "' twice.");
        }
        List<Sort> longer = new ArrayList<>(before);
        longer.add(new Sort(field, order.descending()));
        return new QueryPlan<>(mapping, filters, condition, longer, limit, cursor, undecodable);
    }
}
