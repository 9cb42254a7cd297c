package dev.pagurus.store.tck.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Snapshot;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Group T: transactions and snapshots where they do not belong; all of it is refused at once, and harmless. */
public abstract class MisuseClauses extends ClauseGroup {

    private static final Item ITEM = Item.of("item");

    protected MisuseClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void insertOne() {
        items().insert("a", ITEM);
    }

    @Proves(Clause.T8)
    @Needs(Capability.TRANSACTIONS)
    void theStoreIsRefusedInsideOfATransaction() {
        DocumentCollection<Item> outer = items();
        store.runTransaction(tx -> requireAllRefused(outer));
    }

    @Proves(Clause.T8)
    @Needs(Capability.SNAPSHOTS)
    void theStoreIsRefusedInsideOfASnapshot() {
        DocumentCollection<Item> outer = items();
        boolean finished = store.snapshot(view -> {
            requireAllRefused(outer);
            return true;
        });
        assertThat(finished).as("whether the call came back").isTrue();
    }

    @Proves(Clause.T8)
    @Needs(Capability.TRANSACTIONS)
    void aStreamOfTheStoreIsRefusedInsideOfATransaction() {
        Iterator<Document<Item>> outer = items().query().stream().iterator();
        store.runTransaction(tx -> requireRefused(() -> outer.forEachRemaining(document -> {})));
    }

