package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is given; which of it, its verb says.
 *
 * @param documents ids and values; a verb for one document takes the first
 * @param filter what a query asks for
 * @param orders its orders
 * @param limit its limit; 0 for none
 * @param field what is counted by
 * @param choice which of several ways a verb goes
 */
record Parts(
        List<Given> documents,
        Filter<Item> filter,
        List<Order<Item>> orders,
        int limit,
        Field<Item, ?> field,
        int choice) {

    static final Filter<Item> EVERYTHING = Filter.allOf(List.of());

    /** How many pieces a long list is cut into at most when it is made shorter. */
    private static final int MOST_PIECES = 16;

    /** An id and a value. */
    record Given(String id, Item item) {}

    String id() {
        return documents.get(0).id();
    }

    Item item() {
        return documents.get(0).item();
    }

    List<String> ids() {
        return documents.stream().map(Given::id).toList();
    }

    boolean isEven() {
        return choice % 2 == 0;
    }

    /** The same without a filter. */
    Parts ofEverything() {
        return new Parts(documents, EVERYTHING, orders, limit, field, choice);
    }

    /** Returns what is simpler, the simplest first: fewer documents, less in them, less of a query. */
    Stream<Parts> simpler(boolean documentsMatter, boolean queryMatters) {
        Stream<Parts> all = Stream.empty();
        if (documentsMatter) {
            all = Stream.concat(fewer(documents).map(this::with), simplerItems().map(this::with));
        }
        if (queryMatters) {
            all = Stream.concat(all, simplerQueries());
        }
        return all;
    }

    private Parts with(List<Given> others) {
        return new Parts(others, filter, orders, limit, field, choice);
    }

    private Stream<Parts> simplerQueries() {
        Stream<Parts> filters = simpler(filter).map(other -> new Parts(documents, other, orders, limit, field, choice));
        Stream<Parts> unordered = IntStream.range(0, orders.size()).mapToObj(left -> {
            List<Order<Item>> others = new ArrayList<>(orders);
            others.remove(left);
            return new Parts(documents, filter, others, limit, field, choice);
        });
        Stream<Parts> unlimited =
                limit == 0 ? Stream.empty() : Stream.of(new Parts(documents, filter, orders, 0, field, choice));
        return Stream.concat(filters, Stream.concat(unordered, unlimited));
    }

    private static Stream<Filter<Item>> simpler(Filter<Item> filter) {
        if (filter.equals(EVERYTHING)) {
            return Stream.empty();
        }
        Stream<Filter<Item>> parts = Stream.empty();
        if (filter instanceof Filter.AllOf<Item> all) {
            parts = all.filters().stream().map(Parts::narrowed);
        } else if (filter instanceof Filter.AnyOf<Item> any) {
            parts = any.filters().stream().map(Parts::narrowed);
        } else if (filter instanceof Filter.Not<Item> not) {
            parts = Stream.concat(Stream.of(not.filter()), simpler(not.filter()).map(Filter::not));
        }
        return Stream.concat(Stream.of(EVERYTHING), parts);
    }

    @SuppressWarnings("unchecked") // walks make filters of items only
    private static Filter<Item> narrowed(Filter<?> filter) {
        return (Filter<Item>) filter;
    }

    /** Returns the list without one stretch after the other, long ones first. */
    static <E> Stream<List<E>> fewer(List<E> list) {
        int size = list.size();
        return size < 2
                ? Stream.empty()
                : Stream.iterate(size / 2, length -> length >= Math.max(1, size / MOST_PIECES), length -> length / 2)
                        .flatMap(length -> Stream.iterate(0, from -> from < size, from -> from + length)
                                .map(from -> without(list, from, Math.min(size, from + length))));
    }

    private static <E> List<E> without(List<E> list, int from, int to) {
        List<E> rest = new ArrayList<>(list.subList(0, from));
        rest.addAll(list.subList(to, list.size()));
        return rest;
    }

    /** Takes the same out of all documents. */
    private Stream<List<Given>> simplerItems() {
        return Stream.concat(
                changed(item -> Item.NOTHING),
                Stream.of(
                                (UnaryOperator<Item>) item -> item.withText(null),
                                item -> item.withNumber(null),
                                item -> item.withReal(null),
                                item -> item.withFlag(null),
                                item -> item.withTime(null),
                                item -> item.withColor(null),
                                item -> item.withTags(null),
                                item -> item.withCode(null),
                                item -> item.withPayload(null),
                                item -> item.withTags(half(item.tags())),
                                item -> item.withText(half(item.text())),
                                item -> item.withCode(half(item.code())),
                                item -> item.withPayload(half(item.payload())))
                        .flatMap(this::changed));
    }

    private Stream<List<Given>> changed(UnaryOperator<Item> change) {
        List<Given> others = documents.stream()
                .map(given -> new Given(given.id(), change.apply(given.item())))
                .toList();
        return others.equals(documents) ? Stream.empty() : Stream.of(others);
    }

    private static @Nullable String half(@Nullable String text) {
        return text == null || text.length() < 8
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2));
    }

    private static @Nullable Set<String> half(@Nullable Set<String> tags) {
        return tags == null || tags.size() < 2
                ? tags
                : new LinkedHashSet<>(new ArrayList<>(tags).subList(0, tags.size() / 2));
    }
}
