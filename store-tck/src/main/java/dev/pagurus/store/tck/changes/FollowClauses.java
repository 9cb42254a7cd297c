package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Group F: those who follow a feed inside of the store. Their effects are counts of how often each document was taken in. */
@Needs({Capability.CHANGES, Capability.TRANSACTIONS})
public abstract class FollowClauses extends ChangesGroup {

    private static final int DOCUMENTS = 40;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    /** On a store with one writer others wait; how long a test gives them to show that they need not. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private Schema<Item> counts;

    protected FollowClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void begin() {
        counts = itemSchema("counts");
        store.collection(counts);
        store.collection(notes);
    }

    private void count(Transaction tx, List<Change> changes) {
        for (Change change : changes) {
            tx.collection(counts)
                    .compute(
                            change.id(),
                            old -> Optional.of(
                                    Item.ofNumber(old.map(FollowClauses::number).orElse(0L) + 1)));
        }
    }

    private static long number(Item item) {
        return Objects.requireNonNull(item.number());
    }

    private Elsewhere<Boolean> follower(Store by, int limit) {
        // Before it runs, so that what comes after this is not before its beginning.
        by.collection(counts);
        ChangeFeed feed = by.changes(notes).limit(limit);
        return Elsewhere.start(() -> {
            by.follow("counter", feed, this::count);
            return Thread.currentThread().isInterrupted();
        });
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        store.collection(counts).query().stream()
                .forEach(document -> counted.put(document.id(), number(document.value())));
        return counted;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long started = System.nanoTime();
        while (!condition.call()) {
            assertThat(System.nanoTime() - started)
                    .as("nanoseconds until %s", what)
                    .isLessThan(LIMIT);
            Thread.sleep(2);
        }
    }

    private void awaitCounted(String id) throws Exception {
        await("'" + id + "' was taken in", () -> store.collection(counts).exists(id));
    }

    private static void end(Elsewhere<Boolean> follower) throws Exception {
        follower.interrupt();
        assertThat(follower.result())
                .as("whether a follower that was interrupted keeps the interrupt")
                .isTrue();
    }

    private void insert(int from, int to) {
        for (int i = from; i < to; i++) {
            notes().insert("n" + i, Item.ofNumber(i));
        }
    }

    @Proves(Clause.F22)
    void severalOfOneNameTakeInEachChangeOnce() throws Exception {
        Store other = second();
        insert(0, DOCUMENTS / 2);
        List<Elsewhere<Boolean>> followers = List.of(follower(store, 3), follower(other, 2), follower(store, 5));
        insert(DOCUMENTS / 2, DOCUMENTS);
        await("all were taken in", () -> counted().size() == DOCUMENTS);
        for (Elsewhere<Boolean> follower : followers) {
            end(follower);
        }
        assertThat(counted().values())
                .as("how often each document was taken in by followers of one name")
                .containsOnly(1L);
    }

    @Proves(Clause.F23)
    void thePositionIsKeptWithTheEffectsOrNeitherIs() throws Exception {
        insert(0, 3);
        ChangeFeed feed = store.changes(notes);
        IllegalStateException mine = new IllegalStateException("mine");
        IllegalStateException ended = thrown(
                IllegalStateException.class,
                () -> store.follow("counter", feed, (tx, changes) -> {
                    count(tx, changes);
                    throw mine;
                }));
        assertThat(ended).as("what the function threw").isSameAs(mine);
        assertThat(counted()).as("effects of a function that threw").isEmpty();
        for (int begun = 0; begun < 2; begun++) {
            Elsewhere<Boolean> follower = follower(second(), 2);
            String last = "n" + (3 + begun);
            insert(3 + begun, 4 + begun);
            awaitCounted(last);
            end(follower);
        }
        assertThat(counted().values())
                .as("how often each document was taken in by a follower that began again")
                .hasSize(5)
                .containsOnly(1L);
    }

    @Proves(Clause.F23)
    void whoIsForgottenBeginsAnew() throws Exception {
        assertThat(store.unfollow("counter")).as("whether there was one").isFalse();
        insert(0, 2);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n1");
        end(follower);
        assertThat(second().unfollow("counter")).as("whether there was one").isTrue();
        follower = follower(store, 500);
        await("all were taken in twice", () -> counted().equals(Map.of("n0", 2L, "n1", 2L)));
        end(follower);
        assertThat(store.unfollow("another")).as("whether there was another").isFalse();
    }

    @Proves(Clause.F23)
    void whoCannotGoOnIsToldAndMayBeForgotten() throws Exception {
        insert(0, 2);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n1");
        end(follower);
        Store other = second();
        other.collection(itemSchema("notes").revision(2));
        ChangeFeed anew = other.changes(itemSchema("notes").changes(WEEK).revision(3));
        PositionLostException lost = thrown(
                PositionLostException.class,
                () -> other.follow("counter", anew.startWithState(), (tx, changes) -> count(tx, changes)));
        assertThat(lost).as("the message").hasMessageContainingAll("'counter'", "unfollow");
        other.unfollow("counter");
        other.collection(counts);
        Elsewhere<Boolean> again = Elsewhere.start(() -> {
            other.follow("counter", anew.startWithState(), this::count);
            return Thread.currentThread().isInterrupted();
        });
        await("the state was taken in", () -> counted().equals(Map.of("n0", 2L, "n1", 2L)));
        end(again);
    }

    @Proves(Clause.F24)
    void aFollowerThatWaitsIsWoken() throws Exception {
        DocumentCollection<Item> there = second().collection(notes);
        Elsewhere<Boolean> follower = follower(store, 500);
        for (int i = 0; i < 4; i++) {
            notes().insert("own" + i, Item.ofNumber(i));
            awaitCounted("own" + i);
            there.insert("other" + i, Item.ofNumber(i));
            awaitCounted("other" + i);
        }
        store.runTransaction(tx -> tx.collection(notes).insert("last", Item.of("last")));
        awaitCounted("last");
        end(follower);
    }

    @Proves(Clause.F25)
    void anInterruptAndACloseEndAFollower() throws Exception {
        insert(0, 1);
        Elsewhere<Boolean> interrupted = follower(store, 500);
        awaitCounted("n0");
        end(interrupted);
        Store other = second();
        Elsewhere<Boolean> closed = follower(other, 500);
        insert(1, 2);
        awaitCounted("n1");
        other.close();
        assertThat(closed.result())
                .as("whether a follower of a closed store is interrupted")
                .isFalse();
        ChangeFeed feed = store.changes(notes);
        assertThat(Elsewhere.<Boolean>call(() -> {
                    Thread.currentThread().interrupt();
                    store.follow("another", feed, this::count);
                    return Thread.currentThread().isInterrupted();
                }))
                .as("whether who is interrupted before it follows keeps the interrupt")
                .isTrue();
        assertThat(counted()).as("effects").isEqualTo(Map.of("n0", 1L, "n1", 1L));
    }

    @Proves(Clause.F26)
    void nobodyWhoWritesFailsBecauseOfAFollower() throws Exception {
        insert(0, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Store other = second();
        other.collection(counts);
        ChangeFeed feed = other.changes(notes);
        Elsewhere<Boolean> follower = Elsewhere.start(() -> {
            other.follow("counter", feed, (tx, changes) -> {
                count(tx, changes);
                inside.countDown();
                Elsewhere.await(enough);
            });
            return Thread.currentThread().isInterrupted();
        });
        Elsewhere.await(inside);
        List<Elsewhere<?>> writes = new ArrayList<>();
        writes.add(Elsewhere.start(() -> notes().put("n1", Item.of("put"))));
        writes.add(Elsewhere.start(
                () -> store.transaction(tx -> tx.collection(notes).put("n2", Item.of("tx")))));
        writes.add(Elsewhere.start(() -> notes().delete("n0")));
        for (Elsewhere<?> write : writes) {
            write.within(PATIENCE);
        }
        enough.countDown();
        for (Elsewhere<?> write : writes) {
            write.result();
        }
        awaitCounted("n1");
        awaitCounted("n2");
        await("the deletion was taken in", () -> counted().getOrDefault("n0", 0L) >= 2);
        end(follower);
    }

    @Proves(Clause.F26)
    void noTransactionFailsBecauseOfAReader() throws Exception {
        ChangeFeed feed = second().changes(notes);
        insert(0, 3);
        AtomicInteger pages = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            String id = "n" + i;
            store.runTransaction(tx -> {
                existing(tx.collection(notes), id);
                Elsewhere.start(feed::page).within(PATIENCE).ifPresent(page -> pages.incrementAndGet());
                tx.collection(notes).update(id, item -> Item.of("updated"));
                Elsewhere.start(feed::page).within(PATIENCE).ifPresent(page -> pages.incrementAndGet());
            });
        }
        assertThat(notes().where(Item.TEXT.eq("updated")).count())
                .as("documents that were updated while %s pages were read", pages)
                .isEqualTo(3);
    }
}
