package dev.pagurus.store;

import java.util.List;

/**
 * How a store answers a query, as {@link ReadQuery#explain()} found it. It holds names of fields and indexes, operators and
 * numbers: no value of the filter, cursor or any document, so it can be logged.
 *
 * @param words what the query asks, along which index its documents are found, what is looked at or sorted by hand, and about how
 *     many match as far as that is known; in sentences
 * @param missing indexes that would find more of the filter, or the order, than the declared ones do, as lines of a
 *     {@link Schema}, where each field is a constant that is called as it is: {@code .index(OWNER, DUE)}. Of several, the one
 *     of the order comes first, and the words say whether each helps by itself. Empty if none is missing, or none could help
 * @param plan the engine's own plan, in its own words; empty if it does not tell
 */
public record Explanation(String words, List<String> missing, String plan) {

    /** Copies the list. */
    public Explanation {
        missing = List.copyOf(missing);
    }

    /** Returns all of it, for people: a page of text. */
    @Override
    public String toString() {
        StringBuilder page = new StringBuilder(words);
        if (!plan.isEmpty()) {
            page.append("\nThe engine's own plan:");
            plan.lines().forEach(line -> page.append("\n    ").append(line));
        }
        // Last, for a plan may be long.
        if (!missing.isEmpty()) {
            page.append("\nMissing in the schema:");
            missing.forEach(line -> page.append("\n    ").append(line));
        }
        return page.toString();
    }
}
