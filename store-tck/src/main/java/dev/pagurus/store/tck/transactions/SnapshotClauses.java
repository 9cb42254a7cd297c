package dev.pagurus.store.tck.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.ReadableSource;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Group T: snapshots, which see one state, wait for nobody and keep nobody waiting. */
@Needs(Capability.SNAPSHOTS)
public abstract class SnapshotClauses extends ClauseGroup {

    private static final Item ONE = Item.of("one").tagged("x");
    private static final Item TWO = Item.of("two").tagged("y");

    protected SnapshotClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void defineBoth() {
        items();
        store.collection(others());
    }

    @Proves(Clause.T24)
    void aSnapshotStaysAsItWasWhenItBegan() throws Exception {
        Document<Item> before = items().insert("a", ONE);
        boolean finished = store.snapshot(view -> {
            ReadableCollection<Item> items = view.collection(itemSchema());
            assertThat(items.get("a")).contains(before);
            Elsewhere.call(() -> {
                store.collection(itemSchema()).put("a", TWO);
                store.collection(itemSchema()).insert("b", TWO);
                return store.collection(others()).insert("c", TWO);
            });
            assertThat(items.get("a")).contains(before);
            assertThat(items.query().list()).containsExactly(before);
            assertThat(items.where(Item.TAGS.contains("y")).count()).isZero();
            assertThat(view.collection(others()).query().list()).isEmpty();
            return true;
        });
        assertThat(finished).as("whether the call came back").isTrue();
        assertThat(items().query().count()).isEqualTo(2);
    }

    @Proves(Clause.T24)
    void aSnapshotThatReadsLateSeesTheStateItBeganWith() throws Exception {
        Document<Item> before = items().insert("a", ONE);
        AtomicBoolean written = new AtomicBoolean();
        boolean finished = store.snapshot(view -> {
            if (written.compareAndSet(false, true)) {
                Elsewhere.call(() -> store.collection(itemSchema()).put("a", TWO));
            }
            assertThat(view.collection(itemSchema()).get("a"))
                    .as("the first that the snapshot reads")
                    .contains(before);
            return true;
        });
        assertThat(finished).as("whether the call came back").isTrue();
    }

    @Proves(Clause.T24)
    @Needs(Capability.TRANSACTIONS)
    void aSnapshotSeesTransactionsOverSeveralCollectionsAsAWhole() throws Exception {
        items().insert("a", Item.ofNumber(0));
        store.collection(others()).insert("a", Item.ofNumber(0));
        AtomicBoolean done = new AtomicBoolean();
        Elsewhere<Boolean> writer = Elsewhere.start(() -> {
            for (long i = 1; !done.get(); i++) {
                long number = i;
                store.runTransaction(tx -> {
                    tx.collection(itemSchema()).put("a", Item.ofNumber(number));
                    tx.collection(others()).put("a", Item.ofNumber(number));
                });
            }
            return true;
        });
        Item none = Item.ofNumber(0);
        Item seen = none;
        for (int i = 0;
                i < 100 || (seen.equals(none) && writer.within(Duration.ZERO).isEmpty());
                i++) {
            seen = store.snapshot(view -> {
                Item other = valueOf(view.collection(others()));
                assertThat(valueOf(view.collection(itemSchema()))).isEqualTo(other);
                return other;
            });
        }
        done.set(true);
        assertThat(writer.result()).as("writer.result()").isTrue();
    }

