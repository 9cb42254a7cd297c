package dev.pagurus.store.internal;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes collections away, or their names, if it is not known that somebody uses them. */
final class Removing {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Definitions definitions;
    private final Steps steps;

    /** The greatest revision at which each collection was handed out by this store. */
    private final Map<String, Integer> inUse = new ConcurrentHashMap<>();

    Removing(StoreEngine engine, StoreAccess access, Definitions definitions, Steps steps) {
        this.engine = engine;
        this.access = access;
        this.definitions = definitions;
        this.steps = steps;
    }

    /** Notes that a collection was handed out. */
    void used(CollectionDefinition collection) {
        Integer before = inUse.get(collection.name());
        if (before == null || before < collection.revision()) {
            inUse.merge(collection.name(), collection.revision(), Math::max);
        }
    }

    boolean drop(String name) {
        requireAllowed(name);
        return removing("drop of collection '" + name + "'", () -> {
            if (removable(name, "dropped") == null) {
                return false;
            }
            boolean dropped = engine.drop(name);
            gone(name);
            if (dropped) {
                LOG.info("Collection '{}' of {} is dropped", name, engine.info().target());
            }
            return dropped;
        });
    }

    void rename(String name, String newName) {
        requireAllowed(name);
        requireAllowed(newName);
        removing("renaming of collection '" + name + "'", () -> {
            if (removable(name, "renamed") == null) {
                throw SchemaChange.missing(name, engine.info().target());
            }
            requireFree(name, newName);
            engine.rename(name, newName);
            gone(name);
            definitions.forget(newName);
            LOG.info(
                    "Collection '{}' of {} is called '{}' now",
                    name,
                    engine.info().target(),
                    newName);
            return true;
        });
    }

    /** Whoever asks for a collection after a lost answer is not given one that may not be there. */
    private <R> R removing(String what, Supplier<R> work) {
        try {
            return access.call(what, work);
        } catch (OutcomeUnknownException e) {
            definitions.doubt();
            throw e;
        }
    }

    private @Nullable CollectionDefinition removable(String name, String how) {
        @Nullable CollectionDefinition stored = engine.definition(name);
        if (stored == null) {
            return null;
        }
        Integer used = inUse.get(name);
        if (used != null && used == stored.revision()) {
            throw new SchemaException(
                    "Collection '" + name + "' cannot be " + how + ": this application has it in use at"
                            + " revision " + used
                            + ", for it asked for it by store.collection(schema). Nothing was changed. Take that"
                            + " call out of the code, or do this in a process that does not make it.");
        }
        steps.refuseUnfinishedOver(name);
        return stored;
    }

    /** Who holds another collection of the new name, which is not there any more, would write into this one. */
    private void requireFree(String name, String newName) {
        if (engine.definition(newName) != null) {
            throw SchemaChange.taken(name, "collection", newName, engine.info().target());
        }
        if (inUse.containsKey(newName)) {
            throw new SchemaException(
                    "Collection '" + name + "' cannot be renamed: this application has another collection '"
                            + newName
                            + "' in use, which was dropped or renamed since. Nothing was changed. Start the application"
                            + " anew, or choose another name.");
        }
    }

    private void gone(String name) {
        definitions.forget(name);
        inUse.remove(name);
    }

    /** As a schema of that name would be. */
    private static void requireAllowed(String name) {
        Schema.of(name, Object.class);
    }
}
