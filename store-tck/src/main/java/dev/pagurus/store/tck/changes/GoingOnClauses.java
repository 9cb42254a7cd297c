package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group F: who goes on from the position it got misses nothing. */
public abstract class GoingOnClauses extends ChangesGroup {

    private static final int STEPS = 120;
    private static final int PAIRS = 30;

    /** On a store with one writer others wait; how long a test gives them to show that they need not. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    protected GoingOnClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.F5)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void whatIsCommittedLateIsNotMissed() throws Exception {
        ChangeFeed feed = store.changes(notes, others);
        Store late = second();
        late.collection(notes).put("before", Item.of("before"));
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Elsewhere<Boolean> open = Elsewhere.start(() -> late.transaction(tx -> {
            tx.collection(notes).put("late", Item.of("late"));
            tx.collection(others).put("late", Item.of("late"));
            written.countDown();
            Elsewhere.await(enough);
            return true;
        }));
        Elsewhere.await(written);
        List<Mirror> readers = new ArrayList<>();
        Mirror reader = new Mirror(List.of(notes, others));
        List<Elsewhere<?>> writes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            Elsewhere<?> write = Elsewhere.start(() -> notes().put("meanwhile" + number, Item.ofNumber(number)));
            write.within(PATIENCE);
            writes.add(write);
            reader.readAll(feed.limit(1));
            readers.add(reader.copy());
            assertThat(reader.value(notes, "late")).as("what is not committed").isNull();
        }
        enough.countDown();
        open.result();
        for (Elsewhere<?> write : writes) {
            write.result();
        }
        for (Mirror one : readers) {
            one.readAll(feed.limit(2));
            one.requireSameAs(store, "who went on from a page of before the commit");
        }
    }

    @Proves(Clause.F6)
    void whoGoesOnFromAnyPositionHasEverything() throws Exception {
        Store there = second();
        for (Seed seed : Seed.several(2)) {
            Walk walk = new Walk(List.of(store, there), new Random(seed.value()));
            try {
                walk.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("To repeat: " + seed.toRepeat() + ". " + e.getMessage(), e);
            }
        }
    }

    /** Random writes and pages through two handles. */
    private final class Walk {

        private final List<Store> handles;
        private final Random random;
        private final Mirror reader = new Mirror(List.of(notes, others));
        private final List<Mirror> kept = new ArrayList<>();

