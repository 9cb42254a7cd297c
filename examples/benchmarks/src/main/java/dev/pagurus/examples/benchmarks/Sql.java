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

    final String get = "select id, version, created_at, body from items where id = ?";

    /** One row more than a page, which tells whether there is a next one, as Pagurus does. */
    final String page = """
            select id, version, created_at, body from items
            where status = ? and due >= ? order by due, id limit %s
            """.formatted(Side.PAGE + 1);

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
        this.put = NEW_ROW + """
                 on conflict (id) do update set
                    version = %s(excluded.version, items.version + 1),
                    status = excluded.status, due = excluded.due, body = excluded.body
                returning version, created_at
                """.formatted(greatest);
        this.replace = """
                update items set version = %s(?, version + 1), status = ?, due = ?, body = ?
                where id = ? and version = ?
                returning version, created_at
                """.formatted(greatest);
    }
}
