package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.List;

/** A handle that notices what is written through it, on the thread that writes, and nothing that comes through another. */
abstract class NoticingEngine extends ReferenceEngine {

    NoticingEngine(ReferenceDatabase database, StoreConfig config) {
        super(database, config);
    }

    /** A write, a transaction or a definition is committed and not acknowledged yet. */
    abstract void written();

    /** Says whether a state has the revision of a collection that the newest one has. */
    boolean isCurrent(State state, CollectionDefinition collection) {
        Table here = state.table(collection.name());
        Table there = database().newest().table(collection.name());
        return here != null && there != null && here.definition().equals(there.definition());
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        super.define(definition, filler);
        written();
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        List<WriteOutcome> outcomes = super.write(writes);
        written();
        return outcomes;
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        return new ReferenceSession(this, mode) {
            @Override
            public void commit() {
                super.commit();
                written();
            }
        };
    }
}
