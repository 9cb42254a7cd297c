package dev.pagurus.store.sqlite.sql;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.DeletedVersions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements of each collection, made when they are first needed, and again for another definition. */
public final class SqliteTables {

    private record Entry(CollectionDefinition definition, SqliteStatements statements) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final DeletedVersions deleted = new DeletedVersions();
    private final SqliteDue due = new SqliteDue();
    private final SqliteSweeps sweeps = new SqliteSweeps();

    /** What this handle has deleted. */
    public DeletedVersions deleted() {
        return deleted;
    }

    /** When this handle looks next for changes to forget. */
    public SqliteDue due() {
        return due;
    }

    /** When this handle looks next for documents that have expired. */
    public SqliteSweeps sweeps() {
        return sweeps;
    }

    public SqliteStatements of(CollectionDefinition collection) {
        Entry entry = entries.get(collection.name());
        if (entry == null || !entry.definition().hasTablesOf(collection)) {
            entry = new Entry(collection, new SqliteStatements(collection));
            entries.put(collection.name(), entry);
        }
        return entry.statements();
    }
}
