package dev.pagurus.store.tck.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Ids;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.serial.Cell;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/**
 * Group L: callers who wait for a transaction of somebody else, and are interrupted or run out of time. On an engine with
 * several writers they may get through at once.
 */
public abstract class WaitingClauses extends ClauseGroup {

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Item HOLDERS = Item.of("the holder's");
    private static final Item WAITERS = Item.of("the waiter's");

    private final CountDownLatch release = new CountDownLatch(1);

    protected WaitingClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @AfterEach
    void releaseTheHolder() {
        release.countDown();
    }

    /** What became of a call, and whether its thread was interrupted afterwards. */
    private record Ended(boolean written, boolean unknown, boolean interrupted) {}

    @Proves(Clause.L9)
    @Needs(Capability.TRANSACTIONS)
    void aWaitingWriterThatIsInterruptedIsToldSo() throws Exception {
        requireInterruptible(() -> items().put("a", WAITERS));
    }

    @Proves(Clause.L9)
    @Needs(Capability.TRANSACTIONS)
    void aWaitingTransactionThatIsInterruptedIsToldSo() throws Exception {
        requireInterruptible(
                () -> store.transaction(tx -> tx.collection(itemSchema()).put("a", WAITERS)));
    }

    @Proves(Clause.L9)
    @Needs(Capability.TRANSACTIONS)
    void aWaitingWriterOfAnotherHandleThatIsInterruptedIsToldSo() throws Exception {
        Store other = second();
        requireInterruptible(() -> other.collection(itemSchema()).put("a", WAITERS));
    }

    @Proves(Clause.L9)
    void aCallOfAnInterruptedThreadKeepsTheInterrupt() throws Exception {
        DocumentCollection<Item> collection = items();
        List<Ended> ends = Elsewhere.call(() -> {
            Thread.currentThread().interrupt();
            return List.of(
                    endOf(() -> collection.get("a")),
                    endOf(() -> has(Capability.SNAPSHOTS)
                            ? store.snapshot(
                                    view -> view.collection(itemSchema()).get("a"))
                            : collection.query().list()),
                    endOf(() -> collection.put("a", WAITERS)));
        });
        assertThat(ends).as("how the calls ended").allMatch(Ended::interrupted);
        assertThat(collection.exists("a")).isEqualTo(ends.get(2).written());
        assertThat(collection.put("b", WAITERS).value())
                .as("what is written after the interrupt")
                .isEqualTo(WAITERS);
    }

    @Proves(Clause.L9)
    void noAcknowledgedUpdateIsLostAmongInterrupts() throws Exception {
        store.collection(cellSchema()).insert("a", Cell.of(0));
        AtomicBoolean done = new AtomicBoolean();
        long[] counts = new long[2];
        Elsewhere<Boolean> worker = Elsewhere.start(() -> {
            while (!done.get()) {
                Ended ended =
                        endOf(() -> store.collection(cellSchema()).update("a", cell -> Cell.of(cell.value() + 1)));
                counts[0] += ended.written() ? 1 : 0;
                counts[1] += ended.unknown() ? 1 : 0;
                // Takes the interrupt back, so that the next call has a chance.
                Thread.interrupted();
            }
            return true;
        });
        for (int i = 0; i < 100; i++) {
            Thread.sleep(3);
            worker.interrupt();
        }
        done.set(true);
        worker.result();
        assertThat(existing(store.collection(cellSchema()), "a").value().value())
                .isBetween(counts[0], counts[0] + counts[1]);
    }

    @Proves(Clause.L15)
    void aCallThatNeedNotWaitIsMadeByAnInterruptedThread() throws Exception {
        DocumentCollection<Item> collection = items();
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("insert", () -> collection.insert(WAITERS));
        calls.put("put", () -> collection.put("a", WAITERS));
        calls.put("get", () -> collection.get("a"));
        calls.put("getAll", () -> collection.getAll(List.of("a", "b")));
        calls.put("exists", () -> collection.exists("a"));
        calls.put("list", () -> collection.query().list());
        calls.put("page", () -> collection.where(Item.TEXT.isNotNull()).limit(1).page());
        calls.put("stream", () -> collection.query().stream().count());
        calls.put("select", () -> collection.query().select(Item.TEXT).list());
        calls.put("count", () -> collection.query().count());
        calls.put("countBy", () -> collection.query().countBy(Item.TEXT));
        calls.put("aggregate", () -> collection.query().aggregate(Item.NUMBER.sum()));
        calls.put("groups", () -> collection.query().groupBy(Item.TEXT).aggregate());
        calls.put("distinct", () -> collection.query().distinct(Item.TEXT));
        calls.put("update", () -> collection.update("a", found -> WAITERS));
        calls.put("compute", () -> collection.compute("c", found -> Optional.of(WAITERS)));
        calls.put("replace", () -> collection.replace(existing(collection, "a")));
        calls.put("putAll", () -> collection.putAll(Stream.of(WAITERS, WAITERS), item -> Ids.next(), OnConflict.FAIL));
        calls.put("updateAll", () -> collection.query().updateAll(found -> HOLDERS));
        calls.put("claim", () -> collection.query().limit(2).claim(found -> HOLDERS));
        calls.put("delete", () -> collection.delete("c"));
        if (has(Capability.SNAPSHOTS)) {
            calls.put(
                    "snapshot",
                    () -> store.snapshot(view -> view.collection(itemSchema()).get("a")));
        }
        if (has(Capability.TRANSACTIONS)) {
            calls.put(
                    "transaction",
                    () -> store.transaction(tx -> tx.collection(itemSchema()).put("a", WAITERS)));
            calls.put(
                    "deleteAll",
                    () -> collection.where(Item.TEXT.eq("nobody's")).deleteAll());
        }
        calls.put("collection", () -> store.collection(itemSchema("others")));
        // Once before, so that the connections are there: to make one is to wait.
        calls.forEach((name, call) -> call.run());
        calls.put("collection", () -> store.collection(itemSchema("more")));
        Map<String, Ended> ends = Elsewhere.call(() -> {
            Map<String, Ended> ended = new LinkedHashMap<>();
            calls.forEach((name, call) -> {
                Thread.currentThread().interrupt();
                ended.put(name, endOf(call));
            });
            return ended;
        });
        assertThat(ends).as("how the calls ended").allSatisfy((name, end) -> {
            assertThat(end.written()).as("whether %s was made", name).isTrue();
            assertThat(end.interrupted())
                    .as("whether the thread stayed interrupted after %s", name)
                    .isTrue();
        });
    }

