package dev.pagurus.store.tck.transactions;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.histories.History;
import dev.pagurus.store.tck.histories.Part;
import dev.pagurus.store.tck.histories.Skews;
import dev.pagurus.store.tck.samples.Hazards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Group T: whatever many threads do at random, some serial order explains it.
 *
 * <p>{@code -Dpagurus.tck.histories=<folder>} writes each history into a file of that folder, in the form that Elle reads
 * as {@code list-append}, so that somebody else can check it.
 */
public abstract class HistoryClauses extends ClauseGroup {

    private static final String FOLDER = System.getProperty("pagurus.tck.histories", "");
    private static final AtomicInteger FILES = new AtomicInteger();

    private static final int FIXED_SEEDS = 1;
    private static final int THREADS = 4;
    private static final int DOCUMENTS = 5;
    private static final int TIMES = 50;

    protected HistoryClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.T23)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void someSerialOrderExplainsARandomHistory() throws Exception {
        Store other = second();
        for (Seed seed : Seed.several(FIXED_SEEDS)) {
            play(Clause.T23, seed, other, part -> part.play(TIMES));
        }
    }

    @Proves(Clause.T30)
    void someSerialOrderExplainsSingleOperations() throws Exception {
        Store other = second();
        for (Seed seed : Seed.several(FIXED_SEEDS)) {
            play(Clause.T30, seed, other, part -> part.playSingles(2 * TIMES));
        }
    }

    @Proves(Clause.T31)
    @Needs(Capability.TRANSACTIONS)
    void noKindOfReadLetsTwoTransactionsSkew() {
        Skews skews = new Skews(store, store);
        skews.playAll();
        // Afterwards, for it is known by then whether one waits for the other.
        skews.playLaden();
    }

    @Proves(Clause.T31)
    @Needs(Capability.TRANSACTIONS)
    void noTwoKindsOfReadsLetTransactionsOfTwoHandlesSkew() throws Exception {
        new Skews(store, second()).playMixed();
    }

    @Proves(Clause.T32)
    @Needs(Capability.TRANSACTIONS)
    void aReadOfAnyKindClosesNoCircle() throws Exception {
        new Skews(store, second()).playLooks(false);
    }

    @Proves(Clause.T32)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aSnapshotClosesNoCircleByAnyKindOfRead() {
        new Skews(store, store).playLooks(true);
    }

    private void play(Clause clause, Seed seed, Store other, Consumer<Part> play) throws Exception {
        History history = new History();
        List<String> ids = new Hazards(new Random(seed.value())).ids(DOCUMENTS);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Store handle = i % 2 == 0 ? store : other;
            parts.add(new Part(history, i + 1, handle, ids, new Random(seed.value() + i)));
        }
        try {
            parts.get(0).prepare();
            Race.run(THREADS, number -> play.accept(parts.get(number)));
            parts.get(0).look();
            if (!FOLDER.isEmpty()) {
                String name = fixture.name().replaceAll("\\W+", "-") + "-" + clause + "-" + FILES.incrementAndGet();
                history.writeTo(Path.of(FOLDER, name + ".edn"));
            }
            history.requireSerializable();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "With the operations of " + seed.toRepeat() + ", which threads may mix in another way: "
                            + e.getMessage(),
                    e);
        }
    }
}
