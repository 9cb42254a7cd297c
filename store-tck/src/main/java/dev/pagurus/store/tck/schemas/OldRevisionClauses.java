package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;

/** Group S: an old version of the application that still runs while, or after, a newer one has upgraded a collection. */
public abstract class OldRevisionClauses extends ClauseGroup {

    private static final int DOCUMENTS = 300;

    private static final Schema<Item> FIRST =
            Schema.of("docs", Item.class).index(Item.TEXT).index(Item.TAGS).field(Item.NUMBER);

    /** Nothing that the old version wrote would be missing a column, or have one too much. */
    private static final Schema<Item> SAME_FIELDS = FIRST.revision(2);

    private static final Item ITEM = Item.of("item").withNumber(1).tagged("x");

    /** What an engine may answer without a look. */
    private static final Filter<Item> NEVER = Filter.anyOf(List.of());

    /** All that is not a document by its id. */
    private static final List<Consumer<ReadableCollection<Item>>> SEARCHES = List.of(
            old -> old.query().count(),
            old -> old.query().list(),
            old -> old.query().first(),
            old -> old.query().exists(),
            old -> old.query().page(),
            old -> old.query().stream().forEach(document -> {}),
            old -> old.query().countBy(Item.NUMBER),
            old -> old.query().countBy(Item.TAGS),
            old -> old.query().aggregate(Item.NUMBER.sum()),
            old -> old.where(Item.TEXT.eq("none")).aggregate(Item.NUMBER.max(), Item.TEXT.min()),
            old -> old.query().groupBy(Item.TAGS, Item.TEXT).aggregate(Item.NUMBER.average()),
            old -> old.query().distinct(Item.NUMBER),
            old -> old.query().orderBy(Item.NUMBER.desc()).limit(3).list(),
            old -> old.query().select(Item.TEXT, Item.TAGS).list(),
            old -> old.query().orderBy(Item.TEXT.asc()).select(Item.TEXT).first(),
            old -> old.where(Item.NUMBER.eq(-1L)).select(Item.NUMBER).page(),
            old -> old.where(Item.TEXT.eq("item")).list(),
            old -> old.where(Item.TEXT.eq("none")).list(),
            old -> old.where(Item.TAGS.contains("x")).count(),
            old -> old.where(Item.TAGS.contains("none")).exists(),
            old -> old.where(Item.NUMBER.gte(0)).count(),
            old -> old.where(Item.NUMBER.isNull()).exists(),
            old -> old.where(NEVER).count(),
            old -> old.where(NEVER).list(),
            old -> old.where(NEVER).exists(),
            old -> old.where(NEVER).countBy(Item.TAGS),
            old -> old.where(NEVER).aggregate(Item.NUMBER.sum()),
            old -> old.where(NEVER).groupBy(Item.TEXT).aggregate(Item.NUMBER.max()),
            old -> old.where(NEVER).distinct(Item.NUMBER),
            old -> old.where(NEVER).select(Item.TEXT).list());

    protected OldRevisionClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void fill() {
        store.collection(FIRST)
                .insertAll(
                        IntStream.range(0, DOCUMENTS)
                                .mapToObj(i -> ITEM.withNumber(i).withCode("code " + i)),
                        item -> "i" + item.number(),
                        OnConflict.FAIL);
    }

    @Proves(Clause.S10)
    void anOldHandleCannotWriteTheSameFields() throws Exception {
        requireNoVerbOfTheOldOneWrites(SAME_FIELDS);
    }

    @Proves(Clause.S10)
    void anOldHandleCannotWriteOtherFields() throws Exception {
        requireNoVerbOfTheOldOneWrites(otherFields());
    }

