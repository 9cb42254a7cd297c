package dev.pagurus.store.internal;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The collections that this process has defined or found, so that asking for one again costs nothing. */
final class Definitions {

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /**
     * A definition that the database has.
     *
     * @param since when that was known, by {@link System#nanoTime()}
     */
    private record Known(CollectionDefinition definition, long since) {}

    Definitions(StoreEngine engine, StoreAccess access) {
        this.engine = engine;
        this.access = access;
    }

    /** Brings the collection to the mapping's definition, if this process has not yet. */
    <T> Mapping<T> define(Mapping<T> mapping) {
        CollectionDefinition wanted = mapping.definition();
        @Nullable Known found = known.get(wanted.name());
        if (found == null || !wanted.equals(found.definition())) {
            access.call("definition of collection '" + wanted.name() + "'", () -> {
                new Definition<>(engine, mapping, () -> access.retry("setting aside of documents")).make();
                return wanted;
            });
            known.put(wanted.name(), new Known(wanted, System.nanoTime()));
            return mapping;
        }
        return mapping.with(found.definition());
    }

    /**
     * Finds the collection in a session, where nothing is ever defined. A session that began before the definition was
     * made may see an older state, in which new fields are not there or not filled: it is asked for its own catalogue.
     */
    <T> Mapping<T> require(Mapping<T> mapping, SessionAccess session) {
        session.requireUsable();
        CollectionDefinition wanted = mapping.definition();
        @Nullable Known found = known.get(wanted.name());
        if (found != null && wanted.equals(found.definition()) && session.beganAfter(found.since())) {
            return mapping.with(found.definition());
        }
        CollectionDefinition stored = session.read(reads -> stored(reads.definitions(), wanted.name()));
        if (stored == null) {
            throw new SchemaException(
                    "There is no collection '" + wanted.name() + "' yet, and nothing is defined inside"
                            + " of a transaction or snapshot. Call store.collection(schema) before, at the start of the"
                            + " application for one.");
        }
        SchemaChange change = SchemaChange.between(stored, wanted);
        if (change.kind() != SchemaChange.Kind.NONE) {
            throw new SchemaException("Collection '" + wanted.name() + "' is stored at revision " + stored.revision()
                    + ", not yet at " + wanted.revision() + ", and nothing is defined inside of a transaction or"
                    + " snapshot. Call store.collection(schema) before.");
        }
        return mapping;
    }

    private static @Nullable CollectionDefinition stored(Iterable<CollectionDefinition> definitions, String name) {
        for (CollectionDefinition definition : definitions) {
            if (definition.name().equals(name)) {
                return definition;
            }
        }
        return null;
    }
}
