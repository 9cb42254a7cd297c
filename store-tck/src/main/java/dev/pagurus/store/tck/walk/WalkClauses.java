package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.time.Instant;
import java.util.function.Supplier;

/** Group R: random walks, each a different one in every run, beside the reference engine. */
public abstract class WalkClauses extends ClauseGroup {

    private static final int STEPS = 400;

    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    protected WalkClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R8)
    void singleOperationsAreAnsweredLikeTheReference() throws Exception {
        walk(false);
    }

    @Proves(Clause.R8)
    @Needs(Capability.TRANSACTIONS)
    void transactionsAreAnsweredLikeTheReference() throws Exception {
        walk(true);
    }

    private void walk(boolean transactions) throws Exception {
        Seed seed = Seed.ofThisRun();
        startWith(config -> config.clock(clock));
        StoreConfig walk = StoreConfig.builder("reference:walk").clock(clock).build();
        try (Store reference = Stores.open(new ReferenceProvider(), walk)) {
            new Walk(store, reference, clock, has(Capability.UNIQUE_INDEXES))
                    .take(Walk.steps(seed, STEPS, transactions), seed);
        }
    }
}
