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
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Group R: random walks beside the reference engine, some the same in every run and one a new one; all by one machine, each
 * test in another terrain.
 */
public abstract class WalkClauses extends ClauseGroup {

    /** How many walks of a test are the same in every run. */
    private static final int FIXED = 2;

    protected WalkClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R8)
    void singleOperationsAreAnsweredLikeTheReference() throws Exception {
        walk(flat(150));
    }

    @Proves(Clause.R8)
    @Needs(Capability.TRANSACTIONS)
    void transactionsAreAnsweredLikeTheReference() throws Exception {
        walk(flat(100).withTransactions());
    }

    @Proves(Clause.R9)
    void twoHandlesAreAnsweredLikeTheReferenceWhateverTheValues() throws Exception {
        walk(wide(90));
    }

    @Proves(Clause.R9)
    @Needs(Capability.TRANSACTIONS)
    void transactionsOfTwoHandlesAreAnsweredLikeTheReference() throws Exception {
        walk(wide(50).withTransactions());
    }

    @Proves(Clause.R10)
    @Needs(Capability.SNAPSHOTS)
    void thousandsOfDocumentsAreAnsweredLikeTheReference() throws Exception {
        walk(large(12));
    }

    @Proves(Clause.R10)
    @Needs({Capability.SNAPSHOTS, Capability.TRANSACTIONS})
    void transactionsAmongThousandsOfDocumentsAreAnsweredLikeTheReference() throws Exception {
        walk(large(10).withTransactions());
    }

    @Proves(Clause.R11)
    void revisedCollectionsAreAnsweredLikeTheReference() throws Exception {
        walk(wide(50).withRevisions(10));
    }

    @Proves(Clause.R11)
    @Needs(Capability.SNAPSHOTS)
    void revisedCollectionsOfThousandsOfDocumentsAreAnsweredLikeTheReference() throws Exception {
        walk(large(4).withRevisions(60));
    }

    @Proves(Clause.R12)
    @Needs(Capability.SNAPSHOTS)
    void heldSnapshotsAreAnsweredLikeTheReference() throws Exception {
        walk(wide(30).withHeldSnapshots(30));
    }

    @Proves(Clause.R12)
    @Needs(Capability.SNAPSHOTS)
    void heldSnapshotsOfThousandsOfDocumentsAreAnsweredLikeTheReference() throws Exception {
        walk(large(3).withHeldSnapshots(80));
    }

    @Proves(Clause.R13)
    void cursorsOfEarlierStepsAreAnsweredLikeTheReference() throws Exception {
        walk(wide(100).withPages(50));
    }

    @Proves(Clause.D1)
    @Needs({Capability.SNAPSHOTS, Capability.TRANSACTIONS})
    void documentsThatExpireAreAnsweredLikeTheReference() throws Exception {
        walk(wide(80).withTransactions().withHeldSnapshots(10).withExpiry());
    }

    private Terrain flat(int steps) {
        return Terrain.flat(steps, store.capabilities());
    }

    private Terrain wide(int steps) {
        return flat(steps).wide();
    }

    private Terrain large(int steps) {
        return wide(steps).withDocuments(2200);
    }

    private void walk(Terrain terrain) throws Exception {
        try (WalkClock clock = new WalkClock(Walk.START)) {
            startWith(config -> config.clock(clock));
            try (References references = new References(clock, terrain)) {
                Handles tested = new Tested(clock, terrain);
                List<Seed> seeds = Seed.several(FIXED);
                // What the other process makes different shows soon, and takes more time.
                for (Seed seed : hasSecondHandlesElsewhere() ? seeds.subList(0, 1) : seeds) {
                    // Collections that keep their changes are written by other statements.
                    Terrain here = seed.value() % 2 == 0 || terrain.expiry() ? terrain : terrain.withFeed();
                    Walk walk = new Walk(tested, references, clock, here, "walk" + seeds.indexOf(seed));
                    walk.take(Planner.steps(seed, here), seed);
                }
            }
        }
    }

    /** The handles of the store under test. */
    private final class Tested implements Handles {

        private final WalkClock clock;
        private final List<Store> others = new ArrayList<>();

        Tested(WalkClock clock, Terrain terrain) throws Exception {
            this.clock = clock;
            while (others.size() < terrain.land().handles() - 1) {
                others.add(second(again -> again.clock(clock)));
            }
        }

        @Override
        public Store get(int handle) {
            return handle == 0 ? store : others.get(handle - 1);
        }

        @Override
        public void reopen(int handle) throws Exception {
            if (handle == 0) {
                WalkClauses.this.reopen();
            } else {
                others.get(handle - 1).close();
                others.set(handle - 1, second(again -> again.clock(clock)));
            }
        }
    }

    /** Those of the reference. */
    private static final class References implements Handles, AutoCloseable {

        private final ReferenceProvider provider = new ReferenceProvider();
        private final StoreConfig config;
        private final List<Store> open = new ArrayList<>();

        References(WalkClock clock, Terrain terrain) {
            this.config = StoreConfig.builder("reference:walk").clock(clock).build();
            while (open.size() < terrain.land().handles()) {
                open.add(Stores.open(provider, config));
            }
        }

        @Override
        public Store get(int handle) {
            return open.get(handle);
        }

        @Override
        public void reopen(int handle) {
            open.get(handle).close();
            open.set(handle, Stores.open(provider, config));
        }

        @Override
        public void close() {
            open.forEach(Store::close);
        }
    }
}
