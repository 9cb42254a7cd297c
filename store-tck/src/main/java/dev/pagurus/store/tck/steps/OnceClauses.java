package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Group S: steps that are one transaction each. */
public abstract class OnceClauses extends ClauseGroup {

    private static final Item ITEM = Item.of("item");

    /** What a step throws, which is nobody else's. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    protected OnceClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S40)
    @Needs(Capability.TRANSACTIONS)
    void aStepRunsOnce() throws Exception {
        items();
        Store other = second();
        assertThat(insertOneIn("first", store))
                .as("whether the first call ran it")
                .isTrue();
        assertThat(insertOneIn("first", store))
                .as("whether the second call ran it")
                .isFalse();
        assertThat(insertOneIn("first", other))
                .as("whether another handle ran it")
                .isFalse();
        assertThat(insertOneIn("second", other)).as("whether another step ran").isTrue();
        assertThat(items().query().count()).as("documents that steps inserted").isEqualTo(2);
        reopen();
        assertThat(insertOneIn("first", store))
                .as("whether it ran after reopening")
                .isFalse();
        assertThat(insertOneIn("second", store))
                .as("whether it ran after reopening")
                .isFalse();
        assertThat(items().query().count()).as("documents that steps inserted").isEqualTo(2);
    }

    @Proves(Clause.S40)
    @Needs(Capability.TRANSACTIONS)
    void ofManyCallsAtOnceOneRunsTheStep() throws Exception {
        items();
        Store other = second();
        for (String name : List.of("one", "two", "three")) {
            List<Boolean> ran = Race.results(8, number -> insertOneIn(name, number % 2 == 0 ? store : other));
            assertThat(ran).as("what the calls of step '" + name + "' returned").containsOnlyOnce(true);
        }
        assertThat(items().query().count())
                .as("documents that three steps inserted")
                .isEqualTo(3);
    }

    @Proves(Clause.S40)
    @Needs(Capability.TRANSACTIONS)
    void whoComesMeanwhileDoesNotRunItToo() throws Exception {
        items();
        Store other = second();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Elsewhere<Boolean> first = Elsewhere.start(() -> store.step("slow", tx -> {
            began.countDown();
            goOn.await();
            tx.collection(itemSchema()).insert(ITEM);
        }));
        Elsewhere.await(began);
        Elsewhere<Boolean> meanwhile = Elsewhere.start(() -> insertOneIn("slow", other));
        goOn.countDown();
        assertThat(List.of(first.result(), meanwhile.result()))
                .as("what the two calls returned")
                .containsOnlyOnce(true);
        assertThat(items().query().count())
                .as("documents that the step inserted")
                .isEqualTo(1);
    }

    @Proves(Clause.S41)
    @Needs(Capability.TRANSACTIONS)
    void aStepThatConflictsHasItsEffectsOnce() throws Exception {
        items().insert("n", Item.ofNumber(0));
        Store other = second();
        other.collection(itemSchema());
        Race.run(6, number -> {
            Store handle = number % 2 == 0 ? store : other;
            if (number < 3) {
                handle.step("add", tx -> tx.collection(itemSchema()).update("n", item -> plus(item, 1)));
            } else {
                handle.collection(itemSchema()).update("n", item -> plus(item, 100));
            }
        });
        assertThat(existing(items(), "n").value().number())
                .as("the sum of a step and three updates")
                .isEqualTo(301);
    }

    private static Item plus(Item item, long more) {
        return item.withNumber(Objects.requireNonNull(item.number()) + more);
    }

    @Proves(Clause.S41)
    @Needs(Capability.TRANSACTIONS)
    void aStepThatThrowsLeavesNothing() throws Exception {
        items();
        Broken broken = new Broken();
        for (Store handle : List.of(store, second())) {
            assertThatThrownBy(
                            () -> handle.step("breaks", tx -> {
                                tx.collection(itemSchema()).insert(ITEM);
                                throw broken;
                            }),
                            "what the step threw")
                    .isSameAs(broken);
            assertThat(items().query().count())
                    .as("documents after the step threw")
                    .isZero();
            assertThat(store.steps()).as("steps after the step threw").isEmpty();
        }
        assertThat(insertOneIn("breaks", store)).as("whether it ran in the end").isTrue();
        assertThat(insertOneIn("breaks", store)).as("whether it ran once more").isFalse();
        assertThat(items().query().count()).as("documents after the step ran").isEqualTo(1);
    }

    @Proves(Clause.S42)
    @Needs(Capability.TRANSACTIONS)
    void aNameIsAnyTextOfUpTo255Bytes() {
        List<String> names =
                List.of("2026-11 split items", "a\nb", "it's", "done", "A", "a", "ä", "☃".repeat(85), "x".repeat(255));
        for (String name : names) {
            assertThat(store.step(name, tx -> {})).as("whether it ran").isTrue();
        }
        for (String name : names) {
            assertThat(store.step(name, tx -> {})).as("whether it ran again").isFalse();
        }
        assertThat(store.steps()).as("steps").extracting(StepSummary::name).containsExactlyInAnyOrderElementsOf(names);
        for (String name : List.of(
                "", "x".repeat(256), "☃".repeat(86), "a\0b", "\ud800", " ", " a", "a ", "\ta", "a  b", "a \nb")) {
            assertThatThrownBy(
                            () -> store.step(name, tx -> {
                                throw new AssertionError("A step ran whose name is not allowed.");
                            }),
                            "a step with a name of %s characters that is not allowed",
                            name.length())
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("step");
        }
        assertThat(store.steps()).as("steps").hasSize(names.size());
    }

    @Proves(Clause.S42)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void stepsAreRefusedInsideOfTransactionsAndSnapshots() {
        items().insert("a", ITEM);
        store.runTransaction(tx -> requireAllRefused());
        store.step("outer", tx -> requireAllRefused());
        boolean finished = store.snapshot(view -> {
            requireAllRefused();
            return true;
        });
        assertThat(finished).as("whether the snapshot came back").isTrue();
        assertThat(store.steps()).as("steps").extracting(StepSummary::name).containsExactly("outer");
        assertThat(items().query().list()).as("items").extracting(Document::id).containsExactly("a");
    }

    private void requireAllRefused() {
        requireRefused(() -> store.step("inner", tx -> {}));
        requireRefused(() -> store.step("inner", itemSchema(), (tx, batch) -> {}));
        requireRefused(() -> store.steps());
        requireRefused(() -> store.drop("others"));
        requireRefused(() -> store.rename("others", "more"));
    }

    private static void requireRefused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
    }

    @Proves(Clause.S42)
    @Needs(Capability.TRANSACTIONS)
    void whatIsToBeDoneAfterTheCommitIsDone() {
        items();
        List<String> done = new ArrayList<>();
        store.step("acts", tx -> {
            tx.collection(itemSchema()).insert(ITEM);
            tx.afterCommit(() -> done.add("of " + items().query().count()));
        });
        store.step("acts", tx -> tx.afterCommit(() -> done.add("again")));
        assertThatThrownBy(() -> store.step("breaks", tx -> {
                    tx.afterCommit(() -> done.add("broken"));
                    throw new Broken();
                }))
                .isInstanceOf(Broken.class);
        assertThat(done).as("what was done after commits").containsExactly("of 1");
    }

    @Proves(Clause.S42)
    void withoutTransactionsThereAreNoSteps() {
        if (has(Capability.TRANSACTIONS)) {
            assertThat(store.step("empty", tx -> {})).as("whether it ran").isTrue();
            return;
        }
        assertThatThrownBy(() -> store.step("none", tx -> {})).isInstanceOf(UnsupportedCapabilityException.class);
        assertThatThrownBy(() -> store.step("none", itemSchema(), (tx, batch) -> {}))
                .isInstanceOf(UnsupportedCapabilityException.class);
        assertThat(store.steps()).as("steps").isEmpty();
    }

    private boolean insertOneIn(String step, Store handle) {
        return handle.step(step, tx -> tx.collection(itemSchema()).insert(ITEM));
    }
}
