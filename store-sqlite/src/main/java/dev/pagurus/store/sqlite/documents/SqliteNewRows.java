package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New rows of one collection, which are added in as few calls of the driver as there are tables. */
final class SqliteNewRows {

    private final SqliteConnection connection;
    private final SqliteStatements sql;
    private final List<FieldDefinition> fields;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    SqliteNewRows(SqliteConnection connection, SqliteStatements sql, List<FieldDefinition> fields) {
        this.connection = connection;
        this.sql = sql;
        this.fields = fields;
    }

    void add(String id, long version, long createdAt, List<@Nullable Object> fieldValues, String body) {
        List<@Nullable Object> row = new ArrayList<>(fieldValues.size() + 4);
        row.add(id);
        row.add(version);
        row.add(createdAt);
        SqliteWrites.addScalars(fields, fieldValues, row);
        row.add(body);
        rows.add(row.toArray());
        ids.add(id);
        values.add(fieldValues);
    }

    /** Runs the statement for each row, and returns whether it added 1 or 0; then adds the many-fields of those that it added. */
    int[] insert(String statement) throws SQLException {
        int[] added = connection.updateAll(statement, rows);
        for (SqliteStatements.Many many : sql.manies) {
            List<@Nullable Object[]> texts = new ArrayList<>();
            for (int i = 0; i < added.length; i++) {
                if (added[i] == 1 && values.get(i).get(many.position()) instanceof List<?> list) {
                    for (Object text : list) {
                        texts.add(new @Nullable Object[] {ids.get(i), text});
                    }
                }
            }
            connection.updateAll(many.insert(), texts);
        }
        return added;
    }
}
