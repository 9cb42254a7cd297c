package dev.pagurus.examples.benchmarks.layouts;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * On SQLite a position is a number. The log's row has its own; the column takes it from the process, which costs nothing, and
 * would not do for several.
 */
record SqliteChanged(Layout layout, AtomicLong position) implements Changed {

    private static final String PUT = """
            insert into items (id, version, created_at, due, body%s) values (?, ?, ?, ?, ?%s)
            on conflict (id) do update set version = max(excluded.version, items.version + 1), due = excluded.due,
                body = excluded.body%s
            returning version
            """;

    SqliteChanged(Layout layout) {
        this(layout, new AtomicLong());
    }

    @Override
    public void create(Statements statements) throws SQLException {
        boolean log = layout == Layout.LOG;
        statements.run("drop table if exists items\ndrop table if exists changes\ndrop table if exists deletions\n"
                + "create table items (id text not null primary key, version integer not null, created_at integer not null,"
                + " due integer, body text not null" + (log ? "" : ", position integer not null") + ") strict\n"
                + "create index items_by_due on items (due, id)\n");
        statements.run(log ? """
                        create table changes (position integer not null primary key, feed integer not null, id text not null, version integer not null) strict
                        create index changes_of_feed on changes (feed)
                        """ : """
                        create index items_by_position on items (position)
                        create table deletions (position integer not null primary key, id text not null, version integer not null) strict
                        """);
    }

    @Override
    public void put(Statements statements, Doc doc) throws SQLException {
        if (layout == Layout.COLUMN) {
            statements.number(
                    PUT.formatted(", position", ", ?", ", position = excluded.position"),
                    doc.id(),
                    doc.now(),
                    doc.now(),
                    doc.due(),
                    doc.body(),
                    position.incrementAndGet());
            return;
        }
        long version =
                statements.number(PUT.formatted("", "", ""), doc.id(), doc.now(), doc.now(), doc.due(), doc.body());
        statements.update("insert into changes (feed, id, version) values (1, ?, ?)", doc.id(), version);
    }

    @Override
    public void putMany(Statements statements, List<Doc> docs) throws SQLException {
        for (Doc doc : docs) {
            put(statements, doc);
        }
    }

    @Override
    public void deleteAll(Statements statements) throws SQLException {
        if (layout == Layout.LOG) {
            statements.update("insert into changes (feed, id, version) select 1, id, version from items");
        } else {
            int deleted = statements.update(
                    "insert into deletions (position, id, version)"
                            + " select ? + row_number() over (), id, version from items",
                    position.get());
            position.addAndGet(deleted);
        }
        statements.update("delete from items");
    }

    @Override
    public Page read(Statements statements, Place after, int limit) throws SQLException {
        return layout == Layout.LOG
                ? statements.page("""
                        select c.position, '', c.id, c.version, i.version, i.created_at, i.body
                        from changes c indexed by changes_of_feed left join items i on i.id = c.id
                        where c.feed = 1 and c.position > ? order by c.position limit ?
                        """, after.at(), limit)
                : statements.page("""
                        select position, '', id, version, created_at, body from items where position > ?
                        union all select position, '', id, version, null, null from deletions where position > ?
                        order by position limit ?
                        """, after.at(), after.at(), limit);
    }

    @Override
    public Page forget(Statements statements, Place after, Place last, int limit) throws SQLException {
        String table = layout == Layout.LOG ? "changes" : "deletions";
        Page page = statements.page(
                "select position, '' from " + table + " where position > ? and position <= ? order by position limit ?",
                after.at(),
                last.at(),
                limit);
        statements.update(
                "delete from " + table + " where position > ? and position <= ?",
                after.at(),
                page.last().at());
        return page;
    }

    @Override
    public long size(Statements statements) throws SQLException {
        statements.run("pragma wal_checkpoint(truncate)");
        return statements.number("select (page_count - freelist_count) * page_size"
                + " from pragma_page_count, pragma_page_size, pragma_freelist_count");
    }
}
