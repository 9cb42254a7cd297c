package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which collections keep their changes; each has a life, by which positions from before it are told from its own. */
public final class SqliteFeeds {

    private static final String BEGIN = "insert into pagurus_feeds (collection, life) values (?, random())";
    private static final String END = "delete from pagurus_feeds where collection = ? returning feed";
    private static final String FORGET = "delete from pagurus_changes where feed = ?";
    private static final String RENAME = "update pagurus_feeds set collection = ? where collection = ?";

    /** The numbers behind the newest that is left are given once more, and what gets them then is no older than that. */
    private static final String LOWER_MARKS =
            "update pagurus_change_marks set position = min(position, " + SqliteChangeLog.LAST + ")";

    private SqliteFeeds() {}

    /** Begins or ends what a collection keeps when it comes to another definition; another retention alone changes nothing. */
    public static void settle(
            SqliteConnection connection, @Nullable CollectionDefinition stored, CollectionDefinition wanted)
            throws SQLException {
        boolean kept = stored != null && stored.retention() != null;
        boolean keeps = wanted.retention() != null;
        if (kept && keeps) {
            return;
        }
        // Also where none was stored: a release that knows no changes may have written the catalogue anew.
        end(connection, wanted.name());
        if (keeps) {
            connection.update(BEGIN, wanted.name());
        }
    }

    /** Forgets all changes of a collection, if it has kept any. */
    public static void end(SqliteConnection connection, String collection) throws SQLException {
        long feed;
        try (ResultSet row = connection.query(END, collection)) {
            if (!row.next()) {
                return;
            }
            feed = row.getLong(1);
        }
        connection.update(FORGET, feed);
        connection.update(LOWER_MARKS);
    }

    /** Has the changes of a collection be known by another name. */
    public static void rename(SqliteConnection connection, String name, String newName) throws SQLException {
        end(connection, newName);
        connection.update(RENAME, newName, name);
    }
}
