package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of documents: what their columns are, and how they are read and added. */
record JdbcRows(JdbcConnection connection, SqlDialect dialect, String columns) {

    private static final int COLUMN_COUNT = 4;

    static JdbcRows of(JdbcConnection connection, SqlDialect dialect) {
        String columns = Stream.of("id", "version", "created_at", "body")
                .map(dialect::quoted)
                .collect(Collectors.joining(", "));
        return new JdbcRows(connection, dialect, columns);
    }

    /** Returns how many rows may be read at once; one that has no room is among them, for it says that more follow. */
    int inMemory(String from, SqlFilter filter, int most, long bytes) {
        if (dialect.streams()) {
            return most;
        }
        long[] left = {bytes};
        int room = connection
                .list(
                        row -> left[0] <= 0 ? null : (left[0] -= row.getLong(1)),
                        "select " + dialect.bodyLength() + from + dialect.first(most),
                        filter.values())
                .size();
        return Math.min(most, room + 1);
    }

    void insert(CollectionDefinition collection, List<StoredRow> rows) {
        List<String> fields =
                collection.fields().stream().map(FieldDefinition::name).toList();
        String marks = "?" + ", ?".repeat(COLUMN_COUNT - 1 + fields.size());
        connection.updateAll(
                "insert into " + dialect.table(collection) + " (" + columns + names(fields) + ") values (" + marks
                        + ")",
                rows.stream().map(this::bound).toList());
        for (FieldDefinition many : collection.manies()) {
            List<Object[]> items = new ArrayList<>();
            for (StoredRow row : rows) {
                for (Object item : (List<?>) Objects.requireNonNull(collection.value(row.values(), many))) {
                    items.add(new Object[] {dialect.bound(row.id()), dialect.bound(item)});
                }
            }
            String into = dialect.beside(collection, many.name()) + " (" + dialect.quoted("id") + ", "
                    + dialect.quoted("item") + ")";
            connection.updateAll("insert into " + into + " values (?, ?)", items);
        }
    }

    /** Returns columns behind others. */
    String names(List<String> fields) {
        return fields.stream().map(field -> ", " + dialect.quoted(field)).collect(Collectors.joining());
    }

    private @Nullable Object[] bound(StoredRow row) {
        List<@Nullable Object> all = new ArrayList<>();
        StoredDocument document = row.document();
        Collections.addAll(all, dialect.bound(document.id()), document.version(), document.createdAt());
        all.add(dialect.boundBody(document.body()));
        row.values().forEach(value -> all.add(value == null ? null : dialect.bound(value)));
        return all.toArray();
    }

    String id(ResultSet row) throws SQLException {
        return (String) Objects.requireNonNull(dialect.read(row, 1, FieldKind.TEXT));
    }

    StoredDocument document(ResultSet row) throws SQLException {
        return new StoredDocument(id(row), row.getLong(2), row.getLong(3), dialect.readBody(row, COLUMN_COUNT));
    }

    /** Reads the columns behind a document. */
    List<@Nullable Object> values(ResultSet row, List<FieldKind> kinds) throws SQLException {
        return values(row, COLUMN_COUNT + 1, kinds);
    }

    /** Reads some columns from one on. */
    List<@Nullable Object> values(ResultSet row, int first, List<FieldKind> kinds) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (FieldKind kind : kinds) {
            values.add(dialect.read(row, first + values.size(), kind));
        }
        return values;
    }
}
