package dev.pagurus.store.internal;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collections that this process has defined or found, so that asking for one again costs nothing. */
final class Definitions {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Tombstones tombstones;
    private final long maxBodyBytes;
    private final Map<String, Known<?>> known = new ConcurrentHashMap<>();

    /** Whether a call was refused as if one of them were not there any more. */
    private volatile boolean doubted;

    /** A definition that the database has, and what was last made of a schema that has it. One is equal to itself only. */
    private static final class Known<T> {

        private final Schema<T> schema;
        private final Mapping<T> mapping;

        /** When that was known, by {@link System#nanoTime()}. */
        private final long since;

        Known(Schema<T> schema, Mapping<T> mapping, long since) {
            this.schema = schema;
            this.mapping = mapping;
            this.since = since;
        }

        /** Says whether the database has what a definition wants. */
        boolean serves(CollectionDefinition wanted) {
            return mapping.definition().serves(wanted);
        }

        @SuppressWarnings("unchecked") // it was made of this very schema
        <U> @Nullable Mapping<U> madeOf(Schema<U> other) {
            return schema == other ? (Mapping<U>) mapping : null;
        }
    }

    Definitions(StoreEngine engine, StoreAccess access, Tombstones tombstones, long maxBodyBytes) {
        this.engine = engine;
        this.access = access;
        this.tombstones = tombstones;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Has the next definition look whether the collections are still there. Costs nothing now, perhaps in a session. */
    void doubt() {
        doubted = true;
    }

    void forget(String name) {
        known.remove(name);
    }

    /** Forgets what was dropped or renamed by others. One that has a newer revision is known still: its documents are read. */
    private void forgetGone() {
        doubted = false;
        Map<String, CollectionDefinition> stored = new HashMap<>();
        try {
            access.call("definition", engine::definitions).forEach(one -> stored.put(one.name(), one));
        } catch (RuntimeException e) {
            // Nobody has looked.
            doubted = true;
            throw e;
        }
        known.values().removeIf(one -> {
            @Nullable
            CollectionDefinition there = stored.get(one.mapping.definition().name());
            return there == null
                    || !(there.serves(one.mapping.definition())
                            || there.revision() > one.mapping.definition().revision());
        });
    }

    /** Brings the collection to the schema's definition, if this process has not yet. */
    <T> Mapping<T> define(Schema<T> schema) {
        if (doubted) {
            forgetGone();
        }
        @Nullable Known<?> found = find(schema);
        Mapping<T> mapping = mapping(schema, found);
        CollectionDefinition wanted = mapping.definition();
        if (found == null || !found.serves(wanted)) {
            access.call("definition of collection '" + wanted.name() + "'", () -> {
                bring(mapping);
                return wanted;
            });
            known.put(wanted.name(), new Known<>(schema, mapping, System.nanoTime()));
        }
        return mapping;
    }

    /**
     * Looks first, and asks the engine for a change only where there is something to change: so what was there, and is taken
     * away in that moment, is not made anew.
     */
    private <T> void bring(Mapping<T> mapping) {
        CollectionDefinition wanted = mapping.definition();
        mapping.requireUpgrades();
        List<CollectionDefinition> all = engine.definitions();
        @Nullable CollectionDefinition there = stored(all, wanted.name());
        if (there != null && there.serves(wanted)) {
            return;
        }
        if (there == null) {
            tombstones.refuse(wanted, all);
        }
        long filled = new Definition<>(engine, mapping).make();
        @Nullable Seen seen = access.watch().current();
        if (seen != null) {
            seen.rows(filled);
        }
        if (there == null) {
            LOG.info("Made collection '{}' in {}", wanted.name(), engine.info().target());
        }
    }

    /** Returns what is made of a schema, whether the collection is there or not. */
    <T> Mapping<T> mapping(Schema<T> schema) {
        return mapping(schema, find(schema));
    }

    /**
     * Finds the collection in a session, where nothing is ever defined. A session that began before the definition was
     * made may see an older state, in which new fields are not there or not filled: it is asked for its own catalogue. What
     * that does not know of the shape, a later definition records.
     */
    <T> Mapping<T> require(Schema<T> schema, SessionAccess session) {
        session.requireUsable();
        @Nullable Known<?> found = find(schema);
        Mapping<T> mapping = mapping(schema, found);
        CollectionDefinition wanted = mapping.definition();
        if (found != null && found.serves(wanted) && session.beganAfter(found.since)) {
            return mapping;
        }
        CollectionDefinition stored = session.read(reads -> stored(reads.definitions(), wanted.name()));
        if (stored == null) {
            throw new SchemaException(
                    "There is no collection '" + wanted.name() + "' yet, and nothing is defined inside"
                            + " of a transaction or snapshot. Call store.collection(schema) before, at the start of the"
                            + " application for one.");
        }
        if (stored.revision() == wanted.revision() && !stored.hasTablesOf(wanted)) {
            throw SchemaChange.different(stored, wanted);
        }
        SchemaChange change = SchemaChange.between(stored, wanted);
        if (change.kind() != SchemaChange.Kind.NONE && change.kind() != SchemaChange.Kind.SHAPE) {
            throw new SchemaException("Collection '" + wanted.name() + "' is stored at revision " + stored.revision()
                    + ", not yet at " + wanted.revision() + ", and nothing is defined inside of a transaction or"
                    + " snapshot. Call store.collection(schema) before.");
        }
        return mapping;
    }

    private @Nullable Known<?> find(Schema<?> schema) {
        return known.get(Objects.requireNonNull(schema, "schema").name());
    }

    /** Returns what is made of a schema, with the definition that is known if that serves: engines see one instance. */
    private <T> Mapping<T> mapping(Schema<T> schema, @Nullable Known<?> found) {
        if (found == null) {
            return new Mapping<>(schema, maxBodyBytes);
        }
        @Nullable Mapping<T> kept = found.madeOf(schema);
        if (kept != null) {
            return kept;
        }
        Mapping<T> made = new Mapping<>(schema, maxBodyBytes);
        if (!found.serves(made.definition())) {
            return made;
        }
        Mapping<T> mapping = made.with(found.mapping.definition());
        known.replace(schema.name(), found, new Known<>(schema, mapping, found.since));
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
