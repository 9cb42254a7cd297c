package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the places of documents in the table by the better of several ways, in one statement whose plan is the same for
 * all values. It is chosen by looking, for what is common, rare, or at the far end of an order no statistics know:
 *
 * <ol>
 *   <li>Look at a few hundred entries of the filter's index. If there are no more, go that way and sort what is found.
 *   <li>If there are, walk some entries of the index in the order asked for. If there are enough of the documents, this is
 *       it.
 *   <li>If not, look further along the ways to the filter, at entries of indexes only. If there are few on one, go that way
 *       and sort what is found.
 *   <li>If not, walk and look four times as far.
 * </ol>
 *
 * <p>So all of it takes a small multiple of the better way. The server evaluates a part of a statement when it is asked for
 * its first row, and no further than is asked for: what is not needed costs the time that it takes to prepare it. Therefore
 * the first steps have a statement each, which follows only where the one before did not decide.
 */
final class PostgresChoice {

    /** From how many documents on it may pay to take all ways together. */
    private static final int WORTH_BOTH = 256;

    /** How many times as many another way may have for that. */
    private static final int MORE = 2;

    private final PostgresSearch search;
    private final IndexPaths paths;
    private final PostgresSteps steps;
    private final List<PostgresWay> ways;
    private final PostgresWalk walk;
    private final Sql sql;

    /**
     * Makes one.
     *
     * @param step which step is next, from 0 on; those before did not decide
     */
    PostgresChoice(PostgresSearch search, IndexPaths paths, int step, Sql sql) {
        this.search = search;
        this.paths = paths;
        this.steps = PostgresSteps.of(search, paths, step);
        this.ways = steps.ways();
        this.walk = new PostgresWalk(search, steps, sql);
        this.sql = sql;
    }

    /**
     * Returns what takes the documents from their places, named {@code k} and {@code d}. A place is good for as long as the
     * statement runs, and is that of one document as long as nobody has given the table children. (To compare the ids by
     * "=" would offer the server to read the whole primary key.)
     */
    String atPlaces() {
        return "d.ctid = k.place$ and d.id is not distinct from k.id$";
    }

    /** Whether it always finds what there is. Otherwise there may be one row without a place: look further. */
    boolean decides() {
        return steps.decide();
    }

    /** Whether there is anything to choose, but for which index serves a filter without an order. */
    boolean hasSteps() {
        return !steps.howFar().isEmpty();
    }

    /** Appends what comes before the statement that takes the places. */
    void appendSteps() {
        if (steps.howFar().isEmpty()) {
            return;
        }
        sql.append("with pages as materialized (" + size() + "), ");
        for (int way = 0; way < ways.size(); way++) {
            if (ways.get(way).isOfValues()) {
                sql.append("set" + way + " as materialized (");
                candidates(ways.get(way));
                sql.append("), ");
            }
        }
        for (int step = 0; step < steps.howFar().size(); step++) {
            sql.append(step == 0 ? "" : ", ");
            if (steps.inOrder().isPresent()) {
                if (steps.isFirst(step)) {
                    rare();
                }
                walk.append(step, steps.inOrder().get());
            }
            for (int way = 0; way < ways.size(); way++) {
                boolean ofValues = ways.get(way).isOfValues();
                sql.append("look" + step + "_" + way + " as materialized (select count(*) as n from (select 1 from (");
                look(way, Integer.toString(steps.looks(step, ofValues)));
                sql.append(") a limit " + noFurther(step, way) + ") l), ");
            }
            chosen(step);
        }
        taken();
    }

    /** Pages of the table and, for many-fields, its documents, if a page has as many as when they were last counted. */
    private String size() {
        String table = literal(search.table()) + "::text::regclass";
        String pages = "pg_relation_size(" + table + ") / 8192";
        return ways.stream().anyMatch(PostgresWay::isOfValues)
                ? "select n, (n * greatest(reltuples, 1) / greatest(relpages, 1))::bigint as documents from (select "
                        + pages + " as n, reltuples, relpages from pg_class where oid = " + table + ") t"
                : "select " + pages + " as n";
    }

