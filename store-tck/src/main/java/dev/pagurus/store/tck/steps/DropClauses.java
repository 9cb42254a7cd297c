package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Group S: collections that are dropped. The first handle has them in use, so it is another one that drops. */
public abstract class DropClauses extends ClauseGroup {

    /** More than two chunks. */
    private static final int STREAMED = 1_200;

    private static final Item ITEM = Item.of("item").withNumber(1).tagged("tag").withCode("code");

    protected DropClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void fill() {
        for (String name : List.of("items", "items_more", "others")) {
            store.collection(itemSchema(name)).insert("a", ITEM);
            store.collection(itemSchema(name)).insert("b", Item.of("b").tagged("tag", "b"));
        }
    }

    private void requireCollections(String... names) {
        if (has(Capability.SNAPSHOTS)) {
            assertThat(store.summaries())
                    .as("collections")
                    .extracting(CollectionSummary::name)
                    .containsExactly(names);
        }
    }

    @Proves(Clause.S46)
    void aDroppedCollectionIsGoneWhole() throws Exception {
        Store other = second();
        assertThat(other.drop("items")).as("whether it was there").isTrue();
        requireCollections("items_more", "others");
        assertThat(other.drop("items")).as("whether it was still there").isFalse();
        DocumentCollection<Item> items = other.collection(itemSchema().revision(2));
        requireEmpty(items);
        items.insert("b", ITEM);
        assertThat(items.where(Item.TAGS.contains("tag")).list())
                .as("documents with the tag")
                .extracting(Document::id)
                .containsExactly("b");
        assertThat(items.query().countBy(Item.TAGS)).as("tags").containsOnlyKeys("tag");
        items.insert("a", Item.of("a"));
        assertThat(items.query().countBy(Item.TAGS)).as("tags").containsOnlyKeys("tag");
        for (String name : List.of("items_more", "others")) {
            DocumentCollection<Item> kept = store.collection(itemSchema(name));
            assertThat(kept.query().count()).as("documents of " + name).isEqualTo(2);
            assertThat(kept.where(Item.TAGS.contains("tag")).count())
                    .as("tagged documents of " + name)
                    .isEqualTo(2);
        }
    }

    private static void requireEmpty(DocumentCollection<Item> items) {
        assertThat(items.query().count()).as("documents").isZero();
        assertThat(items.get("a")).as("items.get('a')").isEmpty();
        assertThat(items.where(Item.TEXT.eq("item")).exists())
                .as("found by text")
                .isFalse();
        assertThat(items.where(Item.TAGS.contains("tag")).count())
                .as("found by tag")
                .isZero();
        assertThat(items.query().countBy(Item.TAGS)).as("tags").isEmpty();
    }

    @Proves(Clause.S46)
    void itsNameIsFreeForAnotherDefinitionOfAHigherRevision() throws Exception {
        Store other = second();
        other.drop("items");
        Schema<Item> another = Schema.of("items", Item.class)
                .index(Item.REAL)
                .field(Item.NUMBER)
                .revision(2);
        DocumentCollection<Item> items = other.collection(another);
        items.insert("a", ITEM.withReal(0.5));
        assertThat(items.where(Item.REAL.eq(0.5).and(Item.NUMBER.eq(1))).count())
                .as("documents that are found by the new fields")
                .isEqualTo(1);
    }

