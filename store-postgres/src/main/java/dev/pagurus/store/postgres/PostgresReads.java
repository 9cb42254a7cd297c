package dev.pagurus.store.postgres;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads, each call one statement, run wherever its runner runs it. */
final class PostgresReads {

    private static final int COLUMNS_BEFORE_ORDER = 3;

    private final PostgresTables tables;
    private final PostgresScans scans;

    PostgresReads(PostgresTables tables, PostgresNames names) {
        this.tables = tables;
        this.scans = new PostgresScans(names);
    }

    /** Runs a statement: alone, or in an open transaction. */
    interface Runner {
        <R> R query(String sql, List<?> parameters, PostgresConnection.Rows<R> rows) throws SQLException;
    }

    List<StoredDocument> get(Runner runner, CollectionDefinition collection, List<String> ids) throws SQLException {
        PostgresStatements sql = tables.of(collection);
        // With one value instead of an array of one the server need not make a plan for each array.
        return ids.size() == 1
                ? runner.query(sql.get, ids, PostgresReads::documents)
                : runner.query(sql.getMany, List.of((Object) ids.toArray(String[]::new)), PostgresReads::documents);
    }

    private static List<StoredDocument> documents(ResultSet rows) throws SQLException {
        List<StoredDocument> documents = new ArrayList<>();
        while (rows.next()) {
            documents.add(new StoredDocument(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4)));
        }
        return documents;
    }

    Chunk scan(Runner runner, Scan scan) throws SQLException {
        Sql sql = scans.documents(scan);
        return runner.query(sql.text(), sql.values(), rows -> chunk(rows, scan));
    }

    long count(Runner runner, CollectionDefinition collection, Condition filter) throws SQLException {
        Sql sql = scans.count(collection, filter);
        return runner.query(sql.text(), sql.values(), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    Map<@Nullable Object, Long> countBy(Runner runner, CollectionDefinition collection, Condition filter, String field)
            throws SQLException {
        Sql sql = scans.countBy(collection, filter, field);
        FieldKind kind = collection.kind(field);
        return runner.query(sql.text(), sql.values(), rows -> {
            Map<@Nullable Object, Long> counts = new HashMap<>();
            while (rows.next()) {
                counts.put(value(rows, 1, kind), rows.getLong(2));
            }
            return counts;
        });
    }

    private static Chunk chunk(ResultSet rows, Scan scan) throws SQLException {
        List<StoredDocument> documents = new ArrayList<>();
        @Nullable List<@Nullable Object> last = null;
        List<FieldKind> kinds = scan.order().stream()
                .map(term -> scan.collection().kind(term.field()))
                .toList();
        int bodyColumn = COLUMNS_BEFORE_ORDER + kinds.size() + 1;
        while (rows.next()) {
            String body = rows.getString(bodyColumn);
            if (body == null || documents.size() == scan.maxDocuments()) {
                return new Chunk(documents, last);
            }
            documents.add(new StoredDocument(rows.getString(1), rows.getLong(2), rows.getLong(3), body));
            last = new ArrayList<>();
            int column = COLUMNS_BEFORE_ORDER;
            for (FieldKind kind : kinds) {
                last.add(value(rows, ++column, kind));
            }
        }
        return new Chunk(documents, null);
    }

    static @Nullable Object value(ResultSet row, int column, FieldKind kind) throws SQLException {
        Object value = switch (kind) {
            case TEXT, MANY -> row.getString(column);
            case LONG, INSTANT -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getBoolean(column);
        };
        return row.wasNull() ? null : value;
    }
}
