package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads on one connection, in whatever transaction it has. */
public final class SqliteReads {

    private static final int COLUMNS_BEFORE_ORDER = 4;

    private final SqliteConnection connection;
    private final SqliteTables tables;

    public SqliteReads(SqliteConnection connection, SqliteTables tables) {
        this.connection = connection;
        this.tables = tables;
    }

    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) throws SQLException {
        String sql = tables.of(collection).get;
        List<StoredDocument> documents = new ArrayList<>(ids.size());
        for (String id : ids) {
            try (ResultSet row = connection.query(sql, id)) {
                if (row.next()) {
                    documents.add(new StoredDocument(id, row.getLong(1), row.getLong(2), row.getString(3)));
                }
            }
        }
        return documents;
    }

    public Chunk scan(Scan scan) throws SQLException {
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Range range : scan.ranges()) {
            Sql sql = SqliteScans.documents(scan, range, chunk.limit());
            try (ResultSet row = search(scan.collection(), sql)) {
                while (row.next()) {
                    if (!chunk.hasRoom()) {
                        return chunk.build();
                    }
                    StoredDocument document = document(row);
                    // Each value costs two calls of the native library.
                    chunk.add(document, chunk.isLast(document) ? position(row, scan) : List.of());
                }
            }
        }
        if (chunk.isEmpty()) {
            SqliteRevision.require(connection, scan.collection());
        }
        return chunk.build();
    }

    public long count(CollectionDefinition collection, Condition filter) throws SQLException {
        Sql sql = SqliteScans.count(collection, filter);
        try (ResultSet row = search(collection, sql)) {
            row.next();
            if (row.getLong(1) > 0) {
                return row.getLong(1);
            }
        }
        SqliteRevision.require(connection, collection);
        return 0;
    }

    public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field)
            throws SQLException {
        Sql sql = SqliteScans.countBy(collection, filter, field);
        FieldKind kind = collection.kind(field);
        Map<@Nullable Object, Long> counts = new HashMap<>();
        try (ResultSet row = search(collection, sql)) {
            while (row.next()) {
                counts.put(value(row, 1, kind), row.getLong(2));
            }
        }
        if (counts.isEmpty()) {
            SqliteRevision.require(connection, collection);
        }
        return counts;
    }

    /** Runs a statement that looks for documents; what it asks for may be gone, and then the revision says why. */
    private ResultSet search(CollectionDefinition collection, Sql sql) throws SQLException {
        try {
            return connection.query(sql.text(), sql.values());
        } catch (SQLException e) {
            if (SqliteErrors.isMissingColumn(e)) {
                SqliteRevision.require(connection, collection);
            }
            throw e;
        }
    }

    static StoredDocument document(ResultSet row) throws SQLException {
        return new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4));
    }

    private static List<@Nullable Object> position(ResultSet row, Scan scan) throws SQLException {
        List<@Nullable Object> position = new ArrayList<>(scan.order().size());
        int column = COLUMNS_BEFORE_ORDER;
        for (Sort term : scan.order()) {
            position.add(value(row, ++column, scan.collection().kind(term.field())));
        }
        return position;
    }

    static @Nullable Object value(ResultSet row, int column, FieldKind kind) throws SQLException {
        Object value = switch (kind) {
            case TEXT, MANY -> row.getString(column);
            case LONG, INSTANT -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getInt(column) != 0;
        };
        return row.wasNull() ? null : value;
    }
}