    @Proves(Clause.S10)
    void anOldCollectionOfTheHandleThatUpgradedCannotWriteEither() {
        DocumentCollection<Item> old = store.collection(FIRST);
        store.collection(SAME_FIELDS);
        assertThatThrownBy(() -> old.put("i7", ITEM)).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> store.collection(FIRST)).isInstanceOf(SchemaException.class);
    }

    @Proves(Clause.S10)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionOfAnOldHandleWritesNothing() throws Exception {
        Schema<Item> others = itemSchema("others");
        Store old = second();
        old.collection(FIRST);
        old.collection(others);
        store.collection(SAME_FIELDS);
        assertThatThrownBy(() -> old.runTransaction(tx -> {
                    tx.collection(others).insert("a", ITEM);
                    tx.collection(FIRST).put("i7", ITEM);
                }))
                .isInstanceOf(SchemaException.class);
        assertThat(store.collection(others).query().count()).isZero();
    }

    @Proves(Clause.S11)
    void anOldHandleReadsByIdAndSearchesNoMore() throws Exception {
        Store handle = second();
        DocumentCollection<Item> old = handle.collection(FIRST);
        assertThat(old.where(Item.NUMBER.gte(100)).count()).isEqualTo(DOCUMENTS - 100);
        DocumentCollection<Item> docs = store.collection(SAME_FIELDS);
        docs.put("i7", ITEM.withText("new"));
        requireReadsByIdOnly(handle, docs);
        requireReadsByIdOnly(handle, store.collection(otherFields().revision(3)));
    }

    @Proves(Clause.S11)
    void anOldCollectionOfTheHandleThatUpgradedSearchesNoMoreEither() {
        DocumentCollection<Item> old = store.collection(FIRST);
        store.collection(SAME_FIELDS);
        assertThat(old.get("i7")).as("the document by its id").isPresent();
        requireRefused(old);
    }

    @Proves(Clause.S11)
    void anOldHandleDoesNotMisreadAFieldThatChangedItsType() throws Exception {
        TextField<Item> number = TextField.of("number", item -> "n" + item.number());
        Store handle = second();
        handle.collection(FIRST);
        requireReadsByIdOnly(
                handle,
                store.collection(Schema.of("docs", Item.class)
                        .index(Item.TEXT)
                        .index(Item.TAGS)
                        .index(number)
                        .revision(2)));
    }

    @Proves(Clause.S13)
    void aReaderSeesAllDocumentsWhileTheyAreUpgraded() throws Exception {
        Store upgrading = second();
        DocumentCollection<Item> reading = store.collection(FIRST);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Elsewhere<Integer> reader = Elsewhere.start(() -> {
            int reads = 0;
            while (!done.get()) {
                requireOrRefused(() -> assertThat(reading.query().count()).isEqualTo(DOCUMENTS));
                requireOrRefused(() ->
                        assertThat(reading.where(Item.TEXT.eq("item")).list()).hasSize(DOCUMENTS));
                requireOrRefused(
                        () -> assertThat(reading.where(Item.TAGS.contains("x")).count())
                                .isEqualTo(DOCUMENTS));
                started.countDown();
                reads++;
            }
            return reads;
        });
        Elsewhere.await(started);
        for (int revision = 2; revision <= 6; revision += 2) {
            upgrading.collection(otherFields().revision(revision));
            upgrading.collection(FIRST.revision(revision + 1));
        }
        done.set(true);
        assertThat(reader.result()).isPositive();
    }

    @Proves(Clause.S13)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotSeesAllDocumentsWhileTheyAreUpgraded() throws Exception {
        Store upgrading = second();
        Elsewhere<Boolean> upgrade = store.snapshot(view -> {
            List<Document<Item>> before = view.collection(FIRST).query().list();
            Elsewhere<Boolean> running = Elsewhere.start(() -> {
                upgrading.collection(otherFields());
                return true;
            });
            // An engine may have the upgrade wait for the snapshot.
            running.within(Duration.ofMillis(300));
            assertThat(view.collection(FIRST).query().list()).isEqualTo(before);
            assertThat(view.collection(FIRST).where(Item.NUMBER.gte(0)).count()).isEqualTo(DOCUMENTS);
            assertThat(view.collection(FIRST).where(Item.TAGS.contains("x")).count())
                    .isEqualTo(DOCUMENTS);
            return running;
        });
        assertThat(upgrade.result()).as("upgrade.result()").isTrue();
        assertThat(upgrading
                        .collection(otherFields())
                        .where(Item.CODE.eq("code 7"))
                        .count())
                .isEqualTo(1);
    }

    @Proves(Clause.S13)
    void writersGoOnUntilTheUpgrade() throws Exception {
        Store upgrading = second();
        DocumentCollection<Item> old = store.collection(FIRST);
        CountDownLatch started = new CountDownLatch(1);
        Elsewhere<Integer> writer = Elsewhere.start(() -> {
            int written = 0;
            try {
                while (true) {
                    old.insert("w" + written, ITEM.withCode("w" + written));
                    written++;
                    started.countDown();
                }
            } catch (SchemaException e) {
                return written;
            }
        });
        Elsewhere.await(started);
        DocumentCollection<Item> upgraded = upgrading.collection(otherFields());
        assertThat(upgraded.query().count()).isEqualTo(DOCUMENTS + writer.result());
        assertThat(upgraded.where(Item.CODE.startsWith("w")).count())
                .isEqualTo(writer.result().longValue());
    }

    private void requireNoVerbOfTheOldOneWrites(Schema<Item> next) throws Exception {
        Store handle = second();
        DocumentCollection<Item> old = handle.collection(FIRST);
        Document<Item> read = existing(old, "i7");
        List<Document<Item>> before = old.query().list();
        DocumentCollection<Item> docs = store.collection(next);
        List<Consumer<DocumentCollection<Item>>> verbs = List.of(
                collection -> collection.insert("new", ITEM),
                collection -> collection.insert(ITEM),
                collection -> collection.put("i7", ITEM),
                collection -> collection.put("new", ITEM),
                collection -> collection.replace(read.withValue(ITEM)),
                collection -> collection.update("i7", found -> ITEM),
                collection -> collection.compute("i7", found -> Optional.of(ITEM)),
                collection -> collection.compute("i7", found -> Optional.empty()),
                collection -> collection.compute("new", found -> Optional.of(ITEM)),
                collection -> collection.delete("i7"),
                collection -> collection.delete(read),
                collection -> {
                    if (has(Capability.TRANSACTIONS)) {
                        collection.query().deleteAll();
                    } else {
                        collection.delete("i8");
                    }
                },
                collection -> collection.where(Item.TEXT.eq("item")).updateAll(found -> ITEM),
                collection -> collection.where(Item.TEXT.eq("item")).claimFirst(found -> ITEM),
                collection -> collection.insertAll(Stream.of(ITEM), item -> "new", OnConflict.SKIP),
                collection -> collection.putAll(Stream.of(ITEM), item -> "i7", OnConflict.FAIL));
        for (int i = 0; i < verbs.size(); i++) {
            Consumer<DocumentCollection<Item>> verb = verbs.get(i);
            assertThatThrownBy(() -> verb.accept(old), "verb %s", i)
                    .isInstanceOf(SchemaException.class)
                    .satisfies(OldRevisionClauses::requireSaysWhatToDo);
            if (has(Capability.TRANSACTIONS)) {
                assertThatThrownBy(
                                () -> handle.runTransaction(tx -> verb.accept(tx.collection(FIRST))),
                                "verb %s in a transaction",
                                i)
                        .isInstanceOf(SchemaException.class)
                        .satisfies(OldRevisionClauses::requireSaysWhatToDo);
            }
        }
        assertThat(docs.query().list()).isEqualTo(before);
    }

    /** On the store itself, in a transaction and in a snapshot; each search in one of its own, which it may end. */
    private void requireReadsByIdOnly(Store handle, DocumentCollection<Item> docs) {
        DocumentCollection<Item> old = handle.collection(FIRST);
        Map<String, Document<Item>> there = docs.getAll(List.of("i7", "i8"));
        assertThat(there).hasSize(2);
        assertThat(old.getAll(List.of("i8", "i7", "none"))).isEqualTo(there);
        assertThat(old.get("i7")).contains(there.get("i7"));
        assertThat(old.exists("i7")).as("whether it is there, by its id").isTrue();
        assertThat(old.exists("none")).as("whether another one is there").isFalse();
        requireRefused(old);
        if (has(Capability.TRANSACTIONS)) {
            assertThat(handle.<Map<String, Document<Item>>, RuntimeException>transaction(
                            tx -> tx.collection(FIRST).getAll(List.of("i7", "i8"))))
                    .isEqualTo(there);
            SEARCHES.forEach(
                    search -> requireRefused(() -> handle.runTransaction(tx -> search.accept(tx.collection(FIRST)))));
        }
        if (has(Capability.SNAPSHOTS)) {
            assertThat(handle.<Map<String, Document<Item>>, RuntimeException>snapshot(
                            view -> view.collection(FIRST).getAll(List.of("i7", "i8"))))
                    .isEqualTo(there);
            SEARCHES.forEach(search -> requireRefused(() -> handle.<Boolean, RuntimeException>snapshot(view -> {
                search.accept(view.collection(FIRST));
                return true;
            })));
        }
    }

    private static void requireRefused(ReadableCollection<Item> old) {
        SEARCHES.forEach(search -> requireRefused(() -> search.accept(old)));
    }

    private static void requireRefused(ThrowableAssert.ThrowingCallable search) {
        assertThatThrownBy(search)
                .isInstanceOf(SchemaException.class)
                .satisfies(OldRevisionClauses::requireSaysWhatToDo);
    }

    /** Which collection it is, and what has happened: an engine's own words about a column tell a user neither. */
    private static void requireSaysWhatToDo(Throwable refusal) {
        assertThat(refusal).hasMessageContaining("'docs'").hasMessageContaining("newer version");
    }

    private static void requireOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (SchemaException e) {
            requireSaysWhatToDo(e);
        }
    }

    /** Some fields go, others come. */
    private Schema<Item> otherFields() {
        return unique(Schema.of("docs", Item.class).index(Item.TEXT), Item.CODE)
                .index(Item.REAL)
                .revision(2);
    }
}
