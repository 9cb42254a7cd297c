package dev.pagurus.store.postgres.sql;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.DeletedVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements of each collection, made when they are first needed, and again for another definition. */
public final class PostgresTables {

    private record Entry<S>(CollectionDefinition definition, S statements) {}

    private final PostgresNames names;
    private final boolean givenNow;
    private final Map<String, Entry<PostgresStatements>> entries = new ConcurrentHashMap<>();
    private final Map<String, Entry<PostgresBatchStatements>> ofBatches = new ConcurrentHashMap<>();
    private final DeletedVersions deleted = new DeletedVersions();

    /**
     * Makes none yet.
     *
     * @param givenNow whether there is another clock than the server's
     */
    public PostgresTables(PostgresNames names, boolean givenNow) {
        this.names = names;
        this.givenNow = givenNow;
    }

    private interface Making<S> {
        S make(CollectionDefinition collection, PostgresNames names, boolean givenNow);
    }

    /** What this handle has deleted. */
    public DeletedVersions deleted() {
        return deleted;
    }

    public PostgresStatements of(CollectionDefinition collection) {
        return made(entries, collection, PostgresStatements::new);
    }

    public PostgresBatchStatements ofBatches(CollectionDefinition collection) {
        return made(ofBatches, collection, PostgresBatchStatements::new);
    }

    private <S> S made(Map<String, Entry<S>> entries, CollectionDefinition collection, Making<S> making) {
        Entry<S> entry = entries.get(collection.name());
        if (entry == null || !entry.definition().hasTablesOf(collection)) {
            entry = new Entry<>(collection, making.make(collection, names, givenNow));
            entries.put(collection.name(), entry);
        }
        return entry.statements();
    }
}
