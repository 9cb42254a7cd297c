package dev.pagurus.store.internal;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.copy.CopyMark;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.List;
import java.util.Locale;
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
    private final Tombstones tombstones;

    /** The greatest revision at which each collection was handed out by this store. */
    private final Map<String, Integer> inUse = new ConcurrentHashMap<>();

    Removing(StoreEngine engine, StoreAccess access, Definitions definitions, Steps steps, Tombstones tombstones) {
        this.engine = engine;
        this.access = access;
        this.definitions = definitions;
        this.steps = steps;
        this.tombstones = tombstones;
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
            @Nullable CollectionDefinition stored = engine.definition(name);
            if (stored == null) {
                return false;
            }
            requireRemovable(stored, "dropped");
            tombstones.leave(stored, null);
            boolean dropped = engine.drop(name);
            gone(name);
            if (dropped) {
                LOG.info("Collection '{}' of {} is dropped", name, target());
            }
            return dropped;
        });
    }

    boolean rename(String name, String newName) {
        requireAllowed(name);
        requireAllowed(newName);
        return removing("renaming of collection '" + name + "'", () -> {
            List<CollectionDefinition> all = engine.definitions();
            @Nullable CollectionDefinition stored = find(all, name);
            if (stored == null) {
                requireRenamedBefore(name, newName, all);
                return false;
            }
            requireRemovable(stored, "renamed");
            requireFree(stored, newName, find(all, newName));
            tombstones.leave(stored, newName);
            boolean renamed = renamed(name, newName);
            gone(name);
            definitions.forget(newName);
            if (renamed) {
                LOG.info("Collection '{}' of {} is called '{}' now", name, target(), newName);
            }
            return renamed;
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

    /** Returns false if another process was faster. */
    private boolean renamed(String name, String newName) {
        try {
            engine.rename(name, newName);
            return true;
        } catch (SchemaException e) {
            List<CollectionDefinition> all = engine.definitions();
            if (find(all, name) == null && find(all, newName) != null) {
                return false;
            }
            throw e;
        }
    }

    /** In a new database there is nothing to rename; where other collections are, the name is likely a mistake. */
    private void requireRenamedBefore(String name, String newName, List<CollectionDefinition> all) {
        if (find(all, newName) != null
                || all.stream().allMatch(one -> CopyMark.isMark(one) || StepMark.isOf(one) || FollowerMark.isOf(one))) {
            return;
        }
        @Nullable Tombstone tombstone = tombstones.of(name, all);
        if (tombstone == null || !newName.equals(tombstone.newName())) {
            throw SchemaChange.missing(name, target());
        }
    }

    private void requireRemovable(CollectionDefinition stored, String how) {
        String name = stored.name();
        Integer used = inUse.get(name);
        if (used != null && used == stored.revision()) {
            throw new SchemaException(
                    "Collection '" + name + "' cannot be " + how + ": this application has it in use at"
                            + " revision " + used
                            + ", for it asked for it by store.collection(schema). Nothing was changed. Take that"
                            + " call out of the code, or do this in a process that does not make it.");
        }
        steps.refuseUnfinishedOver(name);
    }

    /** Who holds another collection of the new name, which is not there any more, would write into this one. */
    private void requireFree(CollectionDefinition stored, String newName, @Nullable CollectionDefinition other) {
        String name = stored.name();
        if (name.equals(newName)) {
            throw SchemaChange.taken(name, "collection", newName, target());
        }
        if (other != null) {
            throw bothThere(stored, other);
        }
        if (inUse.containsKey(newName)) {
            throw new SchemaException(
                    "Collection '" + name + "' cannot be renamed: this application has another collection '"
                            + newName
                            + "' in use, which was dropped or renamed since. Nothing was changed. Start the application"
                            + " anew, or choose another name.");
        }
    }

    private SchemaException bothThere(CollectionDefinition stored, CollectionDefinition other) {
        long documents = engine.count(stored, Condition.EVERYTHING);
        long others = engine.count(other, Condition.EVERYTHING);
        String advice = " Choose another name, or look which of the two is wanted.";
        if (others == 0) {
            advice = " The empty one, '" + other.name() + "', was likely made by a store.collection(schema) that came"
                    + " before the renaming: drop it, and rename then.";
        } else if (documents == 0) {
            advice = " The empty one, '" + stored.name()
                    + "', was likely made by an older release that was started after" + " the renaming: drop it.";
        }
        return new SchemaException(String.format(
                Locale.ROOT,
                "Collection '%s' of %s, with %,d documents, cannot be renamed: there is a collection '%s' already, with"
                        + " %,d documents. Nothing was changed.%s",
                stored.name(),
                target(),
                documents,
                other.name(),
                others,
                advice));
    }

    private static @Nullable CollectionDefinition find(List<CollectionDefinition> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    }

    private void gone(String name) {
        definitions.forget(name);
        inUse.remove(name);
    }

    private String target() {
        return engine.info().target();
    }

    /** As a schema of that name would be. */
    private static void requireAllowed(String name) {
        Schema.of(name, Object.class);
    }
}
