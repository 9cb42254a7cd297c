package dev.pagurus.store.internal;

import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The hidden collection of what was done: steps, and collections that are gone. The first mark makes it. */
final class Marks {

    private final StoreEngine engine;
    private final StoreAccess access;

    /** Whether it is known to be there, where it then stays. */
    private volatile boolean defined;

    Marks(StoreEngine engine, StoreAccess access) {
        this.engine = engine;
        this.access = access;
    }

    /** Looks, unless it is known to be there. */
    boolean areDefined(Reads reads) {
        if (defined) {
            return true;
        }
        @Nullable CollectionDefinition there = reads.definition(StepMark.COLLECTION.name());
        defined = there != null && there.serves(StepMark.COLLECTION);
        return there != null;
    }

    /** Makes it, for whoever has just looked and found none; if another process was faster, the engine finds that out. */
    void define() {
        if (!defined) {
            access.call("definition of collection '" + StepMark.COLLECTION.name() + "'", () -> {
                engine.define(StepMark.COLLECTION, (from, id, body) -> new Content.Body(body, List.of()));
                return true;
            });
            defined = true;
        }
    }

    /** Returns those of one kind, in order of id. */
    List<StoredDocument> all(Predicate<StoredDocument> kind) {
        return access.read(reads -> {
            List<StoredDocument> found = new ArrayList<>();
            if (areDefined(reads)) {
                reads.forEach(StepMark.COLLECTION, mark -> {
                    if (kind.test(mark)) {
                        found.add(mark);
                    }
                });
            }
            return found;
        });
    }
}
