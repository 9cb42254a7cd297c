package dev.pagurus.store.postgres.sql;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.DeletedVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements of each collection, made when they are first needed, and again for another definition. */
public final class PostgresTables {

    private record Entry(
            CollectionDefinition definition, PostgresStatements statements, PostgresBatchStatements ofBatches) {}

    private final PostgresNames names;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final DeletedVersions deleted = new DeletedVersions();

    public PostgresTables(PostgresNames names) {
        this.names = names;
    }

    /** What this handle has deleted. */
    public DeletedVersions deleted() {
        return deleted;
    }

    public PostgresStatements of(CollectionDefinition collection) {
        return entry(collection).statements();
    }

    public PostgresBatchStatements ofBatches(CollectionDefinition collection) {
        return entry(collection).ofBatches();
    }

    private Entry entry(CollectionDefinition collection) {
        Entry entry = entries.get(collection.name());
        if (entry == null || !entry.definition().equals(collection)) {
            entry = new Entry(
                    collection,
                    new PostgresStatements(collection, names),
                    new PostgresBatchStatements(collection, names));
            entries.put(collection.name(), entry);
        }
        return entry;
    }
}
