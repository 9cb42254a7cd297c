package dev.pagurus.examples.benchmarks.plans;

import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plans of PostgreSQL, which takes no index by name: the statement as a whole, with the ids first, and with the filter
 * before the order; each of them as the planner would run it, and with some of its ways forbidden. Never with JIT, which no
 * such statement is worth.
 */
public final class PostgresPlans {

    private static final Pattern TAGS = Pattern.compile("\\{tags: ([a-z, ]+)}");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("", List.of());
        WAYS.put(", no sort", List.of("sort"));
        WAYS.put(", no table scan", List.of("seqscan"));
        WAYS.put(", no table scan or sort", List.of("seqscan", "sort"));
        WAYS.put(", no bitmap", List.of("bitmapscan"));
        WAYS.put(", no table scan or bitmap", List.of("seqscan", "bitmapscan"));
        WAYS.put(", bitmap", List.of("seqscan", "indexscan", "indexonlyscan"));
        WAYS.put(", table scan", List.of("indexscan", "indexonlyscan", "bitmapscan"));
    }

    private PostgresPlans() {}

    /**
     * Returns all that could be sensible.
     *
     * @param after of {@link #after}, for the page behind it; none for the first one
     */
    public static List<HandPlan> of(QueryShape shape, List<String> after) {
        List<HandPlan> plans = new ArrayList<>();
        WAYS.forEach((name, forbidden) -> {
            List<String> settings = new ArrayList<>(List.of("set jit = off"));
            forbidden.forEach(way -> settings.add("set enable_" + way + " = off"));
            for (String condition : conditions(shape)) {
                String form = HandWritten.form(condition);
                String from = "from entries where " + condition + HandWritten.position(shape, after);
                if (shape.ask() == QueryShape.Ask.COUNT) {
                    plans.add(new HandPlan("count" + name + form, settings, "select count(*) " + from));
                } else {
                    plans.add(new HandPlan("whole" + name + form, settings, whole(shape, from)));
                    plans.add(new HandPlan("ids first" + name + form, settings, idsFirst(shape, from)));
                    plans.add(new HandPlan("filter first" + name + form, settings, filterFirst(shape, from)));
                }
            }
        });
        if (shape.name().equals("count of many or some")) {
            plans.add(new HandPlan("sum of two counts", List.of("set jit = off"), """
                    select (select count(*) from entries where unread = false)
                         + (select count(*) from entries where stage = 'DRAFT' and unread = true)"""));
        }
        return plans;
    }

    /** Returns where the page behind a document begins. */
    public static List<String> after(QueryShape shape, String id, Entry last) {
        return HandWritten.after(shape, id, last);
    }

    private static List<String> conditions(QueryShape shape) {
        return HandWritten.conditions(shape).stream()
                .map(text -> {
                    Matcher tags = TAGS.matcher(text.replace("{true}", "true")
                            .replace("{false}", "false")
                            .replace("{row}", "id"));
                    return tags.replaceAll(found -> "tags && array["
                            + Arrays.stream(found.group(1).split(", ", -1))
                                    .map(value -> "'" + value + "'")
                                    .collect(Collectors.joining(", "))
                            + "]::text[] collate \\\"C\\\"");
                })
                .toList();
    }

    private static String whole(QueryShape shape, String from) {
        return "select id, version, created_at, body " + from + " order by " + order(shape, "") + " limit "
                + HandWritten.PAGE_ROWS;
    }

    private static String idsFirst(QueryShape shape, String from) {
        return """
                with k as materialized (select %s %s order by %s limit %s)
                select d.id, d.version, d.created_at, d.body from k join entries d on d.id = k.id order by %s""".formatted(columns(shape), from, order(shape, ""), HandWritten.PAGE_ROWS, order(shape, "k."));
    }

    private static String filterFirst(QueryShape shape, String from) {
        return """
                with f as materialized (select %s %s), k as materialized (select * from f order by %s limit %s)
                select d.id, d.version, d.created_at, d.body from k join entries d on d.id = k.id order by %s""".formatted(columns(shape), from, order(shape, ""), HandWritten.PAGE_ROWS, order(shape, "k."));
    }

    private static String columns(QueryShape shape) {
        return HandWritten.terms(shape).stream().map(HandWritten.Term::column).collect(Collectors.joining(", "));
    }

    /** The indexes are made with the nulls where Pagurus has them; an order that does not say so is sorted. */
    private static String order(QueryShape shape, String table) {
        return HandWritten.terms(shape).stream()
                .map(term -> {
                    boolean id = term.column().equals("id");
                    String nulls = term.descending() ? " desc nulls last" : " nulls first";
                    return table + term.column() + (id ? (term.descending() ? " desc" : "") : nulls);
                })
                .collect(Collectors.joining(", "));
    }
}
