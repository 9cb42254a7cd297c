package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** Group C: what a store declares works, and what it does not declare is refused; nothing in between. */
public abstract class CapabilityClauses extends ClauseGroup {

    private static final Item ONE = Item.of("one").tagged("x");
    private static final Item TWO = Item.of("two").tagged("y");

    /** More than one chunk of a scan. */
    private static final int MANY = 600;

    private final AtomicInteger calls = new AtomicInteger();
    private List<Document<Item>> before = List.of();

    protected CapabilityClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void insertOne() {
        before = List.of(items().insert("a", ONE));
    }

    @Proves(Clause.C1)
    void transactionsWorkOrAreRefused() {
        requireWorksOrRefused(
                Capability.TRANSACTIONS,
                () -> store.transaction(tx -> {
                    calls.incrementAndGet();
                    return tx.collection(itemSchema()).put("b", TWO);
                }));
    }

    @Proves(Clause.C1)
    void transactionsWithoutResultWorkOrAreRefused() {
        requireWorksOrRefused(
                Capability.TRANSACTIONS,
                () -> store.runTransaction(tx -> {
                    calls.incrementAndGet();
                    tx.collection(itemSchema()).put("b", TWO);
                }));
    }

    @Proves(Clause.C1)
    void deleteAllWorksOrIsRefused() {
        requireWorksOrRefused(Capability.TRANSACTIONS, () -> items().query().deleteAll());
    }

    @Proves(Clause.C2)
    void snapshotsWorkOrAreRefused() {
        ThrowingCallable snapshot = () -> store.snapshot(view -> {
            calls.incrementAndGet();
            assertThat(view.collection(itemSchema()).query().list())
                    .as("what the snapshot sees")
                    .isEqualTo(before);
            return true;
        });
        if (declares(Capability.SNAPSHOTS)) {
            assertThat(catchNothing(snapshot)).as("runs of the function").isPositive();
        } else {
            requireRefused(Capability.SNAPSHOTS, snapshot);
        }
    }

    @Proves(Clause.C2)
    void longListsWorkOrAreRefused() {
        items().insertAll(
                        IntStream.range(0, MANY).mapToObj(Item::ofNumber),
                        item -> "i" + item.number(),
                        OnConflict.FAIL);
        before = items().query().stream().toList();
        if (declares(Capability.SNAPSHOTS)) {
            assertThat(items().query().list())
                    .as("a list longer than a chunk")
                    .isEqualTo(before)
                    .hasSize(MANY + 1);
        } else {
            requireRefused(Capability.SNAPSHOTS, () -> items().query().list());
        }
    }

    @Proves(Clause.C3)
    void uniqueIndexesWorkOrAreRefused() {
        Schema<Item> schema = Schema.of("pairs", Item.class).uniqueIndex(Item.TEXT);
        if (declares(Capability.UNIQUE_INDEXES)) {
            DocumentCollection<Item> pairs = store.collection(schema);
            pairs.insert("a", ONE);
            assertThatThrownBy(() -> pairs.insert("b", ONE), "a second document with the same text")
                    .isInstanceOf(UniqueViolationException.class);
        } else {
            requireRefused(Capability.UNIQUE_INDEXES, () -> store.collection(schema));
            // Nothing is left of it that would stand in the way of a plain one.
            store.collection(Schema.of("pairs", Item.class).index(Item.TEXT)).insert("a", ONE);
        }
    }

    @Proves(Clause.C3)
    void aRevisionWithAUniqueIndexWorksOrIsRefused() {
        Schema<Item> plain = Schema.of("pairs", Item.class).index(Item.TEXT);
        store.collection(plain).insert("a", ONE);
        Schema<Item> unique =
                Schema.of("pairs", Item.class).uniqueIndex(Item.TEXT).revision(2);
        if (declares(Capability.UNIQUE_INDEXES)) {
            assertThatThrownBy(() -> store.collection(unique).insert("b", ONE), "a second document with the same text")
                    .isInstanceOf(UniqueViolationException.class);
        } else {
            requireRefused(Capability.UNIQUE_INDEXES, () -> store.collection(unique));
            assertThat(store.collection(plain).insert("b", ONE).id())
                    .as("what the first revision still writes")
                    .isEqualTo("b");
        }
    }

    @Proves(Clause.C6)
    void changesAreKeptOrRefused() {
        Schema<Item> kept = Schema.of("kept", Item.class).changes(Duration.ofDays(1));
        if (declares(Capability.CHANGES)) {
            store.collection(kept).insert("a", ONE);
            assertThat(store.changes(kept).page().changes())
                    .as("changes")
                    .extracting(Change::id)
                    .containsExactly("a");
        } else {
            requireRefused(Capability.CHANGES, () -> store.collection(kept));
            requireRefused(Capability.CHANGES, () -> store.changes(kept));
            // Nothing is left of it that would stand in the way of a plain one.
            store.collection(Schema.of("kept", Item.class)).insert("a", ONE);
        }
    }

    @Proves(Clause.C4)
    void everyHandleDeclaresTheSame() throws Exception {
        assertThat(store.capabilities())
                .as("the capabilities of one handle and another")
                .isEqualTo(second().capabilities());
        assertThatThrownBy(() -> store.capabilities().clear(), "changing the set that was returned")
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private void requireWorksOrRefused(Capability capability, ThrowingCallable change) {
        if (!declares(capability)) {
            requireRefused(capability, change);
            return;
        }
        catchNothing(change);
        assertThat(items().query().list())
                .as("the documents after the change, which was made")
                .isNotEqualTo(before);
    }

    private void requireRefused(Capability capability, ThrowingCallable use) {
        assertThatThrownBy(use, "what needs %s, which the store does not declare", capability)
                .isInstanceOfSatisfying(
                        UnsupportedCapabilityException.class,
                        e -> assertThat(e.capability())
                                .as("the capability that the exception names")
                                .isEqualTo(capability));
        assertThat(calls).as("runs of the function that was refused").hasValue(0);
        assertThat(items().query().stream().toList())
                .as("the documents after the refusal")
                .isEqualTo(before);
    }

    private int catchNothing(ThrowingCallable call) {
        try {
            call.call();
        } catch (Throwable e) {
            throw new AssertionError("The store declares " + store.capabilities() + " but failed: " + e, e);
        }
        return calls.get();
    }

    private boolean declares(Capability capability) {
        return store.capabilities().contains(capability);
    }
}
