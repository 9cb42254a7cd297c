package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The SQL that finds documents: what depends on a filter and an order, so that it is made for each call. No text depends on
 * a value, nor does the plan that is best for it, so the server plans each once.
 */
public final class PostgresScans {

    /** So few documents are seldom so large that their bytes must be counted, which costs a fifth of a page. */
    static final int FEW = 100;

    private final PostgresNames names;
    private final PostgresInstant instant;

    /**
     * Prepares it.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresScans(PostgresNames names, PostgresInstant instant) {
        this.names = names;
        this.instant = instant;
    }

    /**
     * What reads the documents of a scan, with the values of the order's terms before the body; or some fields of them.
     *
     * @param decides whether it always does; otherwise one row without an id says that the way must be looked for further
     */
    public record Documents(Sql sql, boolean decides) {}

    /**
     * The documents of a scan, in one statement.
     *
     * @param counted whether bodies come until their bytes pass the limit, and of the document after that only the rest;
     *     otherwise all come but those of which {@link #FEW} might pass it
     * @param step how many such statements were asked and did not decide
     */
    public Documents documents(Scan scan, boolean counted, int step) {
        PostgresSearch search = search(scan);
        IndexPaths paths = IndexPaths.of(scan);
        Sql sql = new Sql();
        if (isAllInOrder(scan, paths)) {
            bodies(sql, scan, search, counted, () -> inOrder(sql, search));
            return new Documents(sql, true);
        }
        PostgresChoice choice = new PostgresChoice(search, paths, step, sql);
        choice.appendSteps();
        bodies(sql, scan, search, counted, () -> {
            sql.append("select d.id, d.version, d.created_at, d.body" + search.orderNames("k.") + " from (");
            choice.appendPlaces();
            sql.append(") k " + (choice.decides() ? "" : "left ") + "join " + search.table() + " d on "
                    + choice.atPlaces() + " where " + names.requireRevision(scan.collection()));
        });
        return new Documents(sql, choice.decides());
    }

    private PostgresSearch search(Scan scan) {
        return PostgresSearch.of(names.table(scan.collection()), scan, List.of(), instant);
    }

    /** Asks which way is taken, by its number. */
    @FunctionalInterface
    interface Ask {
        /** Returns nothing if it is not decided yet. */
        Optional<Integer> taken(Sql sql) throws SQLException;
    }

    /**
     * Returns the way that {@link #documents} takes now, and after how many statements that did not decide.
     *
     * @param ask runs what chooses
     */
    Taken taken(Scan scan, Ask ask) throws SQLException {
        IndexPaths paths = IndexPaths.of(scan);
        if (isAllInOrder(scan, paths)) {
            return new Taken(new ScanPlan.Way(List.of(paths.inOrder().orElseThrow()), false), 0);
        }
        for (int step = 0; true; step++) {
            Sql sql = new Sql();
            PostgresChoice choice = new PostgresChoice(search(scan), paths, step, sql);
            if (!choice.hasSteps()) {
                return new Taken(choice.way(0), step);
            }
            choice.appendTaken();
            Optional<Integer> number = ask.taken(sql);
            if (number.isPresent()) {
                return new Taken(choice.way(number.get()), step);
            }
        }
    }

    /** A way, and which of the statements takes it. */
    record Taken(ScanPlan.Way way, int step) {}

    /** What the server thinks of how many match. */
    Sql matching(Scan scan) {
        Sql sql = new Sql().append("explain select 1 from " + names.table(scan.collection()) + " where ");
        new PostgresConditions(scan.collection(), sql).append(scan.filter());
        return sql;
    }

    /** Whether the server has any statistics, without which its numbers are made up, and how many there are, up to a number. */
    Sql known(Scan scan, int most) {
        String table = names.table(scan.collection());
        return new Sql()
                .append("select reltuples >= 0, (select count(*) from (select from " + table + " limit " + most
                        + ") d) from pg_class where oid = " + literal(table) + "::text::regclass");
    }

    /** Refuses a process with an old definition; as any search does, it names the table, so that it fails as one if that is gone. */
    Sql require(Scan scan) {
        return new Sql()
                .append("select (select 1 from " + names.table(scan.collection()) + " limit 0) where "
                        + names.requireRevision(scan.collection()));
    }

    /** Whether one stretch of an index is what is asked for, in its order and with nothing between. */
    static boolean isAllInOrder(Scan scan, IndexPaths paths) {
        List<Condition> parts = scan.filter() instanceof Condition.And and ? and.conditions() : List.of(scan.filter());
        return paths.inOrder().filter(way -> way.bounds().containsAll(parts)).isPresent();
    }

