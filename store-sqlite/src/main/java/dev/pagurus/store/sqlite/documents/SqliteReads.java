package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads on one connection, in whatever transaction it has. */
public final class SqliteReads {

    /** Which column is the body; the values of the order's terms are behind it. */
    static final int BODY = 4;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final LongSupplier now;

    /**
     * Makes one.
     *
     * @param now by which time it is judged what has expired
     */
    public SqliteReads(SqliteConnection connection, SqliteTables tables, LongSupplier now) {
        this.connection = connection;
        this.tables = tables;
        this.now = now;
    }

    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) throws SQLException {
        String sql = tables.of(collection).get;
        if (collection.expiry() != null) {
            return getUnexpired(collection, sql, ids);
        }
        List<StoredDocument> documents = new ArrayList<>(ids.size());
        for (String id : ids) {
            try (ResultSet row = search(collection, sql, id)) {
                if (row.next()) {
                    documents.add(new StoredDocument(id, row.getLong(1), row.getLong(2), row.getString(3)));
                }
            }
        }
        return documents;
    }

    /** Where a newer revision has no such field, documents do not expire by it. */
    private List<StoredDocument> getUnexpired(CollectionDefinition collection, String sql, List<String> ids)
            throws SQLException {
        List<StoredDocument> documents = new ArrayList<>(ids.size());
        long at = now.getAsLong();
        for (String id : ids) {
            try (ResultSet row = connection.query(sql, id, at)) {
                if (row.next()) {
                    documents.add(new StoredDocument(id, row.getLong(1), row.getLong(2), row.getString(3)));
                }
            } catch (SQLException e) {
                if (SqliteErrors.isMissingColumn(e)) {
                    return get(collection.withoutExpiry(), ids);
                }
                throw e;
            }
        }
        return documents;
    }

    public Chunk scan(Scan scan) throws SQLException {
        CollectionDefinition collection = scan.collection();
        SqliteSearch search = new SqliteSearch(sql -> search(collection, sql), SqlitePlan.of(scan));
        Chunk chunk;
        try {
            chunk = search.run();
        } catch (SQLException e) {
            if (!SqliteErrors.isMissingIndex(e)) {
                throw e;
            }
            chunk = search.plain();
        }
        if (chunk.documents().isEmpty()) {
            SqliteRevision.require(connection, collection);
        }
        return chunk;
    }

    /** Says how a scan finds its documents now. */
    public ScanPlan explain(Scan scan) throws SQLException {
        SqliteRevision.require(connection, scan.collection());
        return new SqliteExplaining(sql -> search(scan.collection(), sql), scan).explain();
    }

    public long count(CollectionDefinition collection, Condition filter) throws SQLException {
        SqliteMatches matches = SqliteMatches.of(collection, filter);
        try (ResultSet row = matches.count(sql -> search(collection, sql))) {
            if (row.next() && row.getLong(1) > 0) {
                return row.getLong(1);
            }
        }
        SqliteRevision.require(connection, collection);
        return 0;
    }

    public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field)
            throws SQLException {
        SqliteMatches matches = SqliteMatches.of(collection, filter);
        FieldKind kind = collection.kind(field);
        Map<@Nullable Object, Long> counts = new HashMap<>();
        try (ResultSet row = matches.run(sql -> search(collection, sql), path -> matches.countBy(field, path))) {
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
        return search(collection, sql.text(), sql.values(now).toArray());
    }

    private ResultSet search(CollectionDefinition collection, String sql, Object... parameters) throws SQLException {
        try {
            return connection.query(sql, parameters);
        } catch (SQLException e) {
            if (SqliteErrors.isMissingColumn(e) || SqliteErrors.isMissingIndex(e)) {
                SqliteRevision.require(connection, collection);
            }
            throw e;
        }
    }

    /** Adds a document, with the values of the order's terms that stand behind its body in the row. */
    static void add(Chunk.Builder chunk, StoredDocument document, ResultSet row, Scan scan) throws SQLException {
        // Each value costs two calls of the native library.
        chunk.add(document, chunk.isLast(document) ? position(row, scan) : List.of());
    }

    static StoredDocument document(ResultSet row) throws SQLException {
        return new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4));
    }

    private static List<@Nullable Object> position(ResultSet row, Scan scan) throws SQLException {
        List<@Nullable Object> position = new ArrayList<>(scan.order().size());
        int column = BODY;
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
