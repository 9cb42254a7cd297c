package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to what a filter asks for.
 *
 * @param bounds the parts of the filter that hold on it
 * @param sides for an "or", the ways of its sides; none otherwise
 * @param isOfValues whether an index of a many-field is on it, which gives all that it has at once
 */
record PostgresWay(List<Condition> bounds, List<PostgresWay> sides, boolean isOfValues) {

    /** Returns the ways that there are. Those by one many-field are one: its index takes several conditions at a time. */
    static List<PostgresWay> of(IndexPaths paths) {
        List<PostgresWay> ways = new ArrayList<>();
        for (IndexPath path : paths.toFilter()) {
            PostgresWay way = of(path);
            PostgresWay same =
                    ways.stream().filter(way::isOfTheFieldOf).findFirst().orElse(null);
            if (same != null) {
                ways.remove(same);
                List<Condition> both = new ArrayList<>(same.bounds);
                both.addAll(way.bounds);
                way = new PostgresWay(both, List.of(), true);
            }
            ways.add(way);
        }
        return ways;
    }

    private static PostgresWay of(IndexPath path) {
        List<PostgresWay> sides = path instanceof IndexPath.Union union
                ? union.paths().stream().map(PostgresWay::of).toList()
                : List.of();
        return new PostgresWay(
                path.bounds(),
                sides,
                path instanceof IndexPath.Values
                        || path instanceof IndexPath.Prefix
                        || sides.stream().anyMatch(PostgresWay::isOfValues));
    }

    private boolean isOfTheFieldOf(PostgresWay other) {
        Optional<String> field = manyField(bounds.get(0));
        return field.isPresent() && field.equals(manyField(other.bounds.get(0)));
    }

    private static Optional<String> manyField(Condition bound) {
        if (bound instanceof Condition.ContainsPrefix begun) {
            return Optional.of(begun.field());
        }
        return bound instanceof Condition.ContainsAny contains ? Optional.of(contains.field()) : Optional.empty();
    }

    /** Whether a filter says itself that there is nothing. */
    static boolean findsNothing(Condition filter) {
        return filter.equals(Condition.NOTHING)
                || (filter instanceof Condition.And and && and.conditions().contains(Condition.NOTHING));
    }

    /** Appends what gives a row for each document on the way, as far as the limit. */
    void look(PostgresSearch search, Sql sql, String limit) {
        if (sides.isEmpty()) {
            sql.append("select 1 from " + search.table() + " where ");
            search.conditions(sql, bounds);
        } else {
            sql.append("select 1 from (");
            for (int i = 0; i < sides.size(); i++) {
                sql.append(i == 0 ? "(" : ") union all (");
                sides.get(i).look(search, sql, limit);
            }
            sql.append(")) u");
        }
        sql.append(" limit " + limit);
    }
}
