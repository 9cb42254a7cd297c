package dev.pagurus.examples.benchmarks;

import java.util.List;

/** The SQL that one would write by hand for the table that Pagurus makes; used through JDBC and through JDBI. */
final class Sql {

    private static final String NEW_ROW =
            "insert into items (id, version, created_at, status, due, body) values (?, ?, ?, ?, ?, ?)";

    final List<String> create;
    final String insert = NEW_ROW;

    /** Parameters as those of insert; returns the version. */
    final String put;

    /** Parameters: the clock, status, due, body, id and the version that is expected; returns the version. */
    final String replace;

    /** Parameters as those of replace, and one row for each; nothing is returned. */
    final String change;

    /** PostgreSQL's way to put many at once: the parameters of put, each an array. */
    final String putMany;

    /** The same of replace, with the id, the version that is expected, and then the values. */
    final String replaceMany;

    final String get = "select id, version, created_at, body from items where id = ?";

    /** One row more than a page, which tells whether there is a next one, as Pagurus does. */
    final String page = """
            select id, version, created_at, body from items
            where status = ? and due >= ? order by due, id limit %s
            """.formatted(Side.PAGE + 1);

    /** Takes documents from the head of a queue, the parameter being how many, and puts them at its end. */
    final String claim;

    /** The next documents behind an id. */
    final String next = "select id, version, created_at, body from items where id > ? order by id limit ?";

    Sql(Engine engine) {
        boolean sqlite = engine == Engine.SQLITE;
        String greatest = sqlite ? "max" : "greatest";
        String text = sqlite ? "text" : "text collate \"C\"";
        String number = sqlite ? "integer" : "bigint";
        this.create = List.of("""
                create table if not exists items (
                    id %1$s not null primary key,
                    version %2$s not null,
                    created_at %2$s not null,
                    status %1$s,
                    due %2$s,
                    body text not null
                )""".formatted(text, number) + (sqlite ? " strict" : ""), """
                create index if not exists items_by_status_due on items (status, due, id)""");
        String orUpdate = """
                 on conflict (id) do update set
                    version = %s(excluded.version, items.version + 1),
                    status = excluded.status, due = excluded.due, body = excluded.body
                returning version, created_at
                """.formatted(greatest);
        this.put = NEW_ROW + orUpdate;
        this.change = """
                update items set version = %s(?, version + 1), status = ?, due = ?, body = ?
                where id = ? and version = ?
                """.formatted(greatest);
        this.replace = change + "returning version, created_at";
        this.claim = """
                update items set version = %s(version + 1, ?), due = due + %s000000
                where id in (
                    select id from items where status = 'OPEN' order by due, id limit ?%s)
                returning id, version, created_at, body
                """.formatted(greatest, Items.SECONDS, sqlite ? "" : " for update skip locked");
        this.putMany = """
                insert into items (id, version, created_at, status, due, body)
                select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[])
                """ + orUpdate;
        this.replaceMany = """
                update items set version = greatest(n.now, items.version + 1), status = n.status, due = n.due, body = n.body
                from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[])
                    as n (id, expected, now, status, due, body)
                where items.id = n.id and items.version = n.expected
                returning items.id, items.version
                """;
    }
}
