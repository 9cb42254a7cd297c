package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.util.List;

/**
 * The SQL of a page. Each collection's changes are read in order of position, beside those of the others, so that no row is
 * sorted and what is behind the page is not touched.
 */
final class SqliteChangeStatement {

    /** SQLite takes 500 selects in one. */
    private static final int MOST_TOGETHER = 400;

    private SqliteChangeStatement() {}

    /** Returns position, place of the collection, id, version, and the document's version, creation time and body. */
    static Sql page(List<SqliteKept.Feed> feeds, long after, long limit) {
        return together(feeds, 0, after, limit);
    }

    private static Sql together(List<SqliteKept.Feed> feeds, int first, long after, long limit) {
        Sql sql = new Sql();
        int step = 1;
        while (feeds.size() > (long) step * MOST_TOGETHER) {
            step *= MOST_TOGETHER;
        }
        for (int i = 0; i < feeds.size(); i += step) {
            sql.append(i == 0 ? "" : " union all ");
            if (step == 1) {
                one(sql, feeds.get(i), first + i, after);
            } else {
                List<SqliteKept.Feed> some = feeds.subList(i, Math.min(feeds.size(), i + step));
                sql.append("select * from (")
                        .append(together(some, first + i, after, limit))
                        .append(")");
            }
        }
        return sql.append(" order by 1 limit ").bind(limit);
    }

    private static void one(Sql sql, SqliteKept.Feed feed, int place, long after) {
        sql.append("select c.position, " + place + ", c.id, c.version, d.version, d.created_at, d.body"
                + " from pagurus_changes c left join "
                + SqliteNames.table(feed.collection())
                + " d on d.id = c.id");
        CollectionDefinition collection = feed.collection();
        if (collection.expiry() != null) {
            sql.append(" and " + SqliteNames.unexpired(collection, "d.") + " ").bindNow();
        }
        sql.append(" where c.feed = ")
                .bind(feed.number())
                .append(" and c.position > ")
                .bind(after);
    }
}
