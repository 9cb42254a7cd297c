package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Followers whose effects are counts of how often each document was taken in. */
@Needs({Capability.CHANGES, Capability.TRANSACTIONS})
abstract class FollowGroup extends ChangesGroup {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    /** On a store with one writer others wait; how long a test gives them to show that they need not. */
    static final Duration PATIENCE = Duration.ofMillis(150);

    Schema<Item> counts;

    FollowGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void begin() {
        counts = itemSchema("counts");
        store.collection(counts);
        store.collection(notes);
    }

    void count(Transaction tx, List<Change> changes) {
        for (Change change : changes) {
            tx.collection(counts)
                    .compute(
                            change.id(),
                            old -> Optional.of(
                                    Item.ofNumber(old.map(FollowGroup::number).orElse(0L) + 1)));
        }
    }

    static long number(Item item) {
        return Objects.requireNonNull(item.number());
    }

    Elsewhere<Boolean> follower(Store by, int limit) {
        // Before it runs, so that what comes after this is not before its beginning.
        by.collection(counts);
        ChangeFeed feed = by.changes(notes).limit(limit);
        return Elsewhere.start(() -> {
            by.follow("counter", feed, this::count);
            return Thread.currentThread().isInterrupted();
        });
    }

    Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        store.collection(counts).query().stream()
                .forEach(document -> counted.put(document.id(), number(document.value())));
        return counted;
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long started = System.nanoTime();
        while (!condition.call()) {
            assertThat(System.nanoTime() - started)
                    .as("nanoseconds until %s", what)
                    .isLessThan(LIMIT);
            Thread.sleep(2);
        }
    }

    void awaitCounted(String id) throws Exception {
        await("'" + id + "' was taken in", () -> store.collection(counts).exists(id));
    }

    static void end(Elsewhere<Boolean> follower) throws Exception {
        follower.interrupt();
        assertThat(follower.result())
                .as("whether a follower that was interrupted keeps the interrupt")
                .isTrue();
    }

    void insert(int from, int to) {
        for (int i = from; i < to; i++) {
            notes().insert("n" + i, Item.ofNumber(i));
        }
    }
}
