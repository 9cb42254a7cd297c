package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.group.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Goes the ways of a clause with some seeds that are always the same and with new ones, each in a new collection. */
abstract class PathGroup extends ClauseGroup {

    private static final Instant START = Instant.parse("2026-05-01T08:00:00.000123Z");

    /** Seeds that are the same in each run. */
    private static final int FIXED = 2;

    private final SettableClock clock = new SettableClock(START);

    PathGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Override
    protected void configure(StoreConfig.Builder config) {
        config.clock(clock);
    }

    /** A way, gone with one seed. */
    interface Path {
        void go(Trial trial) throws Exception;
    }

    final void each(Path path) throws Exception {
        for (Trial trial : trials()) {
            go(trial, path);
        }
    }

    /** Begins one for each seed, all in one store, asked by two handles. */
    final List<Trial> trials() throws Exception {
        return trials(second());
    }

    /** The same, asked by one handle. */
    final List<Trial> trialsOfOneHandle() {
        return trials(store);
    }

    /** Has it be a time, for all trials. */
    final void at(Instant instant) {
        clock.set(instant);
    }

    /** Says how to open the store once more, with its clock. */
    final StoreConfig againWithItsClock() throws Exception {
        return again().toBuilder().clock(clock).build();
    }

    /** Begins one for each seed, in a store that was started, asked by its handle and another one. */
    final List<Trial> trials(Store second) {
        List<Trial> trials = new ArrayList<>();
        for (Seed seed : Seed.several(FIXED)) {
            Schema<Parcel> schema = Parcel.schema("path_" + (trials.size() + 1), has(Capability.UNIQUE_INDEXES));
            trials.add(new Trial(seed, store, second, clock, new Wanted(clock, schema), has(Capability.SNAPSHOTS)));
        }
        return trials;
    }

    /** Begins one in one more collection, which draws nothing that others would. */
    final Trial trialOfMeaningTexts() {
        Schema<Parcel> schema = Parcel.schema("path_meaning", has(Capability.UNIQUE_INDEXES));
        Seed seed = Seed.several(FIXED).get(0);
        return new Trial(seed, store, store, clock, new Wanted(clock, schema), has(Capability.SNAPSHOTS));
    }

    /** Goes a way, and names the seed if it fails. */
    static void go(Trial trial, Path path) throws Exception {
        trial.tick();
        try {
            path.go(trial);
        } catch (AssertionError e) {
            throw new AssertionError("With " + trial.seed.toRepeat() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new AssertionError("With " + trial.seed.toRepeat() + ": " + e, e);
        }
    }
}
