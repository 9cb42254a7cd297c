package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.sqlite.connect.SqliteConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New rows of one collection, which are added in one call of the driver. */
final class SqliteNewRows {

    private final SqliteConnection connection;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    SqliteNewRows(SqliteConnection connection) {
        this.connection = connection;
    }

    void add(String id, long version, long createdAt, List<@Nullable Object> fieldValues, String body) {
        List<@Nullable Object> row = new ArrayList<>(fieldValues.size() + 4);
        row.add(id);
        row.add(version);
        row.add(createdAt);
        SqliteWrites.addFields(fieldValues, row);
        row.add(body);
        rows.add(row.toArray());
    }

    /** Runs the statement for each row, and returns whether it added 1 or 0. */
    int[] insert(String statement) throws SQLException {
        return connection.updateAll(statement, rows);
    }
}
