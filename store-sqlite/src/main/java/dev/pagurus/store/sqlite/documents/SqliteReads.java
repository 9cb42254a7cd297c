package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.GroupFold;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import dev.pagurus.store.sqlite.sql.SqliteTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads on one connection, in whatever transaction it has. */
public final class SqliteReads {

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
        Chunk chunk = run(SqliteSearch.ofDocuments(sql -> search(collection, sql), scan));
        if (chunk.documents().isEmpty()) {
            SqliteRevision.require(connection, collection);
        }
        return chunk;
    }

    public RowChunk select(Scan scan, List<String> fields) throws SQLException {
        CollectionDefinition collection = scan.collection();
        RowChunk chunk = run(SqliteSearch.ofRows(sql -> search(collection, sql), scan, fields));
        if (chunk.rows().isEmpty()) {
            SqliteRevision.require(connection, collection);
        }
        return chunk;
    }

    private static <C> C run(SqliteSearch<C> search) throws SQLException {
        try {
            return search.run();
        } catch (SQLException e) {
            if (!SqliteErrors.isMissingIndex(e)) {
                throw e;
            }
            return search.plain();
        }
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

    public List<Group> groups(Grouping grouping) throws SQLException {
        CollectionDefinition collection = grouping.collection();
        List<Group> groups = SqliteGroups.of(grouping).read(sql -> search(collection, sql));
        if (!groups.isEmpty()) {
            return groups;
        }
        SqliteRevision.require(connection, collection);
        return new GroupFold(grouping).groups();
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

    static StoredDocument document(ResultSet row) throws SQLException {
        return new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4));
    }

    /** Returns the values of the order's terms, which stand behind a column. */
    static List<@Nullable Object> position(ResultSet row, int behind, Scan scan) throws SQLException {
        List<@Nullable Object> position = new ArrayList<>(scan.order().size());
        int column = behind;
        for (Sort term : scan.order()) {
            position.add(value(row, ++column, scan.collection().kind(term.field())));
        }
        return position;
    }

    /** A field's value as it crosses the SPI: all of a many-field's. */
    static @Nullable Object field(ResultSet row, int column, FieldKind kind) throws SQLException {
        return kind.isMany() ? SqliteTexts.list(row.getString(column)) : value(row, column, kind);
    }

    static @Nullable Object value(ResultSet row, int column, FieldKind kind) throws SQLException {
        Object value = switch (kind) {
            case TEXT, MANY, WORDS, ACCENTED_WORDS -> row.getString(column);
            case LONG, INSTANT -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getInt(column) != 0;
        };
        return row.wasNull() ? null : value;
    }
}