    @Proves(Clause.L10)
    @Needs(Capability.TRANSACTIONS)
    void aWriterDoesNotWaitLongerThanItsTimeout() throws Exception {
        startWith(config -> config.timeout(TIMEOUT));
        requireEndInTime(store);
    }

    @Proves(Clause.L10)
    @Needs(Capability.TRANSACTIONS)
    void aWriterOfAnotherHandleDoesNotWaitLongerThanItsTimeout() throws Exception {
        requireEndInTime(second(config -> config.timeout(TIMEOUT)));
    }

    @Proves(Clause.L10)
    @Needs(Capability.TRANSACTIONS)
    void aFunctionMayTakeLongerThanTheTimeout() throws Exception {
        startWith(config -> config.timeout(TIMEOUT));
        items();
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", HOLDERS);
            Thread.sleep(TIMEOUT.toMillis() * 2);
            tx.collection(itemSchema()).put("b", HOLDERS);
        });
        assertThat(items().query().count()).isEqualTo(2);
    }

    private interface Call {
        Object run();
    }

    private void requireInterruptible(Call call) throws Exception {
        Elsewhere<Document<Item>> holder = hold(store);
        Elsewhere<Ended> waiter = Elsewhere.start(() -> endOf(call));
        waiter.within(Duration.ofMillis(100));
        waiter.interrupt();
        // A driver may only notice when its lock comes; so it comes at last.
        waiter.within(Duration.ofMillis(500));
        release.countDown();
        Ended ended = waiter.result();
        Document<Item> held = holder.result();
        // It may have been through before the interrupt came.
        assertThat(ended.written() || ended.interrupted())
                .as("ended.written() || ended.interrupted()")
                .isTrue();
        if (!ended.written() && !ended.unknown()) {
            assertThat(items().get("a")).contains(held);
        }
        assertThat(items().put("a", HOLDERS).version()).isGreaterThan(held.version());
    }

    private void requireEndInTime(Store waiting) throws Exception {
        DocumentCollection<Item> collection = waiting.collection(itemSchema());
        Elsewhere<Document<Item>> holder = hold(store);
        long started = System.nanoTime();
        Ended ended = Elsewhere.call(() -> endOf(() -> collection.put("b", WAITERS)));
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        release.countDown();
        holder.result();
        assertThat(took).isLessThan(TIMEOUT.plusSeconds(5));
        assertThat(ended.written() || took.compareTo(TIMEOUT.dividedBy(2)) > 0)
                .as("it waited for %s before it gave up", took)
                .isTrue();
        assertThat(items().exists("b")).isEqualTo(ended.written());
    }

    /** Has a thread hold a transaction that has written document a, until it is released. */
    private Elsewhere<Document<Item>> hold(Store handle) throws InterruptedException {
        items();
        CountDownLatch holding = new CountDownLatch(1);
        Elsewhere<Document<Item>> holder = Elsewhere.start(() -> handle.transaction(tx -> {
            Document<Item> held = tx.collection(itemSchema()).put("a", HOLDERS);
            holding.countDown();
            release.await();
            return held;
        }));
        Elsewhere.await(holding);
        return holder;
    }

    private static Ended endOf(Call call) {
        boolean written = false;
        boolean unknown = false;
        try {
            call.run();
            written = true;
        } catch (OutcomeUnknownException e) {
            unknown = true;
        } catch (StoreException e) {
            assertThat(e).isInstanceOf(UnavailableException.class);
        }
        return new Ended(written, unknown, Thread.currentThread().isInterrupted());
    }
}
