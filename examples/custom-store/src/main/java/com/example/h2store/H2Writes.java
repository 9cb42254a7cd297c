package com.example.h2store;

import static com.example.h2store.H2Columns.stored;
import static com.example.h2store.H2Columns.table;

import dev.pagurus.store.spi.*;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Does writes in the transaction of the one who holds the write lock: what it finds stays so until it writes. */
record H2Writes(H2Connection connection) {

    /** A unique index, and the document that has the values there. */
    record Taken(IndexDefinition index, String id) {}

    WriteOutcome write(Write write) {
        CollectionDefinition collection = write.collection();
        int revision = H2Catalogue.revision(connection, collection);
        if (revision != collection.revision()) {
            return new WriteOutcome.StaleRevision(revision == 0 ? null : (Integer) revision);
        }
        StoredDocument found = connection.first(
                row -> new StoredDocument(write.id(), row.getLong(1), row.getLong(2), ""),
                "select version, created_at from " + table(collection) + " where id = ?",
                stored(write.id()));
        WriteOutcome refusal = write.refusal(found == null ? null : (Long) found.version());
        if (refusal != null) {
            return refusal;
        }
        if (!(write.content() instanceof Content.Body body)) {
            delete(collection, write.id());
            return new WriteOutcome.Deleted();
        }
        Taken taken = taken(collection, write.id(), body.values());
        if (taken != null) {
            return new WriteOutcome.UniqueViolation(taken.index().name());
        }
        StoredDocument document = write.document(found, body, connection.nowMicros());
        delete(collection, write.id());
        insert(collection, document, body.values());
        return new WriteOutcome.Written(document.version(), document.createdAt());
    }

    /** Finds the first unique index in which another document has these values; null if there is none. */
    Taken taken(CollectionDefinition collection, String id, List<Object> values) {
        for (IndexDefinition index : collection.indexes()) {
            Condition collision = collection.collision(index, id, values);
            if (collision != null) {
                H2Filter filter = new H2Filter(collection, collision);
                Taken taken = connection.first(
                        row -> new Taken(index, (String) H2Columns.read(row, 1, FieldKind.TEXT)),
                        "select id" + filter.from(),
                        filter.values());
                if (taken != null) {
                    return taken;
                }
            }
        }
        return null;
    }

    /** Adds a document as it is, with its many-fields. */
    void insert(CollectionDefinition collection, StoredDocument document, List<Object> values) {
        Object id = stored(document.id());
        Object body = new StringReader(document.body());
        List<Object> row = new ArrayList<>(List.of(id, document.version(), document.createdAt(), body));
        collection.scalars().forEach(field -> row.add(stored(collection.value(values, field))));
        String marks = "?" + ", ?".repeat(row.size() - 1);
        connection.update("insert into " + table(collection) + " values (" + marks + ")", row.toArray());
        for (FieldDefinition many : collection.manies()) {
            for (Object item : (List<?>) collection.value(values, many)) {
                String table = H2Columns.beside(collection, many.name());
                connection.update("insert into " + table + " values (?, ?)", id, stored(item));
            }
        }
    }

    /** The rows of many-fields go with it. */
    private void delete(CollectionDefinition collection, String id) {
        connection.update("delete from " + table(collection) + " where id = ?", stored(id));
    }
}
