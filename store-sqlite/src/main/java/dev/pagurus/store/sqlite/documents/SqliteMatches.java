package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What concerns every document that matches a filter: counts and deletions.
 *
 * @param ways to what the filter asks for
 * @param exact a way that leads to these and no others, so that there is nothing to choose; null if there is none
 */
public record SqliteMatches(
        CollectionDefinition collection,
        Condition filter,
        List<IndexPath> ways,
        @Nullable IndexPath exact) {

    private static final long FIRST_LOOK = 100;

    public static SqliteMatches of(CollectionDefinition collection, Condition filter) {
        List<IndexPath> ways = IndexPaths.of(collection, filter).toFilter();
        List<Condition> parts = IndexPaths.parts(filter);
        IndexPath exact = ways.stream()
                .filter(way -> !(way instanceof IndexPath.Union) && way.bounds().containsAll(parts))
                .findFirst()
                .orElse(null);
        return new SqliteMatches(collection, filter, ways, exact);
    }

    /** The SQL of what is to be done with the documents on a way. */
    @FunctionalInterface
    public interface Form {
        Sql along(Path path);
    }

    /**
     * How the documents are found.
     *
     * @param way null for the whole table
     * @param isFree whether SQLite may find its own
     */
    public record Path(@Nullable IndexPath way, boolean isFree) {

        private static final Path FREE = new Path(null, true);
    }

    /** Runs a statement along the right way; the caller closes the result. */
    public ResultSet run(SqliteStatementRunner runner, Form form) throws SQLException {
        if (SqliteWays.areTooMany(ways)) {
            return runner.query(form.along(Path.FREE));
        }
        try {
            IndexPath way = exact == null && !ways.isEmpty() ? shortest(runner) : exact;
            return runner.query(form.along(new Path(way, false)));
        } catch (SQLException e) {
            if (!SqliteErrors.isMissingIndex(e)) {
                throw e;
            }
            return runner.query(form.along(Path.FREE));
        }
    }

    private @Nullable IndexPath shortest(SqliteStatementRunner runner) throws SQLException {
        try (SqliteLooks looks = new SqliteLooks(runner, collection, ways)) {
            SqliteLooks.@Nullable Place place = null;
            for (long depth = FIRST_LOOK; place == null; depth = SqliteLooks.deeper(depth)) {
                place = looks.shortest(depth);
            }
            return place.way().orElse(null);
        }
    }

    /** Counts them, in one statement, along the right ways. */
    public ResultSet count(SqliteStatementRunner runner) throws SQLException {
        List<Condition> sides = IndexPaths.counted(collection, filter);
        if (sides.isEmpty()) {
            return run(runner, this::count);
        }
        SqliteMatches one = of(collection, sides.get(0));
        SqliteMatches other = of(collection, sides.get(1));
        SqliteMatches both = of(collection, sides.get(2));
        return both.run(runner, path -> {
            Sql sql = new Sql().append("select c$ from (select ");
            one.number(sql, path.isFree() ? path : new Path(one.exact, false));
            other.number(sql.append(" + "), path.isFree() ? path : new Path(other.exact, false));
            both.number(sql.append(" - "), path);
            return SqliteScans.limited(sql.append(" as c$)"), collection, -1);
        });
    }

    private void number(Sql sql, Path path) {
        from(sql.append("(select count(*)"), path).append(")");
    }

    public Sql count(Path path) {
        Sql sql = new Sql().append("select c$ from (select count(*) as c$");
        return SqliteScans.limited(from(sql, path).append(")"), collection, -1);
    }

    /** Deletes and returns the ids and versions. */
    public Sql delete(Path path) {
        return from(new Sql().append("delete"), path).append(" returning id, version");
    }

    /** From the documents, along an index that has some fields too if there is one that begins like that of the way. */
    Sql from(Sql sql, Path path, List<String> fields) {
        return from(sql, new Path(covering(path.way(), fields), path.isFree()));
    }

    private Sql from(Sql sql, Path path) {
        List<Condition> unmet = SqliteScans.unmet(filter, path.way());
        boolean all = unmet.isEmpty() && collection.expiry() == null;
        if (path.way() == null) {
            sql.append(" from " + SqliteNames.table(collection) + (all ? "" : " where "));
        } else {
            SqliteWays.from(sql, collection, path.way(), IndexPaths.parts(filter));
            sql.append(all ? "1" : "");
        }
        SqliteConditions.unexpired(sql, collection);
        if (unmet.isEmpty() && !all) {
            sql.append("1");
        }
        for (int i = 0; i < unmet.size(); i++) {
            sql.append(i == 0 ? "" : " and ");
            if (path.isFree()) {
                SqliteConditions.lead(sql, collection, unmet.get(i));
            } else {
                SqliteConditions.check(sql, collection, unmet.get(i));
            }
        }
        return sql;
    }

    /** Of several indexes that begin alike, the one that has the fields too. */
    private @Nullable IndexPath covering(@Nullable IndexPath way, List<String> needed) {
        if (!needed.isEmpty() && way instanceof IndexPath.Stretch stretch && stretch.index() != null) {
            List<String> fields = stretch.index().columns().stream()
                    .map(column -> column.field())
                    .toList();
            int bounds = (int) fields.stream()
                    .takeWhile(one -> stretch.bounds().stream().anyMatch(bound -> isOf(bound, one)))
                    .count();
            return collection.indexes().stream()
                    .filter(index -> {
                        List<String> others = index.columns().stream()
                                .map(column -> column.field())
                                .toList();
                        return others.containsAll(needed)
                                && others.size() >= bounds
                                && others.subList(0, bounds).equals(fields.subList(0, bounds));
                    })
                    .findFirst()
                    .<IndexPath>map(index -> new IndexPath.Stretch(index, stretch.bounds()))
                    .orElse(way);
        }
        return way;
    }

    /** Whether a bound of an index is one of a field. */
    static boolean isOf(Condition bound, String field) {
        return (bound instanceof Condition.Compare compare && compare.field().equals(field))
                || (bound instanceof Condition.In in && in.field().equals(field))
                || (bound instanceof Condition.IsNull isNull && isNull.field().equals(field))
                || (bound instanceof Condition.IsNotNull notNull
                        && notNull.field().equals(field));
    }
}
