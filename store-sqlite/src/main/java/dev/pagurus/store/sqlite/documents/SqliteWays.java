package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.util.List;

/**
 * The SQL that holds SQLite to a way along indexes, whatever statistics it has. A name of ours that stands beside columns
 * has a $, as no column has.
 */
final class SqliteWays {

    /** The id in the index of a many-field, where that leads. */
    static final String LED_ID = "i$";

    /** SQLite joins no more than 500 statements, and to look into each takes time. */
    private static final int MOST_PATHS = 50;

    private SqliteWays() {}

    /** Whether an "or" has so many sides that its plan is left to SQLite. */
    static boolean areTooMany(List<IndexPath> ways) {
        return ways.stream().anyMatch(way -> count(way) > MOST_PATHS);
    }

    private static int count(IndexPath way) {
        return way instanceof IndexPath.Union union
                ? union.paths().stream().mapToInt(SqliteWays::count).sum()
                : 1;
    }

    /** From the documents on a way: "from" up to the next condition. A document comes once. */
    static void from(Sql sql, CollectionDefinition collection, IndexPath way) {
        String table = SqliteNames.table(collection);
        sql.append(" from " + table);
        if (way instanceof IndexPath.Stretch stretch) {
            sql.append(" indexed by " + SqliteNames.index(collection, stretch.index()) + " where ");
            bounds(sql, collection, stretch.bounds());
        } else if (way instanceof IndexPath.Values values) {
            sql.append(" indexed by " + SqliteNames.index(collection, null) + " where id in (");
            ids(sql, collection, values.values());
            sql.append(") and ");
        } else {
            sql.append(" not indexed where " + table + "._rowid_ in (");
            rowids(sql, collection, way);
            sql.append(") and ");
        }
    }

    /** From the documents that have one value, in order of the id, which is {@link #LED_ID}. */
    static void fromInOrder(Sql sql, CollectionDefinition collection, IndexPath.Values values) {
        sql.append(" from (");
        ids(sql, collection, values.values());
        sql.append(") cross join ");
        byId(sql, collection);
        sql.append(" where ");
    }

    /** A row if a stretch or a value has more entries. */
    static Sql isLonger(CollectionDefinition collection, IndexPath path, long entries) {
        Sql sql = new Sql().append("select 1");
        if (path instanceof IndexPath.Values values) {
            fromValues(sql, collection, values.values());
        } else {
            from(sql, collection, path);
            sql.append("1");
        }
        return sql.append(" limit 1 offset ").bind(entries);
    }

    /** A row for some of a stretch's entries. */
    static Sql look(CollectionDefinition collection, IndexPath stretch) {
        Sql sql = new Sql().append("select 1");
        from(sql, collection, stretch);
        return sql.append(SqliteScans.shown(collection) + " = 0");
    }

    /** The id of an entry of one value, so and so many after another id. */
    static Sql jump(CollectionDefinition collection, Condition.ContainsAny contains, String after, long passed) {
        Sql sql = new Sql().append("select id");
        fromValues(sql, collection, contains);
        return sql.append(" and id > ")
                .bind(after)
                .append(" order by id limit 1 offset ")
                .bind(passed);
    }

    private static void bounds(Sql sql, CollectionDefinition collection, List<Condition> bounds) {
        for (Condition bound : bounds) {
            SqliteConditions.lead(sql, collection, bound);
            sql.append(" and ");
        }
    }

    private static void ids(Sql sql, CollectionDefinition collection, Condition.ContainsAny contains) {
        sql.append("select id as " + LED_ID);
        fromValues(sql, collection, contains);
    }

    private static void fromValues(Sql sql, CollectionDefinition collection, Condition.ContainsAny contains) {
        sql.append(" from " + SqliteNames.manyIndex(collection, contains.field()) + " where value ");
        if (contains.values().size() == 1) {
            sql.append("= ").bind(contains.values().get(0));
        } else {
            sql.append("in ").bindAll(contains.values());
        }
    }

    private static void byId(Sql sql, CollectionDefinition collection) {
        sql.append(SqliteNames.table(collection) + " indexed by " + SqliteNames.index(collection, null) + " on id = "
                + LED_ID);
    }

    private static void rowids(Sql sql, CollectionDefinition collection, IndexPath way) {
        if (way instanceof IndexPath.Union union) {
            for (int i = 0; i < union.paths().size(); i++) {
                sql.append(i == 0 ? "" : " union all ");
                rowids(sql, collection, union.paths().get(i));
            }
            return;
        }
        sql.append("select " + SqliteNames.table(collection) + "._rowid_");
        if (way instanceof IndexPath.Values values) {
            sql.append(" from (");
            ids(sql, collection, values.values());
            sql.append(") cross join ");
            byId(sql, collection);
        } else {
            from(sql, collection, way);
            sql.append("1");
        }
    }
}
