package com.example.h2store;

import static com.example.h2store.H2Columns.quoted;

import dev.pagurus.store.spi.*;
import java.io.*;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.*;
import java.util.stream.Collectors;

/**
 * A transaction, whose thread holds the write lock, or a snapshot.
 *
 * @param end what is done when it is closed
 */
record H2Session(H2Connection connection, Runnable end) implements EngineSession {

    private static final String COLUMNS = "select id, version, created_at, body";
    private static final int COLUMN_COUNT = 4;

    @Override
    public List<CollectionDefinition> definitions() {
        return H2Catalogue.all(connection);
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        // Whatever the revision is: also an old process may read by id.
        int revision = H2Catalogue.revision(connection, collection);
        String sql = COLUMNS + " from " + H2Columns.table(collection.name(), revision) + " where id = ?";
        List<StoredDocument> documents = new ArrayList<>(ids.size());
        for (String id : ids) {
            documents.addAll(connection.list(H2Session::document, sql, H2Columns.stored(id)));
        }
        return documents;
    }

    @Override
    public Chunk scan(Scan scan) {
        requireRevision(scan.collection());
        String terms = scan.order().stream().map(term -> ", " + quoted(term.field())).collect(Collectors.joining());
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Condition part : scan.parts()) {
            H2Filter filter = new H2Filter(scan.collection(), part);
            String sql = COLUMNS + terms + filter.from() + " order by " + order(scan.order()) + " fetch first "
                    + chunk.limit() + " rows only";
            connection.list(row -> chunk.hasRoom() ? chunk.add(document(row), position(row, scan)) : null, sql, filter.values());
            if (chunk.isFull()) {
                break;
            }
        }
        return chunk.build();
    }

    @Override
    public long count(CollectionDefinition collection, Condition condition) {
        requireRevision(collection);
        H2Filter filter = new H2Filter(collection, condition);
        return connection.first(row -> row.getLong(1), "select count(*)" + filter.from(), filter.values());
    }

    @Override
    public Map<Object, Long> countBy(CollectionDefinition collection, Condition condition, String field) {
        requireRevision(collection);
        H2Filter filter = new H2Filter(collection, condition);
        FieldKind kind = collection.kind(field);
        String column = quoted(field);
        String sql = kind == FieldKind.MANY
                ? "select item, count(*) from " + H2Columns.beside(collection, field) + " where id in (select id"
                        + filter.from() + ") group by item"
                : "select " + column + ", count(*)" + filter.from() + " group by " + column;
        Map<Object, Long> counts = new HashMap<>();
        connection.list(row -> counts.put(H2Columns.read(row, 1, kind), row.getLong(2)) == null, sql, filter.values());
        return counts;
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return writes.stream().map(new H2Writes(connection)::write).toList();
    }

    @Override
    public OptionalLong deleteAll(CollectionDefinition collection, Condition condition) {
        if (H2Catalogue.revision(connection, collection) != collection.revision()) {
            return OptionalLong.empty();
        }
        H2Filter filter = new H2Filter(collection, condition);
        return OptionalLong.of(connection.update("delete" + filter.from(), filter.values()));
    }

    @Override
    public void commit() {
        connection.commit();
    }

    @Override
    public void close() {
        end.run();
    }

    /** The table of an older revision may still be there for a while after it was replaced. */
    private void requireRevision(CollectionDefinition collection) {
        if (H2Catalogue.revision(connection, collection) != collection.revision()) {
            throw SchemaChange.outdated(collection);
        }
    }

    /** Returns the terms of an order or index. Where nulls go is said, for a setting of H2 may change it. */
    static String order(List<Sort> terms) {
        return terms.stream()
                .map(term -> quoted(term.field()) + (term.descending() ? " desc nulls last" : " asc nulls first"))
                .collect(Collectors.joining(", "));
    }

    /** A body is read as a stream: {@code getString} stops at a million characters. */
    private static StoredDocument document(ResultSet row) throws SQLException {
        StringWriter body = new StringWriter();
        try (Reader reader = row.getCharacterStream(COLUMN_COUNT)) {
            reader.transferTo(body);
        } catch (IOException e) {
            throw new SQLException(e);
        }
        String id = (String) H2Columns.read(row, 1, FieldKind.TEXT);
        return new StoredDocument(id, row.getLong(2), row.getLong(3), body.toString());
    }

    private static List<Object> position(ResultSet row, Scan scan) throws SQLException {
        List<Object> position = new ArrayList<>();
        for (Sort term : scan.order()) {
            int column = COLUMN_COUNT + 1 + position.size();
            position.add(H2Columns.read(row, column, scan.collection().kind(term.field())));
        }
        return position;
    }
}
