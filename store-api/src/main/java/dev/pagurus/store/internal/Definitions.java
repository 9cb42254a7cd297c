package dev.pagurus.store.internal;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The collections that this process has defined or found, so that asking for one again costs nothing. */
final class Definitions {

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Whether a call was refused as if one of them were not there any more. */
    private volatile boolean doubted;

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

    /** Has the next definition look whether the collections are still there. Costs nothing now, perhaps in a session. */
    void doubt() {
        doubted = true;
    }

    boolean knows(String name) {
        return known.containsKey(name);
    }

    void forget(String name) {
        known.remove(name);
    }

    /** Forgets what was dropped or renamed by others. One that has a newer revision is known still: its documents are read. */
    private void forgetGone() {
        doubted = false;
        Map<String, CollectionDefinition> stored = new HashMap<>();
        access.call("definition", engine::definitions).forEach(one -> stored.put(one.name(), one));
        known.values().removeIf(one -> {
            @Nullable CollectionDefinition there = stored.get(one.definition().name());
            return there == null
                    || !(there.equals(one.definition())
                            || there.revision() > one.definition().revision());
        });
    }

    /** Brings the collection to the mapping's definition, if this process has not yet. */
    <T> Mapping<T> define(Mapping<T> mapping) {
        if (doubted) {
            forgetGone();
        }
        CollectionDefinition wanted = mapping.definition();
        @Nullable Known found = known.get(wanted.name());
        if (found == null || !wanted.equals(found.definition())) {
            access.call("definition of collection '" + wanted.name() + "'", () -> {
                engine.define(wanted, mapping::fill);
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
