package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Group S: what steps have run, seen from outside and in a store that was moved. */
public abstract class StepCopyClauses extends CopyGroup {

    /** More than a batch. */
    private static final int DOCUMENTS = 501;

    protected StepCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** One step that is done, and one that broke off behind its first batch. */
    private void runSteps() {
        fill(DOCUMENTS);
        store.step("done", tx -> {});
        thrown(
                IllegalArgumentException.class,
                () -> store.step("half", itemSchema(), (tx, batch) -> {
                    if (batch.size() < DOCUMENTS - 1) {
                        throw new IllegalArgumentException("broken off by the test");
                    }
                }));
    }

    @Proves(Clause.S45)
    void stepsAreSeenAndTheirMarksAreNot() {
        assertThat(store.steps()).as("steps of a new store").isEmpty();
        runSteps();
        assertThat(store.summaries())
                .as("collections")
                .extracting(CollectionSummary::name)
                .containsExactly("items");
        assertThat(store.steps()).as("steps").extracting(StepSummary::name).containsExactly("done", "half");
        assertThat(store.steps())
                .as("whether they are done")
                .extracting(StepSummary::done)
                .containsExactly(true, false);
    }

    @Proves(Clause.S45)
    void aCopyRunsNoStepAgain() throws Exception {
        runSteps();
        copy();
        requireStepsWentAlong();
    }

    @Proves(Clause.S45)
    void anExportRunsNoStepAgain() throws Exception {
        runSteps();
        importInto(CopyOptions.DEFAULT);
        requireStepsWentAlong();
    }

    private void requireStepsWentAlong() throws Exception {
        try (Store moved = target.open()) {
            assertThat(moved.steps()).as("steps of the store that was moved").isEqualTo(store.steps());
            assertThat(moved.step("done", tx -> {})).as("whether it ran again").isFalse();
            List<String> given = new ArrayList<>();
            boolean wentOn = moved.step(
                    "half",
                    itemSchema(),
                    (tx, batch) -> batch.stream().map(Document::id).forEach(given::add));
            assertThat(wentOn).as("whether it went on").isTrue();
            assertThat(given).as("what it was given").containsExactly("i0500");
        }
    }

    @Proves(Clause.S45)
    void aCopyOverAnotherStoreTakesItsStepsAway() throws Exception {
        items().insert("a", Item.of("not stepped over"));
        runInTarget("mine");
        thrown(CopyException.class, this::copy);
        copy(CopyOptions.DEFAULT.withOverwrite());
        requireNoStepsInTarget();
        runInTarget("mine");
        importInto(CopyOptions.DEFAULT.withOverwrite());
        requireNoStepsInTarget();
        store.step("ours", tx -> {});
        runInTarget("mine");
        copy(CopyOptions.DEFAULT.withOverwrite());
        try (Store copy = target.open()) {
            assertThat(copy.steps()).as("steps of the target").isEqualTo(store.steps());
        }
    }

    /** What has run over documents that stay is not to run over them again. */
    @Proves(Clause.S45)
    void aCopyKeepsTheStepsOverCollectionsThatStay() throws Exception {
        for (String ours : List.of("", "ours")) {
            if (!ours.isEmpty()) {
                store.step(ours, tx -> {});
            }
            runInTarget("gone" + ours);
            try (Store other = target.open()) {
                other.collection(itemSchema("kept")).put("a", Item.of("a"));
                other.step("over kept", itemSchema("kept"), (tx, batch) -> {});
                other.step("over items" + ours, itemSchema(), (tx, batch) -> {});
            }
            items().put("b", Item.of("b"));
            copy(CopyOptions.DEFAULT.withOverwrite());
            try (Store copy = target.open()) {
                assertThat(copy.steps())
                        .as("steps of the target")
                        .extracting(StepSummary::name)
                        .containsExactlyElementsOf(ours.isEmpty() ? List.of("over kept") : List.of(ours, "over kept"));
                assertThat(copy.step("over kept", itemSchema("kept"), (tx, batch) -> {}))
                        .as("whether it ran again")
                        .isFalse();
            }
        }
    }

    @Proves(Clause.S46)
    void aCopyKnowsWhatWasDropped() throws Exception {
        items().insert("a", Item.of("a"));
        second().drop("items");
        copy();
        try (Store copy = target.open()) {
            assertThat(copy.tombstones()).as("what is left").isEqualTo(store.tombstones());
            thrown(SchemaException.class, () -> copy.collection(itemSchema()));
        }
    }

    private void runInTarget(String step) throws Exception {
        try (Store other = target.open()) {
            assertThat(other.step(step, tx -> {}))
                    .as("whether it ran in the target")
                    .isTrue();
        }
    }

    private void requireNoStepsInTarget() throws Exception {
        try (Store copy = target.open()) {
            assertThat(copy.steps()).as("steps of the target").isEmpty();
        }
    }

    private void importInto(CopyOptions options) throws Exception {
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        store.exportTo(export, CopyOptions.DEFAULT);
        Stores.importFrom(new ByteArrayInputStream(export.toByteArray()), target.config(), options);
    }
}
