package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one write transaction writes down of its changes, if the collection keeps them. There is one writer at a time, so the
 * numbers are in the order of commits. There may be only one of these in a transaction: the first change that it writes down
 * finds in the log what was committed before.
 */
public final class SqliteChangeLog {

    private static final String NUMBER = "(select feed from pagurus_feeds where collection = ?)";

    /** Each feed's newest change is found by one look, which takes a third of a microsecond. */
    static final String LAST = "(select coalesce(max(last), 0) from (select (select max(position) from pagurus_changes"
            + " where feed = f.feed) as last from pagurus_feeds f))";

    private static final String ADD = "insert into pagurus_changes (feed, position, id, version, tag) values (" + NUMBER
            + ", " + LAST + " + 1, ?, ?, random() >> 32)";

    private static final String BEFORE = "select " + NUMBER + ", " + LAST;
    private static final String ADD_AT =
            "insert into pagurus_changes (feed, position, id, version, tag) values (?, ?, ?, ?, random() >> 32)";

    /** How many rows are handed to the driver at a time. */
    private static final int BATCH = 1_000;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteSettings settings;
    private boolean begun;

    /**
     * A change.
     *
     * @param version of the document that was written, or of the one that was deleted
     */
    public record Changed(String id, long version) {}

    public SqliteChangeLog(SqliteConnection connection, SqliteTables tables, SqliteSettings settings) {
        this.connection = connection;
        this.tables = tables;
        this.settings = settings;
    }

    public void add(CollectionDefinition collection, String id, long version) throws SQLException {
        Duration retention = collection.retention();
        if (retention != null) {
            begin(retention);
            add(connection, collection, id, version);
        }
    }

    /** Adds a change of a collection that keeps them, and looks for nothing to forget. */
    public static void add(SqliteConnection connection, CollectionDefinition collection, String id, long version)
            throws SQLException {
        connection.update(ADD, collection.name(), id, version);
    }

    public void addAll(CollectionDefinition collection, List<Changed> changes) throws SQLException {
        Duration retention = collection.retention();
        if (retention == null || changes.isEmpty()) {
            return;
        }
        begin(retention);
        long feed;
        long position;
        try (ResultSet row = connection.query(BEFORE, collection.name())) {
            row.next();
            feed = row.getLong(1);
            position = row.getLong(2);
        }
        for (int from = 0; from < changes.size(); from += BATCH) {
            List<@Nullable Object[]> rows = new ArrayList<>(BATCH);
            for (Changed one : changes.subList(from, Math.min(from + BATCH, changes.size()))) {
                rows.add(new @Nullable Object[] {feed, ++position, one.id(), one.version()});
            }
            connection.updateAll(ADD_AT, rows);
        }
    }

    private void begin(Duration retention) throws SQLException {
        if (!begun) {
            begun = true;
            long now = settings.nowMicros();
            if (tables.due().is(now, retention)) {
                new SqliteForgetting(connection, now).step(tables.due());
            }
        }
    }
}