        Walk(List<Store> handles, Random random) {
            this.handles = handles;
            this.random = random;
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(3) > 0) {
                    write(any().collection(random.nextBoolean() ? notes : others));
                } else if (reader.read(feed())) {
                    reader.requireSameAs(store, "at a page that says that it is complete");
                }
                if (i % 12 == 0) {
                    kept.add(reader.copy());
                }
            }
            kept.add(reader);
            for (Mirror one : kept) {
                one.readAll(feed());
                one.requireSameAs(store, "who went on from a position in the middle");
            }
        }

        private Store any() {
            return handles.get(random.nextInt(handles.size()));
        }

        private ChangeFeed feed() {
            return any().changes(notes, others).limit(1 + random.nextInt(7));
        }

        private void write(DocumentCollection<Item> collection) {
            String id = "i" + random.nextInt(8);
            // A code is unique, and this is not about that.
            Item item = Samples.item(random).withCode(null);
            switch (random.nextInt(6)) {
                case 0 -> collection.delete(id);
                case 1 -> collection.update(id, old -> item);
                case 2 ->
                    collection.putAll(
                            IntStream.range(0, 4).mapToObj(n -> item.withNumber(n)),
                            one -> "i" + one.number(),
                            OnConflict.FAIL);
                case 3 -> {
                    if (has(Capability.TRANSACTIONS)) {
                        collection.where(Item.NUMBER.lt(random.nextInt(4))).deleteAll();
                    }
                }
                default -> collection.put(id, item);
            }
        }
    }

    @Proves(Clause.F6)
    void aPositionOutlivesTheHandleThatGaveIt() throws Exception {
        Mirror reader = new Mirror(List.of(notes));
        for (int i = 0; i < 6; i++) {
            notes().put("n" + i, Item.ofNumber(i));
        }
        reader.read(store.changes(notes).limit(4));
        notes().delete("n5");
        reopen();
        notes().delete("n1");
        reader.readAll(store.changes(notes));
        reader.requireSameAs(store, "who went on when the store was opened again");
    }

    /** Both halves of a pair are written at once, so that who has one has the other. */
    @Proves(Clause.F6)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void aCompletePageIsOneStateWhileOthersWrite() throws Exception {
        List<Store> handles = List.of(store, second());
        ChangeFeed feed = store.changes(notes, others);
        AtomicInteger writing = new AtomicInteger(2);
        List<Elsewhere<Boolean>> writers = new ArrayList<>();
        for (int w = 0; w < 2; w++) {
            Store handle = handles.get(w);
            int first = w;
            handle.collection(notes);
            handle.collection(others);
            writers.add(Elsewhere.start(() -> {
                try {
                    for (int i = 0; i < PAIRS; i++) {
                        writePair(handle, "p" + (first + 2 * (i % 2)), i);
                    }
                    return true;
                } finally {
                    writing.decrementAndGet();
                }
            }));
        }
        Mirror reader = new Mirror(List.of(notes, others));
        while (writing.get() > 0) {
            if (reader.read(feed.limit(40))) {
                for (int pair = 0; pair < 4; pair++) {
                    assertThat(reader.value(notes, "p" + pair))
                            .as("of a pair that is written at once, at a page that says that it is complete")
                            .isEqualTo(reader.value(others, "p" + pair));
                }
            }
        }
        for (Elsewhere<Boolean> writer : writers) {
            writer.result();
        }
        reader.readAll(feed);
        reader.requireSameAs(store, "when all writers are done");
    }

    private void writePair(Store handle, String id, int number) {
        handle.runTransaction(tx -> {
            tx.collection(notes).put(id, Item.ofNumber(number));
            tx.collection(others).put(id, Item.ofNumber(number));
        });
    }

    @Proves(Clause.F8)
    void theEndIsBehindWhatIsThereAndBeforeWhatComes() throws Exception {
        ChangeFeed feed = store.changes(notes, others);
        String start = feed.end();
        assertThat(rest(feed, start)).as("changes of a new collection").isEmpty();
        notes().put("a", Item.of("a"));
        notes().delete("a");
        String end = feed.end();
        ChangePage page = feed.startAfter(end).page();
        assertThat(page.changes()).as("changes behind the end").isEmpty();
        assertThat(page.complete()).as("whether an empty page is complete").isTrue();
        second().collection(others).put("b", Item.of("b"));
        assertThat(ids(rest(feed, end))).as("changes since the end").containsExactly("b");
        assertThat(ids(rest(feed, page.position())))
                .as("changes since a page that was empty")
                .containsExactly("b");
        assertThat(ids(rest(feed, start))).as("all changes").contains("a", "b");
    }

    @Proves(Clause.F28)
    void whoWaitsForAPageGetsItWhenSomethingHasChanged() throws Exception {
        ChangeFeed feed = store.changes(notes);
        String end = feed.end();
        ChangePage none = feed.startAfter(end).page(Duration.ofMillis(1));
        assertThat(none.changes()).as("changes, where none came in time").isEmpty();
        DocumentCollection<Item> there = second().collection(notes);
        for (DocumentCollection<Item> by : List.of(notes(), there)) {
            String from = feed.end();
            Elsewhere<ChangePage> waiting =
                    Elsewhere.start(() -> feed.startAfter(from).page(Duration.ofMinutes(5)));
            assertThat(waiting.within(Duration.ofMillis(20)))
                    .as("a page, before anything has changed")
                    .isEmpty();
            by.put("a", Item.of("a"));
            assertThat(ids(waiting.result().changes())).as("what it waited for").containsExactly("a");
        }
        Elsewhere<Boolean> interrupted = Elsewhere.start(() -> {
            ChangePage page = feed.startAfter(feed.end()).page(Duration.ofMinutes(5));
            return Thread.currentThread().isInterrupted() && page.changes().isEmpty();
        });
        interrupted.interrupt();
        assertThat(interrupted.result())
                .as("whether who is interrupted gets an empty page, and stays interrupted")
                .isTrue();
    }
}
