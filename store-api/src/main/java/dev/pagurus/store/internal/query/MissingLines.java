package dev.pagurus.store.internal.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The indexes that a query lacks, as lines of a schema: {@code .index(STATUS, DUE)}.
 *
 * @param order the one that has the order, if there is one; it helps without the others
 * @param filter the one that has more of the filter, or those of the sides of an "or", which help together
 */
record MissingLines(List<String> order, List<String> filter) {

    /** Returns all of them, the one of the order first. */
    List<String> all() {
        return Stream.concat(order.stream(), filter.stream()).toList();
    }

    /** Returns them in a line, where "and" stands between those that help together only. */
    String inLine() {
        return Stream.of(order, filter)
                .filter(lines -> !lines.isEmpty())
                .map(lines -> String.join(" and ", lines))
                .collect(Collectors.joining(" or "));
    }

    /** Returns a sentence that says which of several are needed; empty if there are not several. */
    String choice() {
        String sides = "only together: each is for a side of an \"or\".";
        if (order.isEmpty()) {
            return filter.size() > 1 ? "The missing indexes help " + sides : "";
        }
        if (filter.size() > 1) {
            return "The first of the missing indexes helps by itself and has the order, the others " + sides;
        }
        return filter.isEmpty()
                ? ""
                : "Either of the missing indexes helps by itself: the first has the order, the second more of the filter.";
    }
}
