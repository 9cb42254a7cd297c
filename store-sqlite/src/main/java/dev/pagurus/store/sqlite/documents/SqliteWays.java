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

    /** So many other words leave little to look at, and each makes the statement's expression deeper. */
    private static final int MOST_OTHER_WORDS = 20;

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
        from(sql, collection, way, List.of());
    }

    /**
     * The same where more is known of what is looked for.
     *
     * @param parts of words, all are asked for in their own index: what has not all of them is not searched for in the table
     */
    static void from(Sql sql, CollectionDefinition collection, IndexPath way, List<Condition> parts) {
        String table = SqliteNames.table(collection);
        sql.append(" from " + table);
        if (way instanceof IndexPath.Stretch stretch) {
            sql.append(" indexed by " + SqliteNames.index(collection, stretch.index()) + " where ");
            bounds(sql, collection, stretch.bounds());
        } else if (isOfMany(way)) {
            sql.append(" indexed by " + SqliteNames.index(collection, null) + " where id in (");
            ids(sql, collection, way);
            otherWords(sql, collection, way, parts);
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
        ids(sql, collection, values);
        sql.append(") cross join ");
        byId(sql, collection);
        sql.append(" where ");
    }

    /** A row if a stretch or a value has more entries. */
    static Sql isLonger(CollectionDefinition collection, IndexPath path, long entries) {
        Sql sql = new Sql().append("select 1");
        if (isOfMany(path)) {
            fromMany(sql, collection, path);
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
    static Sql jump(CollectionDefinition collection, IndexPath.Values values, String after, long passed) {
        Sql sql = new Sql().append("select id");
        fromMany(sql, collection, values);
        return sql.append(" and id > ")
                .bind(after)
                .append(" order by id limit 1 offset ")
                .bind(passed);
    }

    /** The word and id of an entry of words with one beginning, so and so many after others. */
    static Sql jump(CollectionDefinition collection, IndexPath.Prefix prefix, String word, String after, long passed) {
        Sql sql = new Sql().append("select id, value");
        fromMany(sql, collection, prefix.prefix().field());
        // Of two lower bounds SQLite would take the first.
        return sql.append("< ")
                .bind(prefix.prefix().end())
                .append(" and (value, id) > ")
                .bindAll(List.of(word, after))
                .append(" order by value, id limit 1 offset ")
                .bind(passed);
    }

    private static boolean isOfMany(IndexPath path) {
        return path instanceof IndexPath.Values || path instanceof IndexPath.Prefix;
    }

    private static void bounds(Sql sql, CollectionDefinition collection, List<Condition> bounds) {
        for (Condition bound : bounds) {
            SqliteConditions.lead(sql, collection, bound);
            sql.append(" and ");
        }
    }

    private static void ids(Sql sql, CollectionDefinition collection, IndexPath way) {
        sql.append("select id as " + LED_ID);
        fromMany(sql, collection, way);
    }

    private static void fromMany(Sql sql, CollectionDefinition collection, IndexPath way) {
        if (way instanceof IndexPath.Prefix prefix) {
            fromMany(sql, collection, prefix.prefix().field());
            sql.append(">= ")
                    .bind(prefix.prefix().prefix())
                    .append(" and value < ")
                    .bind(prefix.prefix().end());
        } else if (way instanceof IndexPath.Values values) {
            List<String> all = values.values().values();
            fromMany(sql, collection, values.values().field());
            if (all.size() == 1) {
                sql.append("= ").bind(all.get(0));
            } else {
                sql.append("in ").bindAll(all);
            }
        }
    }

    /** Which other words are asked for of those that a way goes along; a beginning only the document knows. */
    private static void otherWords(Sql sql, CollectionDefinition collection, IndexPath way, List<Condition> parts) {
        String field = field(way.bounds().get(0));
        if (!collection.kind(field).isWords()) {
            return;
        }
        String table = SqliteNames.manyIndex(collection, field);
        int left = MOST_OTHER_WORDS;
        for (Condition part : parts) {
            if (left > 0
                    && !way.bounds().contains(part)
                    && part instanceof Condition.ContainsAny contains
                    && contains.field().equals(field)) {
                sql.append(" and exists (select 1 from " + table + " other$ where other$.id = " + table
                                + ".id and other$.value in ")
                        .bindAll(contains.values())
                        .append(")");
                left--;
            }
        }
    }

    /** Returns the field of a condition that may have a way along the index of a many-field; empty for others. */
    static String field(Condition condition) {
        if (condition instanceof Condition.ContainsPrefix begun) {
            return begun.field();
        }
        return condition instanceof Condition.ContainsAny contains ? contains.field() : "";
    }

    private static void fromMany(Sql sql, CollectionDefinition collection, String field) {
        sql.append(" from " + SqliteNames.manyIndex(collection, field) + " where value ");
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
        if (isOfMany(way)) {
            sql.append(" from (");
            ids(sql, collection, way);
            sql.append(") cross join ");
            byId(sql, collection);
        } else {
            from(sql, collection, way);
            sql.append("1");
        }
    }
}
