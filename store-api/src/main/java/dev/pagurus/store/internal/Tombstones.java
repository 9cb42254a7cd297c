package dev.pagurus.store.internal;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.internal.value.TombstoneMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is left of collections that were dropped or renamed. One is written before the collection goes, and means something
 * only while no collection has its name: so whatever stops the process between the two does no harm, and a collection that
 * comes under that name need not take it away.
 */
final class Tombstones {

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Marks marks;

    Tombstones(StoreEngine engine, StoreAccess access, Marks marks) {
        this.engine = engine;
        this.access = access;
        this.marks = marks;
    }

    /** Leaves one of a collection that is about to go. */
    void leave(CollectionDefinition collection, @Nullable String newName) {
        marks.define();
        WriteOutcome outcome = engine.write(new Write(
                StepMark.COLLECTION,
                TombstoneMark.id(collection.name()),
                Precondition.NONE,
                new Content.Body(TombstoneMark.text(collection.revision(), newName), List.of())));
        if (!(outcome instanceof WriteOutcome.Written)) {
            throw new SerializationFailure("Somebody else drops the collection '" + collection.name() + "'.", null);
        }
    }

    /**
     * Returns what is left of a collection that is not there.
     *
     * @param all all collections that are there: without the one of the marks, nothing need be asked
     */
    @Nullable
    Tombstone of(String collection, List<CollectionDefinition> all) {
        if (all.stream().noneMatch(StepMark::isOf)) {
            return null;
        }
        List<StoredDocument> found = engine.get(StepMark.COLLECTION, List.of(TombstoneMark.id(collection)));
        return found.isEmpty() ? null : TombstoneMark.of(found.get(0));
    }

    /**
     * Refuses to make a collection that an application of its revision, or a newer one, has taken away.
     *
     * @param all all collections that are there
     */
    void refuse(CollectionDefinition wanted, List<CollectionDefinition> all) {
        @Nullable Tombstone tombstone = of(wanted.name(), all);
        if (tombstone != null && tombstone.revision() >= wanted.revision()) {
            throw new SchemaException("There is no collection '" + wanted.name() + "' in "
                    + engine.info().target() + " any more: a newer version of this application "
                    + (tombstone.newName() == null
                            ? "dropped it at revision " + tombstone.revision()
                            : "renamed it, at revision " + tombstone.revision() + ", to '" + tombstone.newName() + "'")
                    + " on " + tombstone.at() + ", and this one knows its revision " + wanted.revision()
                    + ". Nothing was changed. Start the newer version; to use the name for something else, raise the"
                    + " revision: Schema.revision(" + (tombstone.revision() + 1) + ").");
        }
    }

    /** Returns those whose names no collection has, in order of name. */
    List<Tombstone> all() {
        return access.call("read", () -> {
            Set<String> there = engine.definitions().stream()
                    .map(CollectionDefinition::name)
                    .collect(Collectors.toSet());
            return marks.all(TombstoneMark::isOf).stream()
                    .map(TombstoneMark::of)
                    .filter(one -> !there.contains(one.name()))
                    .toList();
        });
    }
}
