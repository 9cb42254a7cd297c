package dev.pagurus.examples.benchmarks.plans;

import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plans of SQLite: led by each index there is, by none, and by the one it would take itself; each of them with the
 * bodies, and with the ids first. SQLite refuses an index that is of no use to a statement.
 */
public final class SqlitePlans {

    private static final Pattern TAGS = Pattern.compile("\\{tags: ([a-z, ]+)}");

    private SqlitePlans() {}

    /**
     * Returns all that could be sensible.
     *
     * @param indexes the names of the table's indexes
     * @param after of {@link #after}, for the page behind it; none for the first one
     */
    public static List<HandPlan> of(QueryShape shape, List<String> indexes, List<String> after) {
        List<String> ways = new ArrayList<>(List.of("", " not indexed"));
        indexes.forEach(index -> ways.add(" indexed by \"" + index + "\""));
        List<HandPlan> plans = new ArrayList<>();
        for (String condition : conditions(shape)) {
            String form = HandWritten.form(condition);
            for (String way : ways) {
                String from = "from entries" + way + " where " + condition + HandWritten.position(shape, after);
                if (shape.ask() == QueryShape.Ask.COUNT) {
                    plans.add(plan("count" + way + form, "select count(*) " + from));
                } else {
                    plans.add(plan("whole" + way + form, whole(shape, from, "")));
                    plans.add(plan("ids first" + way + form, idsFirst(shape, from, "")));
                }
            }
            if (shape.ask() == QueryShape.Ask.PAGE) {
                // A plus forbids the index that is in order, so that the filter leads, by several indexes if need be.
                String from = "from entries where " + condition + HandWritten.position(shape, after);
                plans.add(plan("whole sorted" + form, whole(shape, from, "+")));
                plans.add(plan("ids first sorted" + form, idsFirst(shape, from, "+")));
            }
        }
        if (shape.name().equals("count of many or some")) {
            plans.add(plan("sum of two counts", """
                    select (select count(*) from entries where unread = 0)
                         + (select count(*) from entries where stage = 'DRAFT' and unread = 1)"""));
        }
        if (shape.name().equals("any of two tags by id")) {
            plans.add(plan("ids of the tags", """
                    select d.id, d.version, d.created_at, d.body from (
                        select distinct id from "entries$by$tags" where value in ('middling', 'rare') order by id limit %s
                    ) k cross join entries d on d.id = k.id order by k.id""".formatted(HandWritten.PAGE_ROWS)));
        }
        return plans;
    }

    /** Returns where the page behind a document begins. */
    public static List<String> after(QueryShape shape, String id, Entry last) {
        return HandWritten.after(shape, id, last);
    }

    private static List<String> conditions(QueryShape shape) {
        List<String> conditions = new ArrayList<>();
        for (String text : HandWritten.conditions(shape)) {
            String condition =
                    text.replace("{true}", "1").replace("{false}", "0").replace("{row}", "rowid");
            Matcher tags = TAGS.matcher(condition);
            if (!tags.find()) {
                conditions.add(condition);
                continue;
            }
            String values = Arrays.stream(tags.group(1).split(", ", -1))
                    .map(value -> "'" + value + "'")
                    .collect(Collectors.joining(", "));
            conditions.add(tags.replaceFirst(
                    "id in (select id from \"entries\\$by\\$tags\" where value in (" + values + "))"));
            conditions.add(tags.replaceFirst("exists (select 1 from \"entries\\$by\\$tags\" t where t.value in ("
                    + values + ") and t.id = entries.id)"));
        }
        return conditions;
    }

    private static String whole(QueryShape shape, String from, String sign) {
        return "select id, version, created_at, body " + from + " order by " + order(shape, sign) + " limit "
                + HandWritten.PAGE_ROWS;
    }

    private static String idsFirst(QueryShape shape, String from, String sign) {
        String columns =
                HandWritten.terms(shape).stream().map(HandWritten.Term::column).collect(Collectors.joining(", "));
        return """
                select d.id, d.version, d.created_at, d.body
                from (select rowid as r, %s %s order by %s limit %s) k cross join entries d on d.rowid = k.r
                order by %s""".formatted(columns, from, order(shape, sign), HandWritten.PAGE_ROWS, order(shape, "k."));
    }

    private static String order(QueryShape shape, String before) {
        return HandWritten.terms(shape).stream()
                .map(term -> before + term.column() + (term.descending() ? " desc" : ""))
                .collect(Collectors.joining(", "));
    }

    private static HandPlan plan(String name, String sql) {
        return new HandPlan(name.replace("\"", "").replace("entries$by$", ""), List.of(), sql);
    }
}
