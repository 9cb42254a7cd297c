package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Group L: what close() waits for, what it refuses, and what comes after it. Where somebody looks at the database
 * afterwards, it is a second handle that closes, for a database may end with the first one.
 */
public abstract class ClosingClauses extends ClauseGroup {

    private static final Duration A_WHILE = Duration.ofMillis(200);
    private static final Item ITEM = Item.of("item");

    protected ClosingClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.L1)
    void closingAgainDoesNothing() {
        items().insert("a", ITEM);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.health()).isInstanceOf(StoreClosedException.class);
    }

    @Proves(Clause.L1)
    void severalThreadsMayClose() throws Exception {
        Race.run(4, number -> store.close());
        assertThatThrownBy(() -> store.health()).isInstanceOf(StoreClosedException.class);
    }

    @Proves(Clause.L1)
    void closingOneHandleLeavesAnotherOpen() throws Exception {
        Store other = second();
        other.collection(itemSchema()).insert("a", ITEM);
        other.close();
        assertThat(items().get("a")).as("items().get('a')").isPresent();
        items().put("a", ITEM);
    }

    @Proves(Clause.L2)
    @Needs(Capability.TRANSACTIONS)
    void closeWaitsForATransaction() throws Exception {
        Store closing = second();
        closing.collection(itemSchema());
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Elsewhere<Document<Item>> transaction = Elsewhere.start(() -> closing.transaction(tx -> {
            began.countDown();
            goOn.await();
            return tx.collection(itemSchema()).insert("a", ITEM);
        }));
        Elsewhere.await(began);
        requireCloseWaitsUntil(closing, goOn);
        assertThat(items().get("a")).contains(transaction.result());
    }

    @Proves(Clause.L2)
    @Needs(Capability.SNAPSHOTS)
    void closeWaitsForASnapshot() throws Exception {
        items().insert("a", ITEM);
        Store closing = second();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Elsewhere<Boolean> snapshot = Elsewhere.start(() -> closing.snapshot(view -> {
            began.countDown();
            goOn.await();
            return view.collection(itemSchema()).exists("a");
        }));
        Elsewhere.await(began);
        requireCloseWaitsUntil(closing, goOn);
        assertThat(snapshot.result()).as("snapshot.result()").isTrue();
    }

    @Proves(Clause.L2)
    void whatReturnedBeforeTheCloseHasHappened() throws Exception {
        Store closing = second();
        DocumentCollection<Item> collection = closing.collection(itemSchema());
        CountDownLatch started = new CountDownLatch(8);
        Elsewhere<List<List<String>>> writers = Elsewhere.start(() -> Race.results(8, number -> {
            List<String> written = new ArrayList<>();
            try {
                while (true) {
                    written.add(collection.insert(ITEM).id());
                    started.countDown();
                }
            } catch (StoreClosedException e) {
                return written;
            }
        }));
        Elsewhere.await(started);
        closing.close();
        List<String> returned =
                writers.result().stream().flatMap(List::stream).sorted().toList();
        assertThat(items().query().list()).extracting(Document::id).isEqualTo(returned);
    }

    @Proves(Clause.L3)
    void everyReadAfterCloseIsRefused() {
        DocumentCollection<Item> collection = items();
        collection.insert("a", ITEM);
        store.close();
        requireClosed(() -> collection.get("a"));
        requireClosed(() -> collection.getAll(List.of("a")));
        requireClosed(() -> collection.exists("a"));
        requireClosed(() -> collection.query().first());
        requireClosed(() -> collection.query().list());
        requireClosed(() -> collection.query().page());
        requireClosed(() -> collection.query().stream().forEach(document -> {}));
        requireClosed(() -> collection.query().count());
        requireClosed(() -> collection.query().exists());
        requireClosed(() -> collection.query().countBy(Item.TEXT));
        requireClosed(() -> collection.query().aggregate(Item.NUMBER.sum()));
        requireClosed(() -> collection.query().groupBy(Item.TEXT).aggregate());
        requireClosed(() -> collection.query().distinct(Item.TEXT));
        requireClosed(() -> collection.query().explain());
    }

    @Proves(Clause.L3)
    void everyWriteAfterCloseIsRefused() {
        DocumentCollection<Item> collection = items();
        Document<Item> a = collection.insert("a", ITEM);
        store.close();
        requireClosed(() -> collection.insert("b", ITEM));
        requireClosed(() -> collection.put("a", ITEM));
        requireClosed(() -> collection.replace(a));
        requireClosed(() -> collection.update("a", found -> ITEM));
        requireClosed(() -> collection.compute("a", found -> Optional.empty()));
        requireClosed(() -> collection.delete("a"));
        requireClosed(() -> collection.query().deleteAll());
        requireClosed(() -> collection.query().updateAll(found -> ITEM));
        requireClosed(() -> collection.insertAll(Stream.of(ITEM), item -> "b", OnConflict.SKIP));
    }

    @Proves(Clause.L3)
    void everyUseOfTheStoreAfterCloseIsRefused() {
        items();
        store.close();
        requireClosed(() -> store.transaction(tx -> "done"));
        requireClosed(() -> store.runTransaction(tx -> {}));
        requireClosed(() -> store.snapshot(view -> "done"));
        requireClosed(() -> store.step("step", tx -> {}));
        requireClosed(() -> store.step("step", itemSchema(), (tx, batch) -> {}));
        requireClosed(() -> store.steps());
        requireClosed(() -> store.drop("others"));
        requireClosed(() -> store.rename("others", "more"));
        requireClosed(() -> store.health());
        requireClosed(() -> store.collection(Schema.of("others", Item.class)));
        requireClosed(() -> store.collection(itemSchema()));
    }

    @Proves(Clause.L3)
    void aStreamThatGoesOnAfterCloseIsRefused() {
        items().insertAll(
                        IntStream.range(0, 600).mapToObj(Item::ofNumber), item -> "i" + item.number(), OnConflict.FAIL);
        Iterator<Document<Item>> stream = items().query().stream().iterator();
        stream.next();
        store.close();
        requireClosed(() -> stream.forEachRemaining(document -> {}));
    }

    @Proves(Clause.L4)
    @Needs(Capability.TRANSACTIONS)
    void closeInsideOfATransactionIsRefused() throws Exception {
        // On a thread of its own, for a close that is not refused waits for itself.
        boolean finished = Elsewhere.call(() -> store.transaction(tx -> requireCloseRefused()));
        assertThat(finished).as("whether the call came back").isTrue();
        items().insert("a", ITEM);
    }

    @Proves(Clause.L4)
    @Needs(Capability.SNAPSHOTS)
    void closeInsideOfASnapshotIsRefused() throws Exception {
        boolean finished = Elsewhere.call(() -> store.snapshot(view -> requireCloseRefused()));
        assertThat(finished).as("whether the call came back").isTrue();
        items().insert("a", ITEM);
    }

    private boolean requireCloseRefused() {
        assertThatThrownBy(() -> store.close()).isInstanceOf(IllegalStateException.class);
        return true;
    }

    private static void requireCloseWaitsUntil(Store closing, CountDownLatch goOn) throws Exception {
        Elsewhere<Boolean> close = Elsewhere.start(() -> {
            closing.close();
            return true;
        });
        try {
            assertThat(close.within(A_WHILE)).isEmpty();
        } finally {
            goOn.countDown();
        }
        assertThat(close.result()).as("close.result()").isTrue();
    }

    private static void requireClosed(Runnable use) {
        assertThatThrownBy(use::run).isInstanceOf(StoreClosedException.class);
    }
}
