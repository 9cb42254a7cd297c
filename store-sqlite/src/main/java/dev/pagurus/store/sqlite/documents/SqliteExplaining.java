package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Says how a scan finds its documents now: looks as the scan does, to choose the same way, and asks SQLite for the plan of
 * the statement that follows, which has a question mark for each value.
 */
final class SqliteExplaining {

    /** Up to so many on a way are counted; what has more is guessed. */
    private static final int COUNTED = 1000;

    /** A guess of up to so many is held against how many there are in all, along the shortest index. */
    private static final int COUNTED_IN_ALL = 100_000;

    /** So many documents all over the table are looked at for a guess. */
    private static final int SAMPLE = 500;

    private static final Pattern SORTS = Pattern.compile("USE TEMP B-TREE FOR (LAST (\\d+ )?TERMS? OF )?ORDER BY");

    /** A whole index that is gone along. */
    private static final Pattern ALONG = Pattern.compile("SCAN \\S+ USING (?:COVERING )?INDEX (\\S+)");

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final Scan scan;

    SqliteExplaining(SqliteStatementRunner runner, Scan scan) {
        this.runner = runner;
        this.plan = SqlitePlan.of(scan);
        this.scan = scan;
    }

    ScanPlan explain() throws SQLException {
        SqliteSearch<?> search = SqliteSearch.ofDocuments(runner, scan);
        try {
            SqliteSearch.Choice choice = search.choose();
            String text = planOf(choice.sql());
            return new ScanPlan(choice.way() == null ? null : asPlanned(choice.way(), text), matching(), text);
        } catch (SQLException e) {
            if (!SqliteErrors.isMissingIndex(e)) {
                throw e;
            }
            return new ScanPlan(null, guess(), planOf(search.plainly().sql()));
        }
    }

    /**
     * What is one document, or comes by its id anyway, is not sorted. Where every document is looked at, SQLite may go along
     * an index that has the first fields of the order.
     */
    private ScanPlan.Way asPlanned(ScanPlan.Way way, String text) {
        List<IndexPath> paths = way.paths();
        Matcher along = ALONG.matcher(text);
        if (paths.isEmpty() && along.find()) {
            String name = SqliteNames.quoted(along.group(1));
            paths = scan.collection().indexes().stream()
                    .filter(index -> SqliteNames.index(scan.collection(), index).equals(name))
                    .<IndexPath>map(index -> new IndexPath.Stretch(index, List.of()))
                    .toList();
        }
        return new ScanPlan.Way(paths, way.sorts() && SORTS.matcher(text).find());
    }

    /** How the steps hang together is shown as SQLite's shell does it. */
    private String planOf(Sql sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        Map<Integer, Integer> depths = new HashMap<>();
        try (ResultSet row =
                runner.query(new Sql().append("explain query plan ").append(sql))) {
            while (row.next()) {
                int depth = depths.getOrDefault(row.getInt("parent"), -1) + 1;
                depths.put(row.getInt("id"), depth);
                text.append("  ".repeat(depth)).append(row.getString("detail")).append('\n');
            }
        }
        return text.toString().stripTrailing();
    }

    /** SQLite knows nothing of how many there are, so they are counted where they are few. */
    private long matching() throws SQLException {
        SqliteLooks.@Nullable Place place;
        if (SqliteWays.areTooMany(plan.ways())) {
            return guess();
        }
        try (SqliteLooks looks = new SqliteLooks(runner, scan.collection(), plan.ways())) {
            place = looks.shortest(COUNTED);
        }
        if (place == null) {
            return guess();
        }
        SqliteMatches matches = SqliteMatches.of(scan.collection(), scan.filter());
        return number(matches.count(new SqliteMatches.Path(place.way().orElse(null), false)));
    }

    private long guess() throws SQLException {
        CollectionDefinition collection = scan.collection();
        String table = SqliteNames.table(collection);
        long last = number(new Sql().append("select max(_rowid_) from " + table));
        // No two steps are alike, so that no period in the data hides anything.
        long[] rowids = last <= COUNTED
                ? LongStream.rangeClosed(1, last).toArray()
                : LongStream.range(0, SAMPLE)
                        .map(i -> 1 + (long) (i * GOLDEN % 1 * last))
                        .toArray();
        Sql sql = new Sql()
                .append("select count(*) from " + table + " where _rowid_ in ("
                        + Arrays.stream(rowids).mapToObj(Long::toString).collect(Collectors.joining(", ")) + ") and ");
        SqliteConditions.unexpired(sql, collection);
        sql.append("1");
        IndexPaths.parts(scan.filter()).forEach(part -> SqliteConditions.check(sql.append(" and "), collection, part));
        long guess = number(sql) * last / Math.max(1, rowids.length);
        // Where rowids are missing, the sample may show a little more than there is.
        return guess > COUNTED_IN_ALL
                ? guess
                : number(new Sql()
                        .append("select count(*) from (select 1 from " + table + " limit ")
                        .bind(guess)
                        .append(")"));
    }

    private long number(Sql sql) throws SQLException {
        try (ResultSet row = runner.query(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
