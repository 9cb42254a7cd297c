package dev.pagurus.store.sqlite.documents;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of scans: what depends on a filter and an order, so that it is made for each call. Each statement gives what the
 * plan's {@link SqliteHead} says, and the values of the order's terms behind it.
 */
public final class SqliteScans {

    /** A prime, so that no period in the data is one of the rows that are shown. */
    static final int SHOWN = 37;

    private SqliteScans() {}

    /** The documents of one range, along the way that is in order. */
    public static Sql inOrder(SqlitePlan plan, Range range, int limit) {
        Sql sql = head(plan);
        along(sql, plan, range);
        SqliteConditions.unexpired(sql, plan.scan().collection());
        for (Condition part : plan.checked()) {
            SqliteConditions.check(sql, plan.scan().collection(), part);
            sql.append(" and ");
        }
        return limited(ordered(sql, plan), plan.scan().collection(), limit);
    }

    /**
     * The same without a limit, and with one row of {@value #SHOWN} that do not match: the last column of its head is null. So
     * whoever reads sees how far it has come, and can pause or end there. Where documents are looked up, the last column of all
     * says how long a body is, which is in the row's head.
     */
    public static Sql walk(SqlitePlan plan, Range range) {
        CollectionDefinition collection = plan.scan().collection();
        String rest = shown(collection);
        Sql sql = new Sql().append("select " + plan.head().columns("") + ", case when " + rest + " or ");
        SqliteConditions.unexpired(sql, collection);
        SqliteConditions.check(sql, collection, new Condition.And(plan.checked()));
        sql.append(" then " + plan.head().last("") + " end");
        terms(sql, plan.scan());
        sql.append(plan.looksUp() ? ", octet_length(body)" : "");
        along(sql, plan, range);
        if (collection.expiry() != null) {
            sql.append("(");
            SqliteConditions.unexpired(sql, collection);
            sql.append("1 or " + rest + " = 0) and ");
        }
        for (Condition part : plan.checked()) {
            sql.append("(");
            SqliteConditions.check(sql, collection, part);
            sql.append(" or " + rest + " = 0) and ");
        }
        return limited(ordered(sql, plan), collection, -1);
    }

    /**
     * The first documents of all ranges, found along a way and then sorted: ids first, and the bodies of those that are
     * left. The outer order is that of the inner one, which SQLite sees, so that it sorts no bodies.
     *
     * @param way null for the whole table
     */
    public static Sql sorted(SqlitePlan plan, @Nullable IndexPath way, int limit) {
        IndexPath.Stretch covering = plan.head().isOfDocuments()
                ? null
                : new SqliteCovering(plan.scan(), plan.head().fields()).along(way);
        if (covering != null) {
            return sortedAlone(plan, covering, limit);
        }
        String table = SqliteNames.table(plan.scan().collection());
        Sql sql = new Sql();
        shown(sql, plan, table + ".");
        sql.append(" from (select " + table + "._rowid_ as r$");
        terms(sql, plan.scan());
        places(sql, plan, way);
        limited(sql, plan.scan().collection(), limit);
        return shownInOrder(sql.append(") k$ cross join " + table + " on " + table + "._rowid_ = r$"), plan);
    }

    /** The same where an index has all that is asked for. */
    private static Sql sortedAlone(SqlitePlan plan, IndexPath.Stretch way, int limit) {
        Scan scan = plan.scan();
        Set<String> columns = new LinkedHashSet<>();
        scan.order().forEach(term -> columns.add(quoted(term.field())));
        for (String field : plan.head().fields()) {
            if (!scan.collection().kind(field).isMany()) {
                columns.add(quoted(field));
            }
        }
        Sql sql = new Sql();
        shown(sql, plan, "k$.");
        sql.append(" from (select " + String.join(", ", columns));
        places(sql, plan, way);
        limited(sql, scan.collection(), limit);
        return shownInOrder(sql.append(") k$"), plan);
    }

    private static void shown(Sql sql, SqlitePlan plan, String of) {
        sql.append("select " + plan.head().columns(of) + ", " + plan.head().last(of));
        for (Sort term : plan.scan().order()) {
            sql.append(", " + of + quoted(term.field()));
        }
    }

    private static Sql shownInOrder(Sql sql, SqlitePlan plan) {
        return sql.append(" order by "
                + plan.scan().order().stream()
                        .map(term -> "k$." + quoted(term.field()) + (term.descending() ? " desc" : ""))
                        .collect(Collectors.joining(", ")));
    }

    /** From what matches on a way, sorted; without a limit. */
    private static void places(Sql sql, SqlitePlan plan, @Nullable IndexPath way) {
        Scan scan = plan.scan();
        CollectionDefinition collection = scan.collection();
        if (way == null) {
            // A whole index that is in order would be walked, which is what this is not for.
            sql.append(" from " + SqliteNames.table(collection) + (plan.inOrder() == null ? "" : " not indexed")
                    + " where ");
        } else {
            SqliteWays.from(sql, collection, way, IndexPaths.parts(scan.filter()));
        }
        ranges(sql, plan);
        SqliteConditions.unexpired(sql, collection);
        for (Condition part : unmet(scan.filter(), way)) {
            SqliteConditions.check(sql, collection, part);
            sql.append(" and ");
        }
        sql.append("1 order by " + SqliteStatements.terms(scan.order()));
    }

