package dev.pagurus.store.tck.lifecycle;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Ids;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.states.Question;
import dev.pagurus.store.tck.states.Reading;
import dev.pagurus.store.tck.states.Writing;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every call that an interrupt may meet. */
abstract class InterruptGroup extends ClauseGroup {

    private static final Item ITEM = Item.of("interrupted").withNumber(1).tagged("t");

    InterruptGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** A call, which may throw what the contract lets it throw. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** Ends a transaction. */
    private static final class GivesUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Says how it ended; only what an interrupted call may throw is let through. */
    static String endOf(Call call) {
        try {
            call.run();
            return "returned";
        } catch (StoreException | GivesUp | IllegalStateException e) {
            return "threw " + e;
        } catch (Exception e) {
            throw new AssertionError("A call threw what no interrupt explains: " + e, e);
        }
    }

    /** Everything, also what fails, and each call once before, so that nothing is new. */
    final Map<String, Call> calls() {
        DocumentCollection<Item> items = items();
        items.insertAll(IntStream.range(0, 600).mapToObj(Item::ofNumber), item -> "d" + item.number(), OnConflict.FAIL);
        Question about = new Question("d1", List.of("d1", "d2", "missing"), ITEM);
        Map<String, Call> calls = new LinkedHashMap<>();
        for (Reading reading : Reading.ALL) {
            boolean isList = reading.name().startsWith("list");
            if (!isList || has(Capability.SNAPSHOTS)) {
                calls.put(reading.name(), () -> reading.ask().of(items, about));
            }
        }
        for (Writing writing : Writing.script(store.capabilities())) {
            calls.put(writing.name(), () -> writing.write(store, itemSchema(), "written", ITEM));
        }
        calls.put("insert of an id that is taken", () -> items.insert("d1", ITEM));
        calls.put("replace at a wrong version", () -> items.replace("d1", 1, ITEM));
        calls.put("get of an id that is none", () -> items.get(""));
        calls.put("put of a text that is too long", () -> items.put("x", Item.of("x".repeat(2_000))));
        calls.put("count with a limit", () -> items.query().limit(1).count());
        calls.put(
                "putAll",
                () -> items.putAll(
                        IntStream.range(0, 50).mapToObj(Item::ofNumber), item -> "p" + item.number(), OnConflict.SKIP));
        calls.put("health", store::health);
        calls.put("collection", () -> store.collection(itemSchema("others")));
        calls.put("steps", store::steps);
        calls.put("removal of what has expired", store::removeExpired);
        calls.put("drop of what is not there", () -> store.drop("nothing"));
        calls.put("rename of what is not there", () -> store.rename("nothing", "things"));
        if (has(Capability.SNAPSHOTS)) {
            calls.put(
                    "snapshot",
                    () -> store.snapshot(
                            view -> view.collection(itemSchema()).query().list()));
            calls.put(
                    "snapshot that gives up",
                    () -> store.snapshot(view -> {
                        throw new GivesUp();
                    }));
            calls.put("summaries", store::summaries);
            calls.put("export", () -> store.exportTo(OutputStream.nullOutputStream(), CopyOptions.DEFAULT));
        }
        if (has(Capability.TRANSACTIONS)) {
            calls.put(
                    "transaction",
                    () -> store.runTransaction(tx -> tx.collection(itemSchema()).put("d2", ITEM)));
            calls.put(
                    "transaction that only reads",
                    () -> store.runTransaction(
                            tx -> tx.collection(itemSchema()).query().count()));
            calls.put(
                    "transaction that gives up",
                    () -> store.runTransaction(tx -> {
                        tx.collection(itemSchema()).put("d2", ITEM);
                        throw new GivesUp();
                    }));
            calls.put(
                    "step",
                    () -> store.step(
                            "step " + Ids.next(),
                            tx -> tx.collection(itemSchema()).put("d2", ITEM)));
            calls.put("step that is done", () -> store.step("done", itemSchema(), (tx, batch) -> {}));
            calls.put(
                    "step that gives up",
                    () -> store.step("never", itemSchema(), (tx, batch) -> {
                        throw new GivesUp();
                    }));
            calls.put(
                    "transaction that is refused",
                    () -> store.runTransaction(tx -> tx.collection(itemSchema()).insert("d1", ITEM)));
        }
        if (has(Capability.CHANGES)) {
            putChanges(calls);
        }
        calls.values().forEach(InterruptGroup::endOf);
        Thread.interrupted(); // who makes one is found out elsewhere
        return calls;
    }

