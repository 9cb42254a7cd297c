package dev.pagurus.store.internal.copy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoreEngine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What cannot be copied is refused while nothing is changed yet. */
record Refusals(CopySource source, StoreEngine target) {

    /** Those that are needed late too, for a copy that begins shall be able to end. */
    void requireCapabilities() {
        Set<Capability> needed = EnumSet.of(Capability.TRANSACTIONS, Capability.SNAPSHOTS);
        if (source.definitions().stream().anyMatch(CollectionDefinition::hasUnique)) {
            needed.add(Capability.UNIQUE_INDEXES);
        }
        if (source.definitions().stream().anyMatch(one -> one.retention() != null)) {
            needed.add(Capability.CHANGES);
        }
        for (Capability capability : needed) {
            if (!target.info().capabilities().contains(capability)) {
                throw new UnsupportedCapabilityException(target.info().name(), capability);
            }
        }
    }

    /** What cannot be brought to the source's definition is found while nothing is changed yet. */
    void requireReplaceable(List<CollectionDefinition> collections) {
        for (CollectionDefinition wanted : source.definitions()) {
            for (CollectionDefinition other : collections) {
                if (other.name().equals(wanted.name()) && !isReplaceable(other, wanted)) {
                    throw new CopyException("Collection '" + wanted.name() + "' of the target "
                            + target.info().target() + " has revision " + other.revision() + " with another definition"
                            + " than revision " + wanted.revision() + " in " + source.shown() + ", and only a lower"
                            + " revision can be replaced. Nothing was changed. Copy or import into an empty database first, and"
                            + " start the application there afterwards, which brings it up.");
                }
            }
        }
    }

    private static boolean isReplaceable(CollectionDefinition other, CollectionDefinition wanted) {
        try {
            SchemaChange.between(other, wanted);
            return true;
        } catch (SchemaException e) {
            return false;
        }
    }

    void requireEmpty(EngineSession session) {
        for (CollectionDefinition collection : session.definitions()) {
            if (!CopyMark.isMark(collection) && !session.rows(collection, "").isEmpty()) {
                throw new CopyException("The target " + target.info().target() + " is not empty: collection '"
                        + collection.name() + "' holds documents. Nothing was changed; name an empty database, or ask"
                        + " for it to be overwritten.");
            }
        }
    }
}