    /** The documents of one range as SQLite finds them by itself. */
    public static Sql plain(SqlitePlan plan, Range range, int limit) {
        Scan scan = plan.scan();
        Sql sql = head(plan);
        sql.append(" from " + SqliteNames.table(scan.collection()) + " where ");
        range(sql, scan.order(), range, "");
        SqliteConditions.unexpired(sql, scan.collection());
        SqliteConditions.lead(sql, scan.collection(), scan.filter());
        sql.append(" order by " + SqliteStatements.terms(scan.order()));
        return limited(sql, scan.collection(), limit);
    }

    /** Returns the parts of a filter that are to be checked on a way; an "or" is, for its sides are met in part only. */
    static List<Condition> unmet(Condition filter, @Nullable IndexPath way) {
        List<Condition> parts = IndexPaths.parts(filter);
        return way == null || way instanceof IndexPath.Union ? parts : SqlitePlan.without(parts, way.bounds());
    }

    /** An expression that is zero for one document of {@value #SHOWN}. */
    static String shown(CollectionDefinition collection) {
        return SqliteNames.table(collection) + "._rowid_ % " + SHOWN;
    }

    /**
     * Appends a limit that lets a process with an old definition find nothing, and so find out: a column may hold something
     * else by now. As a condition, the revision would be asked for with each row.
     *
     * @param limit -1 for none
     */
    static Sql limited(Sql sql, CollectionDefinition collection, int limit) {
        return sql.append(" limit case when (select revision from pagurus_collections where name = '"
                        + collection.name() + "') = " + collection.revision() + " then ")
                .bind(limit)
                .append(" else 0 end");
    }

    private static Sql head(SqlitePlan plan) {
        Sql sql = new Sql()
                .append("select " + plan.head().columns("") + ", " + plan.head().last(""));
        terms(sql, plan.scan());
        return sql;
    }

    private static void terms(Sql sql, Scan scan) {
        for (Sort term : scan.order()) {
            sql.append(", " + quoted(term.field()));
        }
    }

    private static void along(Sql sql, SqlitePlan plan, Range range) {
        Scan scan = plan.scan();
        if (plan.inOrder() instanceof IndexPath.Values values) {
            SqliteWays.fromInOrder(sql, scan.collection(), values);
            if (range.tail() instanceof Range.Tail.After after) {
                sql.append(SqliteWays.LED_ID + (scan.order().get(0).descending() ? " < " : " > "))
                        .bind(after.values().get(0))
                        .append(" and ");
            }
            for (Condition bound : plan.held()) {
                if (bound instanceof Condition.Compare compare) {
                    sql.append(SqliteWays.LED_ID + " " + compare.operator().sql() + " ")
                            .bind(compare.value())
                            .append(" and ");
                } else if (bound instanceof Condition.In in) {
                    sql.append(SqliteWays.LED_ID + " in ").bindAll(in.values()).append(" and ");
                } else if (bound instanceof Condition.IsNull) {
                    sql.append(SqliteWays.LED_ID + " is null and ");
                }
            }
        } else if (plan.inOrder() instanceof IndexPath.Stretch stretch) {
            sql.append(" from " + SqliteNames.table(scan.collection()) + " indexed by "
                    + SqliteNames.index(scan.collection(), stretch.index()) + " where ");
            // First, for of two lower bounds of a column SQLite takes the first; the filter's would read all pages
            // before.
            range(sql, scan.order(), range, "");
            for (Condition bound : plan.held()) {
                SqliteConditions.lead(sql, scan.collection(), bound);
                sql.append(" and ");
            }
        }
    }

    private static Sql ordered(Sql sql, SqlitePlan plan) {
        List<Sort> order = plan.scan().order();
        String by = plan.inOrder() instanceof IndexPath.Values
                ? SqliteWays.LED_ID + (order.get(0).descending() ? " desc" : "")
                : SqliteStatements.terms(order);
        return sql.append("1 order by " + by);
    }

    /** Any of the ranges, only checked. */
    private static void ranges(Sql sql, SqlitePlan plan) {
        if (plan.isWhole()) {
            return;
        }
        List<Range> ranges = plan.scan().ranges();
        sql.append("(");
        for (int i = 0; i < ranges.size(); i++) {
            sql.append(i == 0 ? "" : " or ");
            range(sql, plan.scan().order(), ranges.get(i), "+");
            sql.append("1");
        }
        sql.append(") and ");
    }

    private static void range(Sql sql, List<Sort> order, Range range, String sign) {
        int next = range.equal().size();
        for (int i = 0; i < next; i++) {
            Object value = range.equal().get(i);
            sql.append(sign + quoted(order.get(i).field()));
            if (value == null) {
                sql.append(" is null and ");
            } else {
                sql.append(" = ").bind(value).append(" and ");
            }
        }
        if (range.tail() instanceof Range.Tail.IsNull) {
            sql.append(sign + quoted(order.get(next).field()) + " is null and ");
        } else if (range.tail() instanceof Range.Tail.NotNull) {
            sql.append(sign + quoted(order.get(next).field()) + " is not null and ");
        } else if (range.tail() instanceof Range.Tail.After after) {
            List<Sort> row = order.subList(next, next + after.values().size());
            sql.append(row.stream()
                            .map(term -> sign + quoted(term.field()))
                            .collect(Collectors.joining(", ", "(", ")")))
                    .append(row.get(0).descending() ? " < " : " > ")
                    .bindAll(after.values())
                    .append(" and ");
        }
    }
}