    private void putChanges(Map<String, Call> calls) {
        Schema<Item> kept = itemSchema("kept").changes(Duration.ofDays(7));
        store.collection(kept).put("d1", ITEM);
        ChangeFeed feed = store.changes(kept);
        calls.put("feed", () -> store.changes(kept));
        calls.put("end of a feed", feed::end);
        calls.put("page of changes", feed::page);
        calls.put("page of the state", () -> feed.startWithState().page());
        calls.put("page that is waited for", () -> feed.startAfter(feed.end()).page(Duration.ofMillis(1)));
        calls.put("followers", store::followers);
        calls.put("unfollow", () -> store.unfollow("nobody"));
    }

    final Map<String, Call> callsOfFunctions() {
        calls();
        DocumentCollection<Item> items = items();
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("update", () -> items.update("d1", old -> interrupted(ITEM)));
        calls.put("compute", () -> items.compute("d1", old -> Optional.of(interrupted(ITEM))));
        calls.put("compute to nothing", () -> items.compute("d3", old -> interrupted(Optional.empty())));
        calls.put("updateAll", () -> items.where(Item.NUMBER.gte(500)).updateAll(old -> interrupted(old)));
        calls.put(
                "insertAll", () -> items.insertAll(Stream.of(ITEM), item -> interrupted("inserted"), OnConflict.FAIL));
        calls.put(
                "insertAll of what is there",
                () -> items.insertAll(Stream.of(ITEM), item -> interrupted("inserted"), OnConflict.SKIP));
        calls.put(
                "putAll of a stream that is closed",
                () -> items.putAll(Stream.of(ITEM).onClose(() -> interrupted(true)), item -> "put", OnConflict.FAIL));
        if (has(Capability.SNAPSHOTS)) {
            calls.put("snapshot", () -> store.snapshot(view -> interrupted(true)));
            calls.put(
                    "snapshot that reads",
                    () -> store.snapshot(view ->
                            interrupted(view.collection(itemSchema())).query().count()));
            calls.put(
                    "export",
                    () -> store.exportTo(
                            OutputStream.nullOutputStream(),
                            CopyOptions.DEFAULT.withProgress(progress -> interrupted(true))));
        }
        if (has(Capability.TRANSACTIONS)) {
            calls.put(
                    "transaction",
                    () -> store.runTransaction(tx -> {
                        tx.collection(itemSchema()).put("d2", ITEM);
                        interrupted(true);
                    }));
            calls.put(
                    "transaction that goes on",
                    () -> store.runTransaction(tx -> {
                        interrupted(true);
                        tx.collection(itemSchema()).put("d2", ITEM);
                        tx.collection(itemSchema()).query().list();
                    }));
            calls.put(
                    "transaction that gives up",
                    () -> store.runTransaction(tx -> {
                        tx.collection(itemSchema()).put("d2", ITEM);
                        interrupted(true);
                        throw new GivesUp();
                    }));
            calls.put(
                    "action after a commit",
                    () -> store.runTransaction(tx -> {
                        tx.collection(itemSchema()).put("d2", ITEM);
                        tx.afterCommit(() -> interrupted(true));
                    }));
        }
        return calls;
    }

    /** Interrupts this thread. */
    private static <R> R interrupted(R result) {
        Thread.currentThread().interrupt();
        return result;
    }
}
