package dev.pagurus.store.sqlite.documents;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.GroupFold;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.sqlite.connect.Sql;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures groups. SQLite's sum of integers fails where a sum in between is too large, so the upper halves and the lower ones
 * are summed apart; its sum of doubles is not exact, so these are summed here.
 */
public record SqliteGroups(SqliteMatches matches, Grouping grouping) {

    private static final int HALF = 32;
    private static final long LOWER = (1L << HALF) - 1;

    public static SqliteGroups of(Grouping grouping) {
        return new SqliteGroups(SqliteMatches.of(grouping.collection(), grouping.filter()), grouping);
    }

    /** Returns no group if no document was found, or an old revision let none be found. */
    public List<Group> read(SqliteStatementRunner runner) throws SQLException {
        try (ResultSet row = matches.run(runner, this::sql)) {
            return grouping.sumsDoubles() ? folded(row) : measured(row);
        }
    }

    public Sql sql(SqliteMatches.Path path) {
        if (isOfEnds(path)) {
            return ends(path);
        }
        boolean folds = grouping.sumsDoubles();
        List<String> keys = grouping.by().stream().map(this::column).toList();
        Stream<String> values = folds
                ? grouping.measured().stream().map(this::column)
                : grouping.measures().stream().map(this::measure);
        Sql sql = new Sql()
                .append("select " + Stream.concat(keys.stream(), values).collect(Collectors.joining(", ")));
        boolean walks = walksTheTable(path);
        from(sql, path);
        if (!folds && !keys.isEmpty()) {
            sql.append(keys.stream()
                    .map(key -> walks ? "+" + key : key)
                    .collect(Collectors.joining(", ", " group by ", "")));
        }
        Grouping.First first = folds ? null : grouping.first();
        if (first != null && !keys.isEmpty()) {
            Measure by = first.by();
            Stream<String> rank = by == null ? Stream.empty() : rank(by, first.descending());
            sql.append(Stream.concat(rank, keys.stream()).collect(Collectors.joining(", ", " order by ", "")));
        }
        return SqliteScans.limited(sql, grouping.collection(), first == null ? -1 : first.groups());
    }

    /** Whether the ends of fields are asked for, each of which an index may have: SQLite goes there for one at a time. */
    private boolean isOfEnds(SqliteMatches.Path path) {
        return grouping.by().isEmpty()
                && (matches.exact() != null
                        || IndexPaths.parts(grouping.filter()).isEmpty())
                && !path.isFree()
                && grouping.measures().stream()
                        .allMatch(measure -> measure.kind() == Measure.Kind.MIN || measure.kind() == Measure.Kind.MAX);
    }

    private Sql ends(SqliteMatches.Path path) {
        Sql sql = new Sql();
        for (Measure measure : grouping.measures()) {
            sql.append((sql.text().isEmpty() ? "select " : ", ") + "(select " + measure(measure));
            matches.from(sql, path, List.of(Objects.requireNonNull(measure.field())));
            sql.append(")");
        }
        return SqliteScans.limited(sql, grouping.collection(), -1);
    }

    private void from(Sql sql, SqliteMatches.Path path) {
        String many = grouping.many();
        List<String> columns = columns();
        if (many == null) {
            matches.from(sql, path, columns);
            return;
        }
        sql.append(" from (select " + quoted(many) + " as m$");
        columns.forEach(column -> sql.append(", " + quoted(column) + " as " + quoted(column + "$")));
        // A filter stands in no sub-query of a condition, where SQLite would count its depth twice.
        matches.from(sql, path, Stream.concat(columns.stream(), Stream.of(many)).toList());
        sql.append(") cross join json_each(m$)");
    }

    /** The scalar fields that are read. */
    private List<String> columns() {
        return Stream.concat(grouping.by().stream(), grouping.measured().stream())
                .filter(field -> !field.equals(grouping.many()))
                .distinct()
                .toList();
    }

    private String column(String field) {
        String many = grouping.many();
        return many == null ? quoted(field) : field.equals(many) ? "value" : quoted(field + "$");
    }

    /** Through an index that has not all that is read, each document would have to be searched for. */
    private boolean walksTheTable(SqliteMatches.Path path) {
        return path.way() == null
                && grouping.many() == null
                && (grouping.collection().expiry() != null
                        || !IndexPaths.parts(grouping.filter()).isEmpty()
                        || grouping.collection().indexes().stream()
                                .noneMatch(index -> index.columns().stream()
                                        .map(term -> term.field())
                                        .toList()
                                        .containsAll(columns())));
    }

    private String measure(Measure measure) {
        String column = measure.field() == null ? "*" : column(measure.field());
        return switch (measure.kind()) {
            case COUNT -> "count(" + column + ")";
            case SUM -> upper(column) + ", " + lower(column);
            case MIN -> "min(" + column + ")";
            case MAX -> "max(" + column + ")";
        };
    }

    private static String upper(String column) {
        return "coalesce(sum(" + column + " >> " + HALF + "), 0)";
    }

    private static String lower(String column) {
        return "coalesce(sum(" + column + " & " + LOWER + "), 0)";
    }

    /** A null comes first, or last of what descends. */
    private Stream<String> rank(Measure measure, boolean descending) {
        String direction = descending ? " desc" : "";
        if (measure.kind() != Measure.Kind.SUM) {
            return Stream.of(measure(measure) + direction);
        }
        String column = column(Objects.requireNonNull(measure.field()));
        return Stream.of(
                upper(column) + " + (" + lower(column) + " >> " + HALF + ")" + direction,
                "(" + lower(column) + " & " + LOWER + ")" + direction);
    }

    private List<Group> measured(ResultSet row) throws SQLException {
        List<Group> groups = new ArrayList<>();
        List<FieldKind> kinds = grouping.kinds();
        while (row.next()) {
            List<@Nullable Object> values = new ArrayList<>();
            int column = kinds.size();
            for (Measure measure : grouping.measures()) {
                switch (measure.kind()) {
                    case COUNT -> values.add(row.getLong(++column));
                    case SUM ->
                        values.add(BigInteger.valueOf(row.getLong(++column))
                                .shiftLeft(HALF)
                                .add(BigInteger.valueOf(row.getLong(++column))));
                    case MIN, MAX -> values.add(SqliteReads.value(row, ++column, grouping.kind(measure)));
                }
            }
            groups.add(new Group(values(row, 0, kinds), values));
        }
        return groups;
    }

    private List<Group> folded(ResultSet row) throws SQLException {
        GroupFold fold = new GroupFold(grouping);
        List<FieldKind> kinds = grouping.kinds();
        List<FieldKind> measured = grouping.measured().stream()
                .map(field -> grouping.collection().kind(field))
                .toList();
        if (!row.next()) {
            return List.of();
        }
        do {
            fold.add(values(row, 0, kinds), values(row, kinds.size(), measured));
        } while (row.next());
        return fold.groups();
    }

    private static List<@Nullable Object> values(ResultSet row, int before, List<FieldKind> kinds) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(kinds.size());
        for (FieldKind kind : kinds) {
            values.add(SqliteReads.value(row, before + values.size() + 1, kind));
        }
        return values;
    }
}
