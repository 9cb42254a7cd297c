package dev.pagurus.store.tck.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Group O: what is told of calls that are made again, with others of their kind, or within others. */
public abstract class CallsTogetherClauses extends ListenerGroup {

    private static final int THREADS = 8;

    protected CallsTogetherClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.O5)
    void whatWasMadeAgainIsToldOnceWithHowOften() {
        items.insert("a", Item.ofNumber(0));
        AtomicInteger attempts = new AtomicInteger();
        List<StoreCall> calls = toldOf(() -> items.update("a", item -> {
            // The first two times somebody is faster.
            if (attempts.incrementAndGet() <= 2) {
                items.put("a", Item.ofNumber(attempts.get()));
            }
            return item.withText("mine");
        }));
        assertThat(calls)
                .extracting(ListenerGroup::said)
                .containsExactly("put items in update: 1", "put items in update: 1", "update items: 1");
        assertThat(calls).extracting(StoreCall::repetitions).containsExactly(0, 0, 2);
        requireTimes(calls);
        assertThat(calls.get(2).queued())
                .as("how long it waited before it was made again")
                .isPositive();
    }

    @Proves(Clause.O5)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionThatWasMadeAgainIsToldOnce() {
        AtomicInteger attempts = new AtomicInteger();
        List<StoreCall> calls = toldOf(() -> store.runTransaction(tx -> {
            DocumentCollection<Item> inside = tx.collection(itemSchema());
            inside.put("a", Item.NOTHING);
            if (attempts.incrementAndGet() <= 2) {
                throw new SerializationFailure("again", null);
            }
            inside.put("b", Item.NOTHING);
        }));
        assertThat(calls)
                .extracting(ListenerGroup::said)
                .containsExactly(
                        "put items in transaction: 1",
                        "put items in transaction: 1",
                        "put items in transaction: 1",
                        "put items in transaction: 1",
                        "transaction: 2");
        assertThat(calls.get(4).repetitions())
                .as("how often it was begun again")
                .isEqualTo(2);
        requireTimes(calls);
        List<StoreCall> undone = toldOf(() -> store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("c", Item.NOTHING);
            tx.collection(itemSchema()).put("d", Item.NOTHING);
            throw new IllegalStateException("no");
        }));
        assertThat(undone).as("what is told of a transaction that was undone").hasSize(3);
        assertThat(undone.get(2).engine())
                .as("the engine's time of a transaction that was not committed, with that of its calls")
                .isGreaterThanOrEqualTo(
                        undone.get(0).engine().plus(undone.get(1).engine()));
    }

    private static void requireTimes(List<StoreCall> calls) {
        for (StoreCall call : calls) {
            assertThat(call.engine()).as("the engine's time of %s", call).isPositive();
            assertThat(call.queued()).as("the time that %s waited", call).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(call.total())
                    .as("the whole time of %s", call)
                    .isGreaterThanOrEqualTo(call.queued().plus(call.engine()));
        }
    }

    @Proves(Clause.O6)
    void callsOfManyThreadsAreEachTold() throws Exception {
        told.clear();
        Race.run(THREADS, number -> {
            for (int i = 0; i < 40; i++) {
                items.put("n" + number + "-" + i, Item.ofNumber(i));
                items.get("n" + (number + 1) % THREADS + "-" + i);
            }
        });
        assertThat(told.stream().collect(Collectors.groupingBy(StoreCall::operation, Collectors.counting())))
                .as("how many of each operation were told")
                .containsOnly(Map.entry("put", 40L * THREADS), Map.entry("get", 40L * THREADS));
        requireTimes(List.copyOf(told));
        for (String operation : List.of("put", "get")) {
            told.stream()
                    .filter(call -> call.operation().equals(operation))
                    .collect(Collectors.groupingBy(StoreCall::joined, Collectors.counting()))
                    .forEach((others, calls) -> assertThat(calls % (others + 1))
                            .as(
                                    "of %d calls of %s that say that %d others were made with them, who is left without"
                                            + " these others",
                                    calls, operation, others)
                            .isZero());
        }
    }

    @Proves(Clause.O7)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void callsWithinOthersAreToldWithThem() {
        items.insert("a", Item.of("x"));
        assertThat(saidOf(() -> store.runTransaction(tx -> {
                    tx.collection(itemSchema()).put("b", Item.NOTHING);
                    tx.collection(itemSchema()).query().list();
                })))
                .containsExactly("put items in transaction: 1", "list items in transaction: 2", "transaction: 3");
        assertThat(saidOf(() -> store.snapshot(view ->
                        view.collection(itemSchema()).where(Item.TEXT.eq("x")).count())))
                .containsExactly("count items [text = ?] in snapshot: 1", "snapshot: 1");
        assertThat(saidOf(() -> store.runTransaction(tx -> {
                    tx.collection(itemSchema()).put("c", Item.NOTHING);
                    throw new IllegalStateException("no");
                })))
                .containsExactly("put items in transaction: 1", "transaction: 1 IllegalStateException");
        assertThat(saidOf(() ->
                        store.step("first", tx -> tx.collection(itemSchema()).put("d", Item.NOTHING))))
                .containsExactly("put items in step: 1", "step: 1");
        assertThat(saidOf(() -> store.step("first", tx -> {}))).containsExactly("step: 0");
        assertThat(saidOf(() -> store.step("over all", itemSchema(), (tx, batch) -> {})))
                .containsExactly("step items: 3");
    }
}