    /**
     * How far a step looks: no further than is worth it where what was found so far is as dense as what follows, and further
     * where nothing was found.
     */
    private String howFar(int step, boolean ofValues) {
        int most = steps.looks(step, ofValues);
        return steps.inOrder().isEmpty()
                ? Integer.toString(most)
                : "(select case n when 0 then " + most + " else least(" + steps.looksAfterSome(step) + ", "
                        + steps.worthLooking(step, search.limit(), ofValues) + " / n) end from found" + step + ")";
    }

    /** What has many times as much as a way that was looked at is not taken, however much it is. */
    private String noFurther(int step, int way) {
        String most = howFar(step, ways.get(way).isOfValues());
        StringBuilder least = new StringBuilder("least(" + most);
        for (int other = 0; other < way; other++) {
            if (!ways.get(other).isOfValues()) {
                least.append(", 1 + " + MORE + " * (select n from look" + step + "_" + other + ")");
            }
        }
        return way == 0 ? most : least + ")";
    }

    private void look(int way, String limit) {
        if (ways.get(way).isOfValues()) {
            sql.append("select 1 from set" + way + " limit " + limit);
        } else {
            ways.get(way).look(search, sql, limit);
        }
    }

    /** What is on a way, and whether it matches; the order is kept out of it, or it might lead. */
    private void candidates(PostgresWay way) {
        sql.append("select " + search.place() + search.orderColumns() + ", ");
        search.fits(sql, way.bounds());
        sql.append(" as fits$ from " + search.table() + " where ");
        search.conditions(sql, way.bounds());
        sql.append(" offset 0");
    }

    /** Where an index alone says that there are few, nothing is walked. */
    private void rare() {
        for (int way = 0; way < ways.size(); way++) {
            if (!ways.get(way).isOfValues()) {
                sql.append("rare" + way + " as materialized (select count(*) as n from (");
                look(way, Integer.toString(PostgresSteps.RARE));
                sql.append(") l), ");
            }
        }
    }

    /** The way that a step decides for: -1 and so on for what was walked, 0 for all ways together, 1 and so on for one. */
    private void chosen(int step) {
        List<String> parts = new ArrayList<>();
        String unless = "";
        if (steps.inOrder().isPresent()) {
            if (steps.isFirst(step) && ways.stream().anyMatch(way -> !way.isOfValues())) {
                parts.add("(select way, n from (" + counts("rare", false) + ") l where n < " + PostgresSteps.RARE
                        + " order by n limit 1)");
            }
            parts.add("select " + -(step + 1) + " as way, 0::bigint as n from found" + step + " where enough");
            unless = "not (select enough from found" + step + ")";
        }
        for (boolean ofValues : new boolean[] {false, true}) {
            if (ways.stream().anyMatch(way -> way.isOfValues() == ofValues)
                    && (!ofValues || steps.lookAtValues(step))) {
                parts.add(fewest(step, ofValues, unless));
            }
        }
        if (steps.inOrder().isPresent() && !steps.isFirst(step)) {
            parts.add("select 0, 0 where " + unless + " and " + PostgresWalk.wholeTable() + " < "
                    + steps.howFar().get(step));
        }
        // The first row is taken, and what would give others is not evaluated.
        sql.append("chosen" + step + " as materialized (select * from (" + String.join(" union all ", parts)
                + ") c limit 1)");
    }

