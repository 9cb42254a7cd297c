package dev.pagurus.store.tck.reference;

import dev.pagurus.store.spi.CollectionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All collections at one moment. What others can see is never changed: who writes makes a {@linkplain #draft draft}, which
 * copies a collection when it is first changed, and puts it in the place of the old state when it is done.
 */
public final class State {

    private final Map<String, Table> tables;
    private final Set<String> copied = new HashSet<>();
    private Map<String, Long> deleted = Map.of();
    private LongSupplier now = () -> Long.MIN_VALUE;
    private ChangeLog log;
    private boolean logCopied;

    /**
     * A collection.
     *
     * @param definition what the catalogue holds
     * @param rows its documents by id; whoever orders them compares them by the contract's rules
     */
    public record Table(CollectionDefinition definition, NavigableMap<String, Row> rows) {}

    /** Makes the state of an empty database. */
    public State() {
        this(new TreeMap<>(), new ChangeLog());
    }

    private State(Map<String, Table> tables, ChangeLog log) {
        this.tables = tables;
        this.log = log;
    }

    /** Returns a copy to change. */
    public State draft() {
        return new State(new TreeMap<>(tables), log);
    }

    /** Has this draft be judged by a clock, and returns it; nothing has expired before. */
    public State judgedBy(LongSupplier clock) {
        now = clock;
        return this;
    }

    /** Says whether a document has expired, as a definition says. */
    public boolean isExpired(CollectionDefinition collection, Row row) {
        return collection.expiry() != null && collection.isExpired(row.values(), now.getAsLong());
    }

    /** Returns the definitions of all collections, in order of name. */
    public List<CollectionDefinition> definitions() {
        List<CollectionDefinition> definitions = new ArrayList<>();
        tables.values().forEach(table -> definitions.add(table.definition()));
        return definitions;
    }

    /** Returns a collection to read from; null if there is none. */
    public @Nullable Table table(String name) {
        return tables.get(name);
    }

    /** Returns a collection of this draft to change. */
    public Table changing(Table table) {
        String name = table.definition().name();
        if (copied.add(name)) {
            tables.put(name, new Table(table.definition(), new TreeMap<>(table.rows())));
        }
        return tables.getOrDefault(name, table);
    }

    /** Returns the changes of all collections that keep them. */
    public ChangeLog log() {
        return log;
    }

    /** Returns the changes, to add some in this draft. */
    public ChangeLog changingLog() {
        if (!logCopied) {
            log = log.copy();
            logCopied = true;
        }
        return log;
    }

    /** Says what was deleted before the next write in this draft: the greatest version of each collection. */
    public void afterDeleting(Map<String, Long> versions) {
        deleted = versions;
    }

    /** Says that one more was deleted. */
    public void deletedToo(String collection, long version) {
        deleted = new HashMap<>(deleted);
        deleted.merge(collection, version, Math::max);
    }

    /** Returns the least version that a document may have which is created in this draft. */
    public long leastNewVersion(String collection) {
        Long version = deleted.get(collection);
        return version == null ? Long.MIN_VALUE : version + 1;
    }

    /** Takes a collection out of this draft. */
    public void remove(String name) {
        tables.remove(name);
        copied.remove(name);
    }

    /** Puts a collection into this draft, in the place of one with this name. */
    public void put(Table table) {
        tables.put(table.definition().name(), table);
        copied.add(table.definition().name());
    }
}
