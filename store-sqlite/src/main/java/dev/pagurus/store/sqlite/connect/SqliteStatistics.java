package dev.pagurus.store.sqlite.connect;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What SQLite's planner knows about how often values occur. */
public final class SqliteStatistics {

    private SqliteStatistics() {}

    /** Lets SQLite note what it has learnt while the file was open. */
    static void update(SqliteConnection writing) throws SQLException {
        writing.run("pragma optimize");
        forbidSkipScans(writing);
    }

    /**
     * Tells the planner not to skip over the first field of an index of ours: it overrates that where one value, or null,
     * is frequent in the second, and then sorts all of those documents for each page.
     */
    public static void forbidSkipScans(SqliteConnection writing) throws SQLException {
        try (ResultSet statistics = writing.query("select 1 from sqlite_schema where name = 'sqlite_stat1'")) {
            if (!statistics.next()) {
                return;
            }
        }
        writing.run("update sqlite_stat1 set stat = stat || ' noskipscan'"
                + " where idx like '%$by$%' and stat not like '% noskipscan'");
    }
}
