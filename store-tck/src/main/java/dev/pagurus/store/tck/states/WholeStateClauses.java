package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Groups X, C and Q: what reads the whole store is of one state of all collections, while documents move between them. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
public abstract class WholeStateClauses extends ClauseGroup {

    /** In each of two collections more than two chunks of a copy. */
    private static final int MANY = 8_606;

    private static final int SOME = 1_300;
    private static final int MOST_READS = 200;

    @TempDir
    Path directory;

    private final ReferenceProvider memory = new ReferenceProvider();
    private final StoreConfig target =
            StoreConfig.builder("reference:copy").provider(memory).build();

    protected WholeStateClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X2)
    void aCopyOfSeveralCollectionsIsOfOneState() throws Exception {
        requireOneState(options -> Stores.copy(again(), target, options));
    }

    @Proves(Clause.X13)
    void anExportOfSeveralCollectionsIsOfOneState() throws Exception {
        requireOneState(options -> {
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            store.exportTo(export, options);
            Stores.importFrom(new ByteArrayInputStream(export.toByteArray()), target, CopyOptions.DEFAULT);
        });
    }

    @Proves(Clause.C5)
    @Needs(Capability.TRANSACTIONS)
    void aBackupOfSeveralCollectionsIsOfOneState() throws Exception {
        Path file = directory.resolve("backup");
        if (!has(Capability.BACKUP)) {
            thrown(UnsupportedCapabilityException.class, () -> store.backup(file, false));
            return;
        }
        Exchange exchange = exchange(MANY);
        Answer before = all(store);
        try (Others others = exchange.start(store)) {
            others.awaitMoves(3);
            store.backup(file, false);
        }
        try (Store backup = fixture.open(fixture.ofBackup(file).build())) {
            requireOneState(before, backup);
        }
    }

    @Proves(Clause.Q41)
    void theSummariesOfSeveralCollectionsAreOfOneState() throws Exception {
        Exchange exchange = exchange(SOME);
        try (Others others = exchange.start(store)) {
            others.awaitMoves(1);
            int told = 0;
            for (int i = 0; i < MOST_READS && told < 20; i++) {
                long moves = others.moves();
                List<CollectionSummary> summaries = store.summaries();
                told += others.moves() > moves ? 1 : 0;
                assertThat(summaries.stream()
                                .mapToLong(CollectionSummary::documents)
                                .sum())
                        .as(
                                "documents of all collections, between which they move: %s",
                                summaries.stream()
                                        .map(one -> one.name() + " " + one.documents())
                                        .toList())
                        .isEqualTo(SOME);
            }
        }
    }

    @FunctionalInterface
    private interface Copy {
        void run(CopyOptions options) throws Exception;
    }

    /** Copies while documents move, at least once between any two chunks that the listener is told of. */
    private void requireOneState(Copy copy) throws Exception {
        Exchange exchange = exchange(MANY);
        Answer before = all(store);
        try (Others others = exchange.start(store)) {
            others.awaitMoves(1);
            copy.run(CopyOptions.DEFAULT.withProgress(progress -> awaitMove(others)));
        }
        try (Store copied = Stores.open(target)) {
            requireOneState(before, copied);
        }
    }

    private static void awaitMove(Others others) {
        try {
            others.awaitMoves(1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireOneState(Answer before, Store copy) {
        String difference = before.differenceOfValues(all(copy));
        if (difference != null) {
            throw new AssertionError("It is of no one state of both collections: " + difference + ".");
        }
    }

    private Exchange exchange(int documents) {
        return new Exchange(schemas(), documents, Seed.ofThisRun().value()).fill(store);
    }

    private Answer all(Store of) {
        List<Document<Item>> documents = new ArrayList<>();
        schemas()
                .forEach(schema ->
                        documents.addAll(of.collection(schema).query().stream().toList()));
        return Answer.documents(documents);
    }

    private List<Schema<Item>> schemas() {
        return List.of(itemSchema("items"), itemSchema("others"));
    }
}
