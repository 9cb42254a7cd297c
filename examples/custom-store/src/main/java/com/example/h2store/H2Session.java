package com.example.h2store;

import static com.example.h2store.H2Columns.*;

import com.example.h2store.H2Connection.Row;
import dev.pagurus.store.spi.*;
import java.io.StringReader;
import java.sql.*;
import java.time.Clock;
import java.util.*;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A transaction, whose thread holds the write lock, or a snapshot. The end is what is done when it is closed. */
record H2Session(H2Connection connection, DeletedVersions deleted, Runnable end) implements EngineSession {

    private static final String COLUMNS = "select id, version, created_at, body";
    private static final int COLUMN_COUNT = 4;

    @Override
    public List<CollectionDefinition> definitions() {
        String sql = "select definition from collections order by name";
        return connection.list(row -> CollectionDefinition.parse(row.getString(1)), sql);
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        // Whatever the revision is: also an old process may read by id.
        Integer revision = revision(collection);
        if (revision == null) {
            throw SchemaChange.gone(collection);
        }
        String table = quoted(collection.name() + "$r" + revision);
        String sql = COLUMNS + " from " + table + " where id in " + marks(ids.size());
        return connection.list(H2Session::document, sql, ids.toArray());
    }

    @Override
    public Chunk scan(Scan scan) {
        String terms = scan.order().stream().map(term -> ", " + quoted(term.field())).collect(Collectors.joining());
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Condition part : scan.parts()) {
            H2Filter filter = new H2Filter(current(scan.collection()), part);
            String sql = COLUMNS + terms + filter.from + " order by " + order(scan.order()) + " fetch first "
                    + chunk.limit() + " rows only";
            Row<Chunk.Builder> add = row -> chunk.hasRoom() ? chunk.add(document(row), values(row, scan.order())) : null;
            connection.list(add, sql, filter.values());
            if (chunk.isFull()) {
                break;
            }
        }
        return chunk.build();
    }

    @Override
    public long count(CollectionDefinition collection, Condition condition) {
        H2Filter filter = new H2Filter(current(collection), condition);
        return connection.first(row -> row.getLong(1), "select count(*)" + filter.from, filter.values());
    }

    @Override
    public Map<Object, Long> countBy(CollectionDefinition collection, Condition condition, String field) {
        H2Filter filter = new H2Filter(current(collection), condition);
        boolean many = collection.kind(field) == FieldKind.MANY;
        String column = many ? "item" : quoted(field);
        String from = many ? " from " + beside(collection, field) + " one where exists (select 1" + filter.from + " and doc.id = one.id)" : filter.from;
        String sql = "select " + column + ", count(*)" + from + " group by " + column;
        Map<Object, Long> counts = new HashMap<>();
        connection.list(row -> counts.put(read(row, 1), row.getLong(2)) == null, sql, filter.values());
        return counts;
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return writes.stream().map(this::write).toList();
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition condition) {
        H2Filter filter = new H2Filter(current(collection), condition);
        rememberVersions(collection, filter);
        return connection.update("delete" + filter.from, filter.values());
    }

    /** Remembers the version of a document that goes. */
    void rememberVersion(CollectionDefinition collection, long version) {
        deleted.add(collection, version);
    }

    /** Remembers the versions of all documents that are about to go. */
    void rememberVersions(CollectionDefinition collection) {
        rememberVersions(collection, new H2Filter(collection, Condition.EVERYTHING));
    }

    private void rememberVersions(CollectionDefinition collection, H2Filter filter) {
        Row<Long> version = row -> (Long) row.getObject(1);
        connection.list(version, "select max(version)" + filter.from, filter.values())
                .forEach(greatest -> deleted.add(collection, greatest));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        H2Filter filter = new H2Filter(current(collection), new Condition.Compare("id", Condition.Operator.GT, after));
        String sql = "select *" + filter.from + " order by id fetch first " + StoredRow.CHUNK + " rows only";
        AtomicLong size = new AtomicLong();
        Row<StoredRow> next = row -> size.getAndAdd(row.getClob(COLUMN_COUNT).length()) < Scan.CHUNK_BYTES
                ? new StoredRow(document(row), values(row, collection.fields()))
                : null;
        return connection.list(next, sql, filter.values());
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> rows) {
        CollectionDefinition table = current(collection);
        rows.forEach(row -> insert(table, row.document(), row.values()));
    }

    @Override
    public void commit() {
        connection.commit();
    }

    @Override
    public void close() {
        end.run();
    }

    /** Looks first and writes then: under the write lock, what it finds stays so. */
    private WriteOutcome write(Write write) {
        CollectionDefinition collection = write.collection();
        Integer revision = revision(collection);
        if (!Objects.equals(revision, collection.revision())) {
            return new WriteOutcome.StaleRevision(revision);
        }
        String where = " from " + table(collection) + " where id = ?";
        Row<StoredDocument> withoutBody = row -> new StoredDocument(write.id(), row.getLong(1), row.getLong(2), "");
        StoredDocument found = connection.first(withoutBody, "select version, created_at" + where, write.id());
        WriteOutcome refusal = write.refusal(found);
        if (refusal != null) {
            return refusal;
        }
        if (!(write.content() instanceof Content.Body body)) {
            connection.update("delete" + where, write.id());
            deleted.add(collection, found.version());
            return new WriteOutcome.Deleted();
        }
        for (IndexDefinition index : collection.indexes()) {
            if (other(collection, index, write.id(), body.values()) != null) {
                return new WriteOutcome.UniqueViolation(index.name());
            }
        }
        Clock clock = Objects.requireNonNullElse(connection.config().clock(), Clock.systemUTC());
        StoredDocument document = write.document(found, body, Micros.now(clock), deleted);
        // The rows of many-fields go with it.
        connection.update("delete" + where, write.id());
        insert(collection, document, body.values());
        return new WriteOutcome.Written(document.version(), document.createdAt());
    }

    /** Finds another document that has these values in an index; null if there is none, or none is forbidden. */
    String other(CollectionDefinition collection, IndexDefinition index, String id, List<Object> values) {
        Condition collision = collection.collision(index, id, values);
        if (collision == null) {
            return null;
        }
        H2Filter filter = new H2Filter(collection, collision);
        return connection.first(row -> row.getString(1), "select id" + filter.from, filter.values());
    }

    /** Adds a document as it is, with its many-fields. */
    void insert(CollectionDefinition collection, StoredDocument document, List<Object> values) {
        // H2 takes a String for a varchar, which ends at a million characters.
        Object body = new StringReader(document.body());
        List<Object> row = new ArrayList<>(List.of(document.id(), document.version(), document.createdAt(), body));
        row.addAll(values);
        connection.update("insert into " + table(collection) + " values " + marks(row.size()), row.toArray());
        for (FieldDefinition many : collection.manies()) {
            String sql = "insert into " + beside(collection, many.name()) + " values (?, ?)";
            ((List<?>) collection.value(values, many)).forEach(item -> connection.update(sql, document.id(), item));
        }
    }

    /** Returns the revision that the catalogue has of a collection; null if it has none. */
    private Integer revision(CollectionDefinition collection) {
        String sql = "select revision from collections where name = utf8tostring(?)";
        return connection.first(row -> row.getInt(1), sql, collection.name());
    }

    /** Refuses an older revision, whose table may still be there for a while after it was replaced. */
    private CollectionDefinition current(CollectionDefinition collection) {
        Integer revision = revision(collection);
        if (!Objects.equals(revision, collection.revision())) {
            throw revision == null ? SchemaChange.gone(collection) : SchemaChange.outdated(collection);
        }
        return collection;
    }

    /** {@code getString} of a body would end at a million characters. */
    private static StoredDocument document(ResultSet row) throws SQLException {
        String body = row.getClob(COLUMN_COUNT).getSubString(1, Integer.MAX_VALUE);
        return new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), body);
    }

    /** Reads the columns behind a document. */
    private static List<Object> values(ResultSet row, List<?> columns) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
            values.add(read(row, COLUMN_COUNT + i));
        }
        return values;
    }
}
