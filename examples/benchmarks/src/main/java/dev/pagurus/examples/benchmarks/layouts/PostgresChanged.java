package dev.pagurus.examples.benchmarks.layouts;

import java.sql.SQLException;
import java.util.List;

/** On PostgreSQL a place is a transaction, and where in it. The tables of each layout are in a schema of its own. */
record PostgresChanged(Layout layout) implements Changed {

    private static final String ROW = "(id, version, created_at, due, body)";
    private static final String CONFLICT = """
             on conflict (id) do update set version = greatest(excluded.version, items.version + 1), due = excluded.due,
                body = excluded.body""";

    @Override
    public void create(Statements statements) throws SQLException {
        boolean log = layout == Layout.LOG;
        statements.run("drop table if exists items\ndrop table if exists changes\ndrop table if exists deletions\n"
                + "create table items (id text collate \"C\" not null primary key, version bigint not null,"
                + " created_at bigint not null, due bigint, body text not null"
                + (log ? "" : ", tx xid8 not null default pg_current_xact_id()")
                + ")\n"
                + "create index items_by_due on items (due, id)\n");
        statements.run(log ? """
                        create table changes (tx xid8 not null default pg_current_xact_id(), seq bigint generated always as identity, collection text collate "C" not null, id text collate "C" not null, version bigint not null, primary key (tx, seq))
                        """ : """
                        create index items_by_tx on items (tx, id)
                        create table deletions (tx xid8 not null default pg_current_xact_id(), id text collate "C" not null, version bigint not null, primary key (tx, id))
                        """);
    }

    private String put(String rows) {
        String put = "insert into items " + ROW + " " + rows + CONFLICT;
        return layout == Layout.COLUMN
                ? put + ", tx = excluded.tx"
                : "with written as (" + put + " returning id, version)"
                        + " insert into changes (collection, id, version) select 'items', id, version from written";
    }

    @Override
    public void put(Statements statements, Doc doc) throws SQLException {
        statements.update(put("values (?, ?, ?, ?, ?)"), doc.id(), doc.now(), doc.now(), doc.due(), doc.body());
    }

    @Override
    public void putMany(Statements statements, List<Doc> docs) throws SQLException {
        var connection = statements.connection();
        Object now =
                connection.createArrayOf("bigint", docs.stream().map(Doc::now).toArray());
        statements.update(
                put("select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])"),
                connection.createArrayOf("text", docs.stream().map(Doc::id).toArray()),
                now,
                now,
                connection.createArrayOf("bigint", docs.stream().map(Doc::due).toArray()),
                connection.createArrayOf("text", docs.stream().map(Doc::body).toArray()));
    }

    @Override
    public void deleteAll(Statements statements) throws SQLException {
        statements.update("with gone as (delete from items returning id, version) "
                + (layout == Layout.LOG
                        ? "insert into changes (collection, id, version) select 'items', id, version from gone"
                        : "insert into deletions (id, version) select id, version from gone"));
    }

    @Override
    public Page read(Statements statements, Place after, int limit) throws SQLException {
        String tx = Long.toString(after.at());
        return layout == Layout.LOG
                ? statements.page("""
                        select c.tx::text, c.seq, c.id, c.version, i.version, i.created_at, i.body
                        from changes c left join items i on i.id = c.id
                        where c.collection = 'items' and (c.tx, c.seq) > (?::xid8, ?) order by c.tx, c.seq limit ?
                        """, tx, number(after), limit)
                : statements.page("""
                        select tx::text, id, version, created_at, body from (
                            (select tx, id, version, created_at, body from items
                             where (tx, id) > (?::xid8, ?) order by tx, id limit ?)
                            union all
                            (select tx, id, version, null, null from deletions
                             where (tx, id) > (?::xid8, ?) order by tx, id limit ?)) as shown
                        order by shown.tx, id limit ?
                        """, tx, after.within(), limit, tx, after.within(), limit, limit);
    }

    private static long number(Place place) {
        return place.within().isEmpty() ? 0 : Long.parseLong(place.within());
    }

    @Override
    public Page forget(Statements statements, Place after, Place last, int limit) throws SQLException {
        boolean log = layout == Layout.LOG;
        String sql = """
                with old as (select tx, %1$s from %2$s where (tx, %1$s) > (?::xid8, ?) and tx <= ?::xid8
                    order by tx, %1$s limit ?),
                gone as (delete from %2$s using old where %2$s.tx = old.tx and %2$s.%1$s = old.%1$s)
                select tx::text, %1$s from old order by old.tx, %1$s
                """.formatted(log ? "seq" : "id", log ? "changes" : "deletions");
        return statements.page(
                sql,
                Long.toString(after.at()),
                log ? (Object) number(after) : after.within(),
                Long.toString(last.at()),
                limit);
    }

    @Override
    public long size(Statements statements) throws SQLException {
        String tables = layout == Layout.LOG ? "changes" : "deletions";
        statements.run("vacuum items\nvacuum " + tables);
        return statements.number("select pg_total_relation_size('items') + pg_total_relation_size('" + tables + "')");
    }
}
