package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteDue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets changes that are older than their collection keeps them, a few at a time, in a write transaction that has not added
 * any yet. A version does not say when its change was committed, so marks do: at a time, the log was at a position. The newest
 * change of a collection is never forgotten, for it tells whoever stands there that this is the history he knows.
 *
 * <p>Marks only ever get later: while a clock is behind the newest one there is none, and what is forgotten waits.
 */
final class SqliteForgetting {

    /** How many changes at most; they take about a millisecond. */
    static final int STEP = 500;

    private static final String FEEDS = "select f.feed, c.retention from pagurus_feeds f"
            + " join pagurus_collections c on c.name = f.collection where c.retention is not null order by f.forgotten";

    private static final String ADD_MARK = """
            insert into pagurus_change_marks (at, position)
            select ?1, e.position from (select %s as position) e
            left join (select at, position from pagurus_change_marks order by at desc limit 1) m
            where e.position > coalesce(m.position, 0) and (m.at is null or ?1 - m.at >= ?2)
            """.formatted(SqliteChangeLog.LAST);

    /** For whom a retention is longest, too, there is an older one that will do. */
    private static final String REMOVE_OLD_MARKS =
            "delete from pagurus_change_marks where at < (select max(at) from pagurus_change_marks where at <= ?)";

    /** The older, the further apart they may be, by a part of their age; one at a time, as they come one at a time. */
    private static final String REMOVE_A_CLOSE_MARK = """
            delete from pagurus_change_marks where at = (
                select at from (
                    select at, lag(at) over w as before, lead(at) over w as next
                    from pagurus_change_marks window w as (order by at))
                where next - before < (? - next) / ? order by at limit 1)
            """;

    private static final String LAST_TO_FORGET = """
            select count(*), max(position) from (
                select position from pagurus_changes
                where feed = ?1 and position <= min(
                    (select max(position) from pagurus_change_marks where at <= ?2),
                    (select max(position) - 1 from pagurus_changes where feed = ?1))
                order by position limit ?3)
            """;

    private static final String REMEMBER = """
            update pagurus_feeds set (forgotten, forgotten_tag) =
                (select position, tag from pagurus_changes where feed = ?1 and position = ?2)
            where feed = ?1
            """;

    private static final String FORGET = "delete from pagurus_changes where feed = ? and position <= ?";

    private final SqliteConnection connection;
    private final long now;

    private record Feed(long number, long retention) {}

    SqliteForgetting(SqliteConnection connection, long nowMicros) {
        this.connection = connection;
        this.now = nowMicros;
    }

    void step(SqliteDue due) throws SQLException {
        List<Feed> feeds = feeds();
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (Feed feed : feeds) {
            shortest = Math.min(shortest, feed.retention());
            longest = Math.max(longest, feed.retention());
        }
        long pause = shortest / SqliteDue.LOOKS;
        if (connection.update(ADD_MARK, now, pause) > 0) {
            connection.update(REMOVE_OLD_MARKS, now - longest);
            connection.update(REMOVE_A_CLOSE_MARK, now, SqliteDue.LOOKS);
        }
        long left = STEP;
        for (Feed feed : feeds) {
            if (left > 0) {
                left -= forget(feed, left);
            }
        }
        due.looked(now, left == 0 ? 0 : pause);
    }

    private List<Feed> feeds() throws SQLException {
        List<Feed> feeds = new ArrayList<>();
        try (ResultSet row = connection.query(FEEDS)) {
            while (row.next()) {
                feeds.add(new Feed(row.getLong(1), row.getLong(2)));
            }
        }
        return feeds;
    }

    /** Returns how many. */
    private long forget(Feed feed, long most) throws SQLException {
        long count;
        long last;
        try (ResultSet row = connection.query(LAST_TO_FORGET, feed.number(), now - feed.retention(), most)) {
            row.next();
            count = row.getLong(1);
            last = row.getLong(2);
        }
        if (count > 0) {
            connection.update(REMEMBER, feed.number(), last);
            connection.update(FORGET, feed.number(), last);
        }
        return count;
    }
}
