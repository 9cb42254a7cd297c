package dev.pagurus.examples.benchmarks.plans;

import dev.pagurus.store.Order;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is common to the plans by hand of both engines: for each shape its condition, written in each way that could lead an
 * engine to another plan. In braces stands what is written differently on each: {@code {true}}, {@code {tags: a, b}}, and
 * {@code {row}}, by which a document is found fastest.
 */
final class HandWritten {

    static final String PAGE_ROWS = String.valueOf(QueryShape.LIMIT + 1);

    private static final String ONE = "code = '" + Entries.code(1234) + "'";
    private static final String UNREAD = "unread = {true}";
    private static final String SOME_SCORES = "score >= 500000 and score <= 509999";
    private static final String LONG_PREFIX = "title >= 'qxa' and title < 'qxb'";
    private static final String SHORT_PREFIX = "title >= 'q' and title < 'r'";
    private static final String NEWEST = "stage = 'DRAFT'";
    private static final String OLDEST = "stage = 'ARCHIVED'";

    private static final Map<String, List<String>> CONDITIONS = Map.ofEntries(
            of("unread, latest", UNREAD),
            of("unread of a busy feed, latest", UNREAD + " and feed = 'feed-000'"),
            of("unread of a quiet feed, latest", UNREAD + " and feed = 'feed-199'"),
            of("unread of some feeds, latest", UNREAD + " and feed in ('feed-003', 'feed-050', 'feed-198')"),
            of("unread, latest, a later page", UNREAD),
            of("at the near end, latest", NEWEST),
            of("at the far end, latest", OLDEST),
            of("at the far end, oldest", NEWEST),
            of("a stage by id", OLDEST),
            of("a stage by size", OLDEST),
            of("one code, latest", ONE),
            of("few scores, latest", "score >= 500000 and score <= 500099"),
            of("some scores, latest", SOME_SCORES),
            of("every score, latest", "score >= 0"),
            of("some scores by size", SOME_SCORES),
            of("a day by score", "at >= 1747267200000000 and at <= 1747353600000000"),
            of("long prefix, latest", LONG_PREFIX),
            of("short prefix, latest", SHORT_PREFIX),
            of("short prefix, latest, a later page", SHORT_PREFIX),
            of("short prefix by title", SHORT_PREFIX),
            of("short prefix by code", SHORT_PREFIX),
            of("rare tag, latest", "{tags: rare}"),
            of("middling tag, latest", "{tags: middling}"),
            of("common tag, latest", "{tags: common}"),
            of("tag at the far end, latest", "{tags: first}"),
            of("any of two tags by id", "{tags: middling, rare}"),
            of("common tag by score", "{tags: common}"),
            of("without an owner, latest", "owner is null"),
            of("two that seldom meet, latest", SOME_SCORES + " and " + SHORT_PREFIX),
            of("two that never meet, latest", OLDEST + " and {tags: last}"),
            or("one or few, latest", ONE, "score < 100"),
            or("many or some, latest", "unread = {false}", NEWEST),
            of("not most, latest", "stage <> 'OPEN' and score < 10000"),
            of("unindexed, few, latest", "language = 'xx'"),
            of("unindexed, at the far end, latest", "language = 'la'"),
            of("all by owner and score", "{true} = {true}"),
            of("all by feed and time", "{true} = {true}"),
            of("all by size", "{true} = {true}"),
            of("count of unread", UNREAD),
            or("count of many or some", "unread = {false}", NEWEST));

    private HandWritten() {}

    /** Returns the shape's condition in each way, with what is in braces. */
    static List<String> conditions(QueryShape shape) {
        List<String> conditions = CONDITIONS.get(shape.name());
        if (conditions == null) {
            throw new IllegalStateException("Nobody has written a plan by hand for: " + shape);
        }
        return conditions;
    }

    /** Says which way a condition is written in, where there are several. */
    static String form(String condition) {
        if (condition.contains(" union ")) {
            return ", union of ids";
        }
        return condition.contains("exists (") ? ", by exists" : "";
    }

    /**
     * Returns what goes on behind the page before.
     *
     * @param after the values of the terms in the last document there, as literals; none for the first page
     */
    static String position(QueryShape shape, List<String> after) {
        if (after.isEmpty()) {
            return "";
        }
        List<Term> terms = terms(shape);
        if (!terms.stream().allMatch(Term::descending)) {
            throw new IllegalStateException("Nobody has written by hand how to go on with: " + shape);
        }
        return " and (%s) < (%s)"
                .formatted(
                        terms.stream().map(Term::column).collect(Collectors.joining(", ")), String.join(", ", after));
    }

    /** Returns the literals for {@link #position}. */
    static List<String> after(QueryShape shape, String id, Entry last) {
        List<String> after = new ArrayList<>();
        for (Term term : terms(shape)) {
            after.add(
                    switch (term.column()) {
                        case "id" -> "'" + id + "'";
                        case "at" -> String.valueOf(last.at().getEpochSecond() * 1_000_000);
                        default ->
                            throw new IllegalStateException("Nobody has written by hand how to go on with: " + shape);
                    });
        }
        return after;
    }

    /** A term of an order. */
    record Term(String column, boolean descending) {}

    /** Returns the order with the id that breaks ties. */
    static List<Term> terms(QueryShape shape) {
        List<Term> terms = new ArrayList<>();
        boolean descending = false;
        for (Order<Entry> order : shape.orders()) {
            descending = order.descending();
            terms.add(new Term(order.field().name(), descending));
        }
        terms.add(new Term("id", descending));
        return terms;
    }

    private static Map.Entry<String, List<String>> of(String shape, String condition) {
        return Map.entry(shape, List.of(condition));
    }

    /** Not by UNION: SQLite merges its sides by id, and reads the whole table for that. */
    private static Map.Entry<String, List<String>> or(String shape, String one, String other) {
        return Map.entry(
                shape,
                List.of(
                        "(" + one + " or " + other + ")",
                        "{row} in (select {row} from entries where " + one
                                + " union all select {row} from entries where " + other + ")"));
    }
}