    /** The way that has fewest, if it has fewer than were looked at. */
    private String fewest(int step, boolean ofValues, String unless) {
        String found = "(select n from found" + step + ")";
        String worth = ofValues && !unless.isEmpty()
                ? " and " + steps.worthTheSet(step, search.limit(), "(select documents from pages)", found)
                : "";
        String counts = counts("look" + step + "_", ofValues);
        // A many-field's whole set may be much larger than what it would leave out.
        String way = ways.size() < 2 || ways.stream().anyMatch(PostgresWay::isOfValues)
                ? "way"
                : "case when n >= " + WORTH_BOTH + " and (select max(n) from (" + counts + ") m) < " + MORE
                        + " * n then 0 else way end";
        return "(select " + way + ", n from (" + counts + ") l where n < " + howFar(step, ofValues)
                + (unless.isEmpty() ? "" : " and " + unless) + worth + " order by n limit 1)";
    }

    private String counts(String looks, boolean ofValues) {
        List<String> counts = new ArrayList<>();
        for (int way = 0; way < ways.size(); way++) {
            if (ways.get(way).isOfValues() == ofValues) {
                counts.add("select " + (steps.alone() ? 0 : way + 1) + " as way, n from " + looks + way);
            }
        }
        return String.join(" union all ", counts);
    }

    /** The first step's decision. */
    private void taken() {
        sql.append(", taken as materialized (select * from (");
        for (int step = 0; step < steps.howFar().size(); step++) {
            sql.append((step == 0 ? "" : " union all ") + "select way from chosen" + step);
        }
        sql.append(steps.decide() ? " union all select 0" : "").append(") c limit 1)");
    }

    /** Appends a statement of the number of the way that is taken; without a row if that is not decided yet. */
    void appendTaken() {
        appendSteps();
        sql.append(" select way from taken");
    }

    /**
     * Returns what a way goes along.
     *
     * @param number as {@link #appendTaken} has it
     */
    ScanPlan.Way way(int number) {
        if (number < 0) {
            return new ScanPlan.Way(List.of(steps.inOrder().orElseThrow()), false);
        }
        List<Condition> bounds = number == 0 ? List.of() : ways.get(number - 1).bounds();
        return new ScanPlan.Way(
                paths.toFilter().stream()
                        .filter(path -> number == 0 || bounds.containsAll(path.bounds()))
                        .toList(),
                true);
    }

    /** Appends what gives the places, or what is taken along instead, and what orders them, in order. */
    void appendPlaces() {
        if (steps.howFar().isEmpty()) {
            all("");
            return;
        }
        sql.append("select * from (");
        String names = search.placeNames() + search.orderNames("");
        if (steps.inOrder().isPresent()) {
            for (int step = 0; step < steps.howFar().size(); step++) {
                sql.append("select " + names + " from near" + step + " where " + isTaken(-(step + 1)) + " union all ");
            }
        }
        for (int way = 0; way < ways.size(); way++) {
            sql.append(way == 0 ? "(" : " union all (").append("select " + names + " from ");
            if (ways.get(way).isOfValues()) {
                sql.append("set" + way);
            } else {
                sql.append("(");
                candidates(ways.get(way));
                sql.append(") w");
            }
            sql.append(" where fits$ and " + isTaken(steps.alone() ? 0 : way + 1) + search.best() + ")");
        }
        if (!steps.alone()) {
            sql.append(ways.isEmpty() ? "(" : " union all (");
            all(" and " + isTaken(0));
            sql.append(")");
        }
        if (!steps.decide()) {
            sql.append(" union all select " + search.noPlace()
                    + search.order().stream().map(term -> ", null").collect(Collectors.joining())
                    + " where not exists (select 1 from taken)");
        }
        sql.append(") p" + search.best());
    }

    private static String isTaken(int way) {
        return "(select way from taken) = " + way;
    }

    /** By the filter, and whatever indexes serve that, but not by the order, which {@code offset} keeps out of it. */
    private void all(String condition) {
        sql.append("select " + search.placeNames() + search.orderNames("") + " from (select " + search.place()
                + search.orderColumns()
                + ", ");
        search.inRanges(sql);
        sql.append(" as fits$ from " + search.table() + " where ");
        search.unexpired(sql);
        search.condition(sql, search.filter());
        sql.append(" offset 0) w where fits$" + condition + search.best());
    }
}
