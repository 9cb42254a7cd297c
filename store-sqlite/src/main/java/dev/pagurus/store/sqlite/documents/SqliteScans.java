package dev.pagurus.store.sqlite.documents;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that finds documents: what depends on a filter and an order, so that it is made for each call. */
public final class SqliteScans {

    private SqliteScans() {}

    /** The documents of one range of a scan, with the values of the order's terms behind the body. */
    public static Sql documents(Scan scan, Range range, int limit) {
        Sql sql = new Sql().append("select id, version, created_at, body");
        for (Sort term : scan.order()) {
            sql.append(", " + quoted(term.field()));
        }
        sql.append(" from " + SqliteNames.table(scan.collection()) + " where ");
        // First, for of two lower bounds of a column SQLite takes the first; the filter's would read all pages before.
        append(sql, scan.order(), range);
        SqliteConditions.append(sql, scan.collection(), scan.filter());
        return sql.append(sameRevision(scan.collection()))
                .append(" order by " + SqliteStatements.terms(scan.order()) + " limit ")
                .bind(limit);
    }

    public static Sql count(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql().append("select count(*) from " + SqliteNames.table(collection) + " where ");
        SqliteConditions.append(sql, collection, filter);
        return sql.append(sameRevision(collection));
    }

    public static Sql countBy(CollectionDefinition collection, Condition filter, String field) {
        Sql sql = new Sql();
        if (collection.kind(field) == FieldKind.MANY) {
            sql.append("select value, count(*) from " + SqliteNames.manyTable(collection, field)
                    + " where id in (select id from " + SqliteNames.table(collection) + " where ");
            SqliteConditions.append(sql, collection, filter);
            return sql.append(sameRevision(collection)).append(") group by value");
        }
        sql.append("select " + quoted(field) + ", count(*) from " + SqliteNames.table(collection) + " where ");
        SqliteConditions.append(sql, collection, filter);
        return sql.append(sameRevision(collection)).append(" group by " + quoted(field));
    }

    /** Deletes and returns the ids and versions. */
    static Sql delete(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql().append("delete from " + SqliteNames.table(collection) + " where ");
        SqliteConditions.append(sql, collection, filter);
        return sql.append(" returning id, version");
    }

    /**
     * Lets a process with an old definition find nothing, and so find out: a column may hold something else by now. Looked
     * up once a statement.
     */
    private static String sameRevision(CollectionDefinition collection) {
        return " and (select revision from pagurus_collections where name = '" + collection.name() + "') = "
                + collection.revision();
    }

    private static void append(Sql sql, List<Sort> order, Range range) {
        int next = range.equal().size();
        for (int i = 0; i < next; i++) {
            Object value = range.equal().get(i);
            sql.append(quoted(order.get(i).field()));
            if (value == null) {
                sql.append(" is null and ");
            } else {
                sql.append(" = ").bind(value).append(" and ");
            }
        }
        if (range.tail() instanceof Range.Tail.IsNull) {
            sql.append(quoted(order.get(next).field()) + " is null and ");
        } else if (range.tail() instanceof Range.Tail.NotNull) {
            sql.append(quoted(order.get(next).field()) + " is not null and ");
        } else if (range.tail() instanceof Range.Tail.After after) {
            List<Sort> row = order.subList(next, next + after.values().size());
            sql.append(row.stream().map(term -> quoted(term.field())).collect(Collectors.joining(", ", "(", ")")))
                    .append(row.get(0).descending() ? " < " : " > ")
                    .bindAll(after.values())
                    .append(" and ");
        }
    }
}
