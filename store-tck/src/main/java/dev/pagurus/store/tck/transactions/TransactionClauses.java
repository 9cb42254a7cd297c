package dev.pagurus.store.tck.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Group T: one transaction, all or nothing. */
@Needs(Capability.TRANSACTIONS)
public abstract class TransactionClauses extends ClauseGroup {

    private static final Item ONE = Item.of("one").tagged("x").withCode("1");
    private static final Item TWO = Item.of("two").tagged("y").withCode("2");

    protected TransactionClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void defineBoth() {
        items();
        store.collection(others());
    }

    @Proves(Clause.T1)
    void aTransactionThatReturnsHasHappened() {
        items().insert("gone", ONE);
        String result = store.transaction(tx -> {
            tx.collection(itemSchema()).delete("gone");
            tx.collection(itemSchema()).insert("a", ONE);
            tx.collection(others()).insert("b", TWO);
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(items().query().list()).extracting(Document::id).containsExactly("a");
        assertThat(store.collection(others()).exists("b"))
                .as("store.collection(others()).exists('b')")
                .isTrue();
    }

    @Proves(Clause.T1)
    void aTransactionThatThrowsHasNotHappened() {
        Document<Item> before = items().insert("a", ONE);
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    tx.collection(itemSchema()).put("a", TWO);
                    tx.collection(others()).insert("b", TWO);
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(items().query().list()).containsExactly(before);
        assertThat(items().query().countBy(Item.TAGS)).containsOnlyKeys("x");
        assertThat(store.collection(others()).query().count()).isZero();
    }

    @Proves(Clause.T1)
    void uniqueValuesOfATransactionThatThrowsAreFreeAgain() {
        items().insert("a", ONE);
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    tx.collection(itemSchema()).put("a", TWO);
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        items().insert("b", TWO);
        assertThat(items().where(Item.CODE.eq("1")).count()).isEqualTo(1);
    }

    @Proves(Clause.T2)
    void aCheckedExceptionReachesTheCaller() {
        IOException mine = new IOException("mine");
        assertThatThrownBy(() -> store.transaction(tx -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    throw mine;
                }))
                .isSameAs(mine);
    }

    @Proves(Clause.T2)
    void anErrorReachesTheCaller() {
        AssertionError mine = new AssertionError("mine");
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    tx.collection(itemSchema()).insert("a", ONE);
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(items().exists("a")).as("items().exists('a')").isFalse();
    }

    @Proves(Clause.T3)
    void aTransactionSeesWhatItWrote() {
        items().insert("a", ONE);
        store.runTransaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            Document<Item> a = items.put("a", ONE.withText("changed").tagged("z"));
            Document<Item> b = items.insert("b", TWO);
            assertThat(items.get("a")).contains(a);
            assertThat(items.getAll(List.of("b", "a")).values()).containsExactly(b, a);
            assertThat(items.query().list()).containsExactly(a, b);
            assertThat(items.query().count()).isEqualTo(2);
            assertThat(items.where(Item.TEXT.eq("one")).exists())
                    .as("items.where(Item.TEXT.eq('one')).exists()")
                    .isFalse();
            assertThat(items.where(Item.TAGS.contains("z")).list()).containsExactly(a);
            assertThat(items.query().countBy(Item.TAGS)).containsOnlyKeys("y", "z");
        });
    }

    @Proves(Clause.T3)
    void aTransactionSeesWhatItDeleted() {
        items().insert("a", ONE);
        store.runTransaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            items.delete("a");
            assertThat(items.get("a")).isEmpty();
            assertThat(items.query().list()).isEmpty();
            assertThat(items.where(Item.TAGS.contains("x")).count()).isZero();
        });
    }

    @Proves(Clause.T4)
    void othersDoNotSeeWhatIsNotCommitted() throws Exception {
        Document<Item> before = items().insert("a", ONE);
        Elsewhere<List<Document<Item>>> early = store.transaction(tx -> {
            tx.collection(itemSchema()).put("a", TWO);
            tx.collection(itemSchema()).insert("b", ONE);
            Elsewhere<List<Document<Item>>> reader =
                    Elsewhere.start(() -> store.collection(itemSchema()).query().list());
            // An engine may have readers wait; who does not wait must see what was there before.
            reader.within(Duration.ofMillis(300))
                    .ifPresent(seen -> assertThat(seen).containsExactly(before));
            return reader;
        });
        assertThat(early.result()).hasSizeBetween(1, 2);
        assertThat(items().query().count()).isEqualTo(2);
    }

    @Proves(Clause.T7)
    void everyVerbWorksInsideOfATransaction() {
        items().insert("a", ONE);
        store.runTransaction(tx -> {
            doEverything(tx.collection(itemSchema()));
            requireEverythingDone(tx.collection(itemSchema()));
        });
        requireEverythingDone(items());
    }

    @Proves(Clause.T7)
    void everyVerbIsUndoneWithItsTransaction() {
        Document<Item> before = items().insert("a", ONE);
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    doEverything(tx.collection(itemSchema()));
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(items().query().list()).containsExactly(before);
        assertThat(items().query().countBy(Item.TAGS)).containsOnlyKeys("x");
    }

    @Proves(Clause.T7)
    void aRepositoryWorksInsideAndOutside() {
        new Repository(store, itemSchema()).add("outside");
        store.runTransaction(tx -> new Repository(tx, itemSchema()).add("inside"));
        assertThat(items().query().list()).extracting(Document::id).containsExactly("inside", "outside");
    }

    /** What a user writes: a class that does not know whether it works in a transaction. */
    private record Repository(DocumentCollection<Item> items) {

        Repository(CollectionSource source, Schema<Item> schema) {
            this(source.collection(schema));
        }

        void add(String id) {
            items.insert(id, Item.of(id));
        }
    }

    private static void doEverything(DocumentCollection<Item> items) {
        items.putAll(Stream.of("b", "c", "d", "e", "f").map(Item::of), TransactionClauses::idOf, OnConflict.FAIL);
        items.insertAll(Stream.of("f", "g").map(Item::of), TransactionClauses::idOf, OnConflict.SKIP);
        items.update("a", found -> found.withNumber(1));
        items.replace(existing(items, "b").withValue(Item.ofNumber(1)));
        items.compute("c", found -> Optional.empty());
        items.where(Item.TEXT.in("d", "e"))
                .updateAll(found -> found.withNumber(1).tagged("z"));
        items.where(Item.TEXT.eq("e")).deleteAll();
        items.delete("f");
    }

    private static String idOf(Item item) {
        return String.valueOf(item.text());
    }

    private static void requireEverythingDone(DocumentCollection<Item> items) {
        assertThat(items.query().list()).extracting(Document::id).containsExactly("a", "b", "d", "g");
        assertThat(items.where(Item.NUMBER.eq(1)).list())
                .extracting(Document::id)
                .containsExactly("a", "b", "d");
        assertThat(items.query().countBy(Item.TAGS)).containsOnlyKeys("x", "z");
    }

    private Schema<Item> others() {
        return itemSchema("others");
    }
}