    @Proves(Clause.T8)
    @Needs(Capability.TRANSACTIONS)
    void aRefusedUseLeavesTheTransactionAndTheStoreUsable() {
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).insert("before", ITEM);
            requireRefused(() -> store.runTransaction(nested -> {}));
            tx.collection(itemSchema()).insert("later", ITEM);
        });
        items().insert("outside", ITEM);
        assertThat(items().query().count()).isEqualTo(4);
    }

    @Proves(Clause.T8)
    @Needs(Capability.TRANSACTIONS)
    void theStoreIsUsableAgainAfterATransactionThatThrew() {
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(items().get("a")).as("items().get('a')").isPresent();
        store.runTransaction(tx -> tx.collection(itemSchema()).delete("a"));
        assertThat(items().get("a")).isEmpty();
    }

    @Proves(Clause.T9)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionIsOfNoUseAfterItsEnd() {
        Transaction[] leaked = new Transaction[1];
        DocumentCollection<Item> collection = store.transaction(tx -> {
            leaked[0] = tx;
            return tx.collection(itemSchema());
        });
        requireRefused(() -> leaked[0].collection(itemSchema()));
        requireRefused(() -> leaked[0].afterCommit(() -> {}));
        requireRefused(() -> collection.get("a"));
        requireRefused(() -> collection.raw().get("a"));
        requireRefused(() -> collection.insert("b", ITEM));
        requireRefused(() -> collection.query().deleteAll());
        assertThat(items().query().list()).extracting(Document::id).containsExactly("a");
    }

    @Proves(Clause.T9)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionIsOfNoUseAfterARollback() {
        Transaction[] leaked = new Transaction[1];
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    leaked[0] = tx;
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
        requireRefused(() -> leaked[0].collection(itemSchema()));
    }

    @Proves(Clause.T9)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionIsOfNoUseOnAnotherThread() throws Exception {
        store.runTransaction(tx -> {
            DocumentCollection<Item> collection = tx.collection(itemSchema());
            Elsewhere.call(() -> {
                requireRefused(() -> tx.collection(itemSchema()));
                requireRefused(() -> tx.afterCommit(() -> {}));
                requireRefused(() -> collection.get("a"));
                requireRefused(() -> collection.put("b", ITEM));
                return true;
            });
            collection.put("c", ITEM);
        });
        assertThat(items().query().list()).extracting(Document::id).containsExactly("a", "c");
    }

    @Proves(Clause.T26)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotIsOfNoUseAfterItsEnd() {
        Snapshot[] leaked = new Snapshot[1];
        ReadableCollection<Item> collection = store.snapshot(view -> {
            leaked[0] = view;
            return view.collection(itemSchema());
        });
        requireRefused(() -> leaked[0].collection(itemSchema()));
        requireRefused(() -> collection.get("a"));
        requireRefused(() -> collection.query().list());
    }

    @Proves(Clause.T26)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotIsOfNoUseOnAnotherThread() throws Exception {
        boolean refused = store.snapshot(view -> {
            ReadableCollection<Item> collection = view.collection(itemSchema());
            return Elsewhere.call(() -> {
                requireRefused(() -> view.collection(itemSchema()));
                requireRefused(() -> collection.get("a"));
                return true;
            });
        });
        assertThat(refused).as("whether it was refused").isTrue();
    }

    @Proves(Clause.T26)
    @Needs(Capability.SNAPSHOTS)
    void theCollectionsOfASnapshotCannotWrite() {
        ReadableCollection<Item> collection = store.snapshot(view -> view.collection(itemSchema()));
        assertThat(collection).isNotInstanceOf(DocumentCollection.class);
    }

    @Proves(Clause.T10)
    @Needs(Capability.TRANSACTIONS)
    void nothingIsDefinedInsideOfATransaction() {
        assertThatThrownBy(() -> store.runTransaction(tx -> tx.collection(brandNew())))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("brand_new");
        requireNotDefined();
    }

    @Proves(Clause.T10)
    @Needs(Capability.SNAPSHOTS)
    void nothingIsDefinedInsideOfASnapshot() {
        assertThatThrownBy(() -> store.snapshot(view -> view.collection(brandNew())))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("brand_new");
        requireNotDefined();
    }

    @Proves(Clause.T10)
    @Needs(Capability.TRANSACTIONS)
    void nothingIsUpgradedInsideOfATransaction() {
        assertThatThrownBy(() ->
                        store.runTransaction(tx -> tx.collection(itemSchema().revision(2))))
                .isInstanceOf(SchemaException.class);
        // It is still at revision 1, or this would be refused.
        items().insert("b", ITEM);
    }

    @Proves(Clause.T10)
    @Needs(Capability.TRANSACTIONS)
    void aCollectionThatAnotherHandleDefinedIsFound() throws Exception {
        second().collection(brandNew()).insert("a", ITEM);
        boolean there = store.transaction(tx -> tx.collection(brandNew()).exists("a"));
        assertThat(there).as("whether it is there").isTrue();
    }

    private void requireNotDefined() {
        // If it were there at revision 1, this other definition at revision 1 would be refused.
        store.collection(Schema.of("brand_new", Item.class).field(Item.TEXT));
    }

    private void requireAllRefused(DocumentCollection<Item> outer) {
        requireRefused(() -> store.runTransaction(nested -> {}));
        requireRefused(() -> store.transaction(nested -> "nested"));
        requireRefused(() -> store.snapshot(nested -> "nested"));
        requireRefused(() -> store.collection(brandNew()));
        requireRefused(() -> outer.get("a"));
        requireRefused(() -> outer.getAll(List.of("a", "b")));
        requireRefused(() -> outer.exists("a"));
        requireRefused(() -> outer.query().list());
        requireRefused(() -> outer.query().page());
        requireRefused(() -> outer.query().count());
        requireRefused(() -> outer.query().countBy(Item.TEXT));
        requireRefused(() -> outer.query().select(Item.TEXT).list());
        requireRefused(() -> outer.query().aggregate(Item.NUMBER.sum()));
        requireRefused(() -> outer.query().groupBy(Item.TEXT).aggregate());
        requireRefused(() -> outer.query().distinct(Item.TEXT));
        requireRefused(() -> outer.query().explain());
        requireRefused(() -> outer.query().deleteAll());
        requireRefused(() -> outer.query().updateAll(item -> item));
        requireRefused(() -> outer.insert("b", ITEM));
        requireRefused(() -> outer.put("a", ITEM));
        requireRefused(() -> outer.replace("a", 1, ITEM));
        requireRefused(() -> outer.update("a", item -> item));
        requireRefused(() -> outer.compute("b", item -> Optional.of(ITEM)));
        requireRefused(() -> outer.delete("a"));
        requireRefused(() -> outer.insertAll(Stream.of(ITEM), item -> "b", OnConflict.SKIP));
    }

    private static void requireRefused(Runnable use) {
        assertThatThrownBy(use::run).isExactlyInstanceOf(IllegalStateException.class);
    }

    private Schema<Item> brandNew() {
        return itemSchema("brand_new");
    }
}