    private static void bodies(Sql sql, Scan scan, PostgresSearch search, boolean counted, Runnable found) {
        String columns = "select id, version, created_at" + search.orderNames("") + ", ";
        if (counted) {
            sql.append(columns + "case when before$ < " + scan.maxBytes()
                    + " then body end from (select *, coalesce(sum(octet_length(body)) over (order by "
                    + search.orderTerms("")
                    + " rows between unbounded preceding and 1 preceding), 0) as before$ from (");
        } else {
            sql.append(columns + "case when octet_length(body) <= " + scan.maxBytes() / (FEW + 1)
                    + " then body end from (");
        }
        found.run();
        sql.append(counted ? ") found) counted" : ") found").append(" order by " + search.orderTerms(""));
    }

    /** Each range is read along the index and no further than the limit; what is found of several is sorted. */
    private void inOrder(Sql sql, PostgresSearch search) {
        boolean several = search.ranges().size() > 1;
        String best = " limit " + search.limit();
        for (int i = 0; i < search.ranges().size(); i++) {
            sql.append(several ? (i == 0 ? "select * from ((" : ") union all (") : "");
            sql.append("select id, version, created_at, body" + search.orderColumns() + " from " + search.table()
                    + where(search.collection()));
            search.unexpired(sql);
            search.condition(sql, search.filter());
            search.andRange(sql, search.ranges().get(i));
            sql.append(" order by " + PostgresStatements.terms(search.order()) + best);
        }
        if (several) {
            sql.append(")) ranges" + search.best());
        }
    }

    public Sql count(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql();
        List<Condition> sides = IndexPaths.counted(collection, filter);
        if (sides.isEmpty()) {
            matching(sql, collection, filter, "select count(*) from ", "");
            return sql;
        }
        count(sql.append("select ("), collection, sides.get(0));
        count(sql.append(") + ("), collection, sides.get(1));
        matching(sql.append(") - ("), collection, sides.get(2), "select count(*) from ", "");
        return sql.append(")");
    }

    private void count(Sql sql, CollectionDefinition collection, Condition filter) {
        sql.append("select count(*) from " + names.table(collection) + where(collection));
        instant.unexpired(sql, collection);
        new PostgresConditions(collection, sql).append(filter);
    }

    public Sql groups(PostgresGroups groups) {
        Grouping grouping = groups.grouping();
        Sql sql = new Sql();
        matching(sql, grouping.collection(), grouping.filter(), groups.select(), groups.beside());
        groups.appendRest(sql);
        return sql;
    }

    /** Deletes and counts. */
    public Sql delete(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql();
        PostgresChoice choice = choice(sql, collection, filter);
        choice.appendSteps();
        sql.append((choice.hasSteps() ? ", " : "with ") + "gone as (delete from " + names.table(collection) + " d");
        if (choice.hasSteps()) {
            sql.append(" using (");
            choice.appendPlaces();
            sql.append(") k" + where(collection) + choice.atPlaces());
        } else {
            sql.append(where(collection));
            instant.unexpired(sql, collection);
            new PostgresConditions(collection, sql).append(filter);
        }
        return sql.append(
                collection.retention() == null
                        ? " returning d.version) select count(*), max(version) from gone"
                        : " returning d.id, d.version), " + PostgresLog.log(collection, names, "gone")
                                + " select count(*), max(version) from gone");
    }

    /** Appends what is asked of the documents that match, from whichever of several ways has fewest. */
    private void matching(Sql sql, CollectionDefinition collection, Condition filter, String ask, String and) {
        PostgresChoice choice = choice(sql, collection, filter);
        choice.appendSteps();
        if (choice.hasSteps()) {
            sql.append(ask + "(");
            choice.appendPlaces();
            sql.append(") k join " + names.table(collection) + " d on " + choice.atPlaces() + and + " where "
                    + names.requireRevision(collection));
        } else {
            sql.append(ask + names.table(collection) + " d" + and + where(collection));
            instant.unexpired(sql, collection);
            new PostgresConditions(collection, sql).append(filter);
        }
    }

    private PostgresChoice choice(Sql sql, CollectionDefinition collection, Condition filter) {
        PostgresSearch search = new PostgresSearch(
                names.table(collection), collection, filter, List.of(), List.of(Range.ALL), 0, List.of(), instant);
        return new PostgresChoice(search, IndexPaths.of(collection, filter), 0, sql);
    }

    /** Refuses a process with an old definition: a column may hold something else by now, or nothing. */
    private String where(CollectionDefinition collection) {
        return " where " + names.requireRevision(collection) + " and ";
    }
}