    @Proves(Clause.T24)
    @Needs(Capability.TRANSACTIONS)
    void aLongListIsOfOneState() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        cells.insertAll(IntStream.range(0, 1198).mapToObj(Cell::of), cell -> "c" + cell.value(), OnConflict.FAIL);
        cells.insert("a first", Cell.of(0));
        cells.insert("z last", Cell.of(0));
        AtomicBoolean done = new AtomicBoolean();
        Elsewhere<Boolean> writer = Elsewhere.start(() -> {
            for (int i = 0; !done.get(); i++) {
                long value = 10_000L + i;
                store.runTransaction(tx -> {
                    tx.collection(cellSchema()).put("a first", Cell.of(value));
                    tx.collection(cellSchema()).put("z last", Cell.of(value));
                });
            }
            return true;
        });
        for (int i = 0; i < 20; i++) {
            List<Document<Cell>> list = cells.query().list();
            assertThat(list).hasSize(1200);
            assertThat(list.get(0).id()).isEqualTo("a first");
            assertThat(list.get(0).value()).isEqualTo(list.get(1199).value());
        }
        done.set(true);
        assertThat(writer.result()).as("writer.result()").isTrue();
    }

    @Proves(Clause.T24)
    void aSnapshotDoesNotSeeACollectionThatCameLater() throws Exception {
        Schema<Item> later = itemSchema("later");
        boolean finished = store.snapshot(view -> {
            assertThat(view.collection(itemSchema()).query().count()).isZero();
            Elsewhere.call(() -> store.collection(later).insert("a", ONE));
            assertThatThrownBy(() -> view.collection(later).query().list()).isInstanceOf(SchemaException.class);
            return true;
        });
        assertThat(finished).as("whether the call came back").isTrue();
        assertThat(store.collection(later).exists("a"))
                .as("store.collection(later).exists('a')")
                .isTrue();
    }

    @Proves(Clause.T24)
    void whatOnlyReadsWorksInASnapshotAsOutside() {
        items().insert("a", ONE);
        assertThat(itemA(store)).isEqualTo(ONE);
        Item inside = store.snapshot(this::itemA);
        assertThat(inside).isEqualTo(ONE);
    }

    private Item itemA(ReadableSource source) {
        return valueOf(source.collection(itemSchema()));
    }

    @Proves(Clause.T24)
    void anExceptionOfASnapshotsFunctionReachesTheCaller() {
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> store.snapshot(view -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(items().query().count()).isZero();
    }

    @Proves(Clause.T25)
    @Needs(Capability.TRANSACTIONS)
    void aSnapshotDoesNotWaitForATransaction() throws Exception {
        items().insert("a", ONE);
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", TWO);
            Item seen = Elsewhere.call(() -> store.snapshot(view -> valueOf(view.collection(itemSchema()))));
            assertThat(seen).isEqualTo(ONE);
        });
    }

    @Proves(Clause.T25)
    @Needs(Capability.TRANSACTIONS)
    void noWriterWaitsForASnapshot() throws Exception {
        items().insert("a", ONE);
        boolean written = store.snapshot(view -> {
            assertThat(valueOf(view.collection(itemSchema()))).isEqualTo(ONE);
            return Elsewhere.call(() -> {
                store.collection(itemSchema()).put("a", TWO);
                store.runTransaction(tx -> tx.collection(itemSchema()).insert("b", TWO));
                return store.collection(itemSchema()).delete("a");
            });
        });
        assertThat(written).as("whether it was written").isTrue();
    }

    @Proves(Clause.T27)
    void snapshotsThatAreHeldStarveNoReader() throws Exception {
        // Long, since a store may have to connect for each of them, on a busy machine. A right one does not wait for
        // it.
        startWith(config -> config.timeout(Duration.ofSeconds(20)));
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        cells.insertAll(IntStream.range(0, 600).mapToObj(Cell::of), cell -> "c" + cell.value(), OnConflict.FAIL);
        CountDownLatch release = new CountDownLatch(1);
        List<Elsewhere<Boolean>> holders = hold(40, release);
        try {
            assertThat(cells.get("c7")).as("cells.get('c7')").isPresent();
            assertThat(cells.query().count()).isEqualTo(600);
            assertThat(cells.query().stream()).hasSize(600);
            assertThat(cells.query().list()).hasSize(600);
            cells.put("c7", Cell.of(-7));
        } finally {
            release.countDown();
        }
        for (Elsewhere<Boolean> holder : holders) {
            holder.result();
        }
    }

    /** Has so many threads want a snapshot and hold it; those who get none within the time-out give up. */
    private List<Elsewhere<Boolean>> hold(int threads, CountDownLatch release) throws InterruptedException {
        CountDownLatch some = new CountDownLatch(1);
        List<Elsewhere<Boolean>> holders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            holders.add(Elsewhere.start(() -> {
                try {
                    return store.snapshot(view -> {
                        view.collection(cellSchema()).exists("c0");
                        some.countDown();
                        release.await();
                        return true;
                    });
                } catch (UnavailableException e) {
                    return false;
                }
            }));
        }
        Elsewhere.await(some);
        // The others need a moment to take what they can get.
        Thread.sleep(100);
        return holders;
    }

    private static Item valueOf(ReadableCollection<Item> collection) {
        return existing(collection, "a").value();
    }

    private Schema<Item> others() {
        return itemSchema("others");
    }
}