    @Proves(Clause.S46)
    void droppingAndMakingAnewManyTimesIsTheSameEachTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            Store other = second();
            Schema<Item> next = itemSchema().revision(i + 2);
            assertThat(other.drop("items")).as("whether it was there").isTrue();
            requireEmpty(other.collection(next));
            other.collection(next).insert("a", ITEM);
            other.close();
        }
    }

    @Proves(Clause.S46)
    void noVersionComesAgain() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
        long before = second(with -> with.clock(clock))
                .collection(itemSchema("items"))
                .put("a", ITEM)
                .version();
        Store other = second(with -> with.clock(clock));
        other.drop("items");
        clock.advanceSeconds(-1000);
        assertThat(other.collection(itemSchema().revision(2)).insert("a", ITEM).version())
                .as("the version of a document that was created anew, after the clock was set back")
                .isGreaterThan(before);
    }

    @Proves(Clause.S47)
    void whoHasItInHandIsRefusedAndMakesNothing() throws Exception {
        DocumentCollection<Item> items = items();
        Document<Item> read = existing(items, "a");
        second().drop("items");
        Gone.requireRefused(store, itemSchema(), items, read, has(Capability.TRANSACTIONS), has(Capability.SNAPSHOTS));
        requireCollections("items_more", "others");
        assertThat(store.collection(itemSchema("others")).query().count())
                .as("other documents")
                .isEqualTo(2);
        requireRefused(() -> items(), "'items'", "dropped", "revision(2)");
        requireCollections("items_more", "others");
        DocumentCollection<Item> anew = store.collection(itemSchema().revision(2));
        requireEmpty(anew);
        anew.insert("a", ITEM);
        assertThatThrownBy(() -> items.insert("b", ITEM)).isInstanceOf(SchemaException.class);
        assertThat(anew.query().count()).as("documents of the new one").isEqualTo(1);
    }

    /** An old release that is started again would write into an empty collection, which the new one drops at its next start. */
    @Proves(Clause.S46)
    void nobodyOfItsRevisionMakesItAnew() throws Exception {
        Store other = second();
        other.drop("items");
        assertThat(other.tombstones()).as("what is left").hasSize(1);
        Tombstone left = other.tombstones().get(0);
        assertThat(List.of(left.name(), left.revision(), String.valueOf(left.newName())))
                .as("what is left")
                .isEqualTo(List.of("items", 1, "null"));
        Store old = second();
        for (Store handle : List.of(other, old)) {
            requireRefused(() -> handle.collection(itemSchema()), "'items'", "dropped", "revision(2)");
        }
        requireCollections("items_more", "others");
        old.collection(itemSchema().revision(2)).insert("a", ITEM);
        assertThat(other.tombstones())
                .as("what is left while the name is taken")
                .isEmpty();
        requireRefused(() -> other.collection(itemSchema()), "'items'", "newer");
        assertThat(second().drop("items")).as("whether it was there").isTrue();
        for (Schema<Item> before : List.of(itemSchema(), itemSchema().revision(2))) {
            requireRefused(() -> other.collection(before), "'items'", "dropped", "revision(3)");
        }
        requireEmpty(other.collection(itemSchema().revision(3)));
    }

    @Proves(Clause.S47)
    void aStreamThatIsUnderWayIsRefusedOrWhole() throws Exception {
        DocumentCollection<Item> items = items();
        items.insertAll(
                IntStream.range(0, STREAMED - 2).mapToObj(Item::ofNumber),
                item -> "i" + item.number(),
                OnConflict.FAIL);
        Store other = second();
        long seen = 0;
        boolean madeAnew = false;
        try (Stream<Document<Item>> documents = items.query().stream()) {
            Iterator<Document<Item>> each = documents.iterator();
            while (each.hasNext()) {
                each.next();
                if (seen++ == 0) {
                    other.rename("items", "things");
                    madeAnew =
                            catchThrowable(() -> other.collection(itemSchema()).insert("zz", ITEM)) == null;
                }
            }
        } catch (SchemaException e) {
            return;
        }
        assertThat(seen)
                .as("documents of a stream that was not refused, the collection being made anew: %s", madeAnew)
                .isEqualTo(STREAMED);
    }

    @Proves(Clause.S47)
    void writersOfOtherCollectionsGoOn() throws Exception {
        DocumentCollection<Item> items = items();
        DocumentCollection<Item> others = store.collection(itemSchema("others"));
        second().drop("items");
        Race.run(8, number -> {
            for (int i = 0; i < 20; i++) {
                String id = number + "-" + i;
                if (number % 2 == 0) {
                    others.insert(id, Item.of(id));
                } else {
                    assertThatThrownBy(() -> items.insert(id, ITEM)).isInstanceOf(SchemaException.class);
                    assertThatThrownBy(() -> items.get(id)).isInstanceOf(SchemaException.class);
                }
            }
        });
        assertThat(others.query().count())
                .as("documents of the other collection")
                .isEqualTo(2 + 4 * 20);
        requireCollections("items_more", "others");
    }

    @Proves(Clause.S49)
    void whatIsInUseHereIsNotDropped() throws Exception {
        List<Document<Item>> before = items().query().limit(10).list();
        requireRefused(() -> store.drop("items"), "'items'", "in use");
        requireRefused(() -> store.rename("items", "things"), "'items'", "in use");
        assertThat(items().query().limit(10).list()).as("documents").isEqualTo(before);
        // At an old revision nobody can use it but for gets.
        second().collection(itemSchema().field(Item.TIME).revision(2));
        assertThat(store.drop("items")).as("whether it was there").isTrue();
        assertThat(store.drop("items")).as("whether it was still there").isFalse();
    }

    @Proves(Clause.S49)
    @Needs(Capability.TRANSACTIONS)
    void whatAStepIsUnderWayOverIsNotDropped() throws Exception {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 500; i++) {
            items.insert("i" + i, Item.ofNumber(i));
        }
        Store other = second();
        assertThatThrownBy(() -> other.step("half", itemSchema(), (tx, batch) -> {
                    if (batch.size() < 500) {
                        throw new IllegalArgumentException("broken off by the test");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class);
        requireRefused(() -> other.drop("items"), "'half'", "'items'");
        requireRefused(() -> other.rename("items", "things"), "'half'", "'items'");
        assertThat(other.drop("others")).as("whether another one was dropped").isTrue();
        // What the step used is no longer in use when it is over.
        other.step("half", itemSchema(), (tx, batch) -> {});
        assertThat(other.drop("items")).as("whether it was dropped").isTrue();
    }

    @Proves(Clause.S49)
    void namesThatAreNotThoseOfCollectionsAreRefused() throws Exception {
        Store other = second();
        for (String name :
                List.of("pagurus_steps", "pagurus_collections", "sqlite_schema", "pg_class", "", "No", "a$b")) {
            requireRefused(() -> other.drop(name), "is not allowed");
            requireRefused(() -> other.rename(name, "things"), "is not allowed");
            requireRefused(() -> other.rename("items", name), "is not allowed");
        }
        assertThat(other.drop("nothing")).as("whether nothing was there").isFalse();
        requireCollections("items", "items_more", "others");
    }

    @Proves(Clause.S49)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotThatReadsItGoesOn() throws Exception {
        Store dropping = second();
        Elsewhere<Boolean> drop = store.snapshot(view -> {
            List<Document<Item>> before = view.collection(itemSchema()).query().list();
            Elsewhere<Boolean> running = Elsewhere.start(() -> dropping.drop("items"));
            // An engine may have the drop wait for the snapshot.
            running.within(Duration.ofMillis(300));
            assertThat(view.collection(itemSchema()).query().list())
                    .as("documents of the snapshot")
                    .isEqualTo(before);
            assertThat(view.collection(itemSchema())
                            .where(Item.TAGS.contains("tag"))
                            .count())
                    .as("tagged documents of the snapshot")
                    .isEqualTo(2);
            return running;
        });
        assertThat(drop.result()).as("whether it was there").isTrue();
        requireCollections("items_more", "others");
    }

    private static void requireRefused(Runnable call, String... words) {
        assertThatThrownBy(call::run).isInstanceOf(SchemaException.class).hasMessageContainingAll(words);
    }
}
