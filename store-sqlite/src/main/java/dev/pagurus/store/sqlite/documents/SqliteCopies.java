package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.sqlite.changes.SqliteChangeLog;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whole rows of a collection, out of one store and into another one. */
public final class SqliteCopies {

    private static final int COLUMNS_BEFORE_FIELDS = 4;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteChangeLog log;
    private final LongSupplier began;

    /**
     * Makes one that notes what it loads in the log of changes that its transaction has.
     *
     * @param began by which time it is judged what has expired
     */
    public SqliteCopies(SqliteConnection connection, SqliteTables tables, SqliteChangeLog log, LongSupplier began) {
        this.connection = connection;
        this.tables = tables;
        this.log = log;
        this.began = began;
    }

    public List<StoredRow> rows(CollectionDefinition collection, String after) throws SQLException {
        SqliteStatements sql = tables.of(collection);
        SqliteRevision.require(connection, collection);
        List<StoredRow> rows = new ArrayList<>();
        long size = 0;
        try (ResultSet row = connection.query(sql.rows, at(collection, after))) {
            while (size < Scan.CHUNK_BYTES && row.next()) {
                StoredDocument document = SqliteReads.document(row);
                rows.add(new StoredRow(document, fields(row, collection)));
                size += document.body().length();
            }
        }
        return rows;
    }

    public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) throws SQLException {
        SqliteStatements sql = tables.of(collection);
        SqliteRevision.require(connection, collection);
        List<StoredRow> rows = new ArrayList<>();
        for (String id : ids) {
            try (ResultSet row = connection.query(sql.row, at(collection, id))) {
                if (row.next()) {
                    rows.add(new StoredRow(SqliteReads.document(row), fields(row, collection)));
                }
            }
        }
        return rows;
    }

    private List<Object> at(CollectionDefinition collection, String id) {
        return collection.expiry() == null ? List.of(id) : List.of(id, began.getAsLong());
    }

    private static List<@Nullable Object> fields(ResultSet row, CollectionDefinition collection) throws SQLException {
        List<@Nullable Object> fields = new ArrayList<>(collection.fields().size());
        int column = COLUMNS_BEFORE_FIELDS;
        for (FieldDefinition field : collection.fields()) {
            fields.add(SqliteReads.field(row, ++column, field.kind()));
        }
        return fields;
    }

    public void load(CollectionDefinition collection, List<StoredRow> rows) throws SQLException {
        SqliteRevision.require(connection, collection);
        SqliteNewRows added = new SqliteNewRows(connection);
        for (StoredRow row : rows) {
            StoredDocument document = row.document();
            added.add(document.id(), document.version(), document.createdAt(), row.values(), document.body());
        }
        added.insert(tables.of(collection).load);
        log.addAll(
                collection,
                rows.stream()
                        .map(row -> new SqliteChangeLog.Changed(
                                row.id(), row.document().version()))
                        .toList());
    }
}
