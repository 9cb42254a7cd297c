package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Group S: collections that get another name. The first handle has them in use, so it is another one that renames. */
public abstract class RenameClauses extends ClauseGroup {

    private static final Item ITEM =
            Item.of("item").withNumber(7).withReal(0.5).tagged("x", "y").withCode("code");

    protected RenameClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void fill() {
        Samples.store(items(), Samples.items(5, 40));
        items().put("one", ITEM);
        items().put("one", ITEM.withPayload("written again"));
    }

    private static List<Document<Item>> all(Store store, Schema<Item> schema) {
        return store.collection(schema).query().limit(100).list();
    }

    @Proves(Clause.S48)
    void everythingIsThereUnderTheNewName() throws Exception {
        List<Document<Item>> before = all(store, itemSchema());
        Store other = second();
        other.rename("items", "things");
        assertThat(all(other, itemSchema("things")))
                .as("documents of the new name")
                .isEqualTo(before);
        DocumentCollection<Item> things = other.collection(itemSchema("things"));
        assertThat(things.where(Item.TEXT.eq("item").and(Item.TAGS.contains("x")))
                        .list())
                .as("found by a text and a tag")
                .extracting(Document::id)
                .contains("one");
        assertThat(things.where(Item.NUMBER.eq(7).and(Item.REAL.eq(0.5))).list())
                .as("found by numbers")
                .extracting(Document::id)
                .contains("one");
        assertThat(things.where(Item.TAGS.contains("y"))
                        .orderBy(Item.TEXT.desc())
                        .limit(50)
                        .list())
                .as("found by a tag, in another order")
                .extracting(Document::id)
                .contains("one");
        things.put("one", ITEM.tagged("z"));
        assertThat(things.where(Item.TAGS.contains("z")).count())
                .as("found by a new tag")
                .isEqualTo(1);
        assertThat(things.where(Item.TAGS.contains("x").and(Item.TEXT.eq("item")))
                        .list())
                .as("found by a tag that was taken away")
                .extracting(Document::id)
                .doesNotContain("one");
        assertThat(things.delete("one")).as("whether it was deleted").isTrue();
    }

    @Proves(Clause.S48)
    @Needs(Capability.UNIQUE_INDEXES)
    void uniqueValuesAreProtectedUnderTheNewName() throws Exception {
        Store other = second();
        other.rename("items", "things");
        DocumentCollection<Item> things = other.collection(itemSchema("things"));
        assertThatThrownBy(() -> things.insert("two", ITEM), "a value that is taken")
                .isInstanceOf(UniqueViolationException.class)
                .hasMessageContaining("things");
        assertThatThrownBy(() -> things.insert("one", ITEM), "an id that is taken")
                .hasMessageContaining("things");
        other.collection(itemSchema().revision(2)).insert("two", ITEM);
    }

    @Proves(Clause.S48)
    void theOldNameIsFreeForAHigherRevision() throws Exception {
        List<Document<Item>> before = all(store, itemSchema());
        Store other = second();
        assertThat(other.rename("items", "things")).as("whether it was renamed").isTrue();
        for (Store handle : List.of(other, second())) {
            requireRefused(() -> handle.collection(itemSchema()), "'items'", "renamed", "'things'", "revision(2)");
        }
        assertThat(other.tombstones())
                .as("what is left")
                .extracting(left -> left.name() + " " + left.revision() + " " + left.newName())
                .containsExactly("items 1 things");
        DocumentCollection<Item> items = other.collection(itemSchema().revision(2));
        assertThat(items.query().count()).as("documents of the old name").isZero();
        assertThat(items.query().countBy(Item.TAGS)).as("tags of the old name").isEmpty();
        items.insert("one", ITEM.tagged("new"));
        assertThat(items.query().countBy(Item.TAGS)).as("tags of the old name").containsOnlyKeys("new");
        assertThat(all(other, itemSchema("things")))
                .as("documents of the new name")
                .isEqualTo(before);
    }

    @Proves(Clause.S48)
    void renamingAgainIsNothing() throws Exception {
        Store other = second();
        assertThat(other.rename("items", "things")).as("whether it was renamed").isTrue();
        for (Store handle : List.of(other, second())) {
            assertThat(handle.rename("items", "things"))
                    .as("whether it was renamed again")
                    .isFalse();
        }
        assertThat(other.drop("things")).as("whether it was dropped").isTrue();
        assertThat(other.rename("items", "things"))
                .as("whether it was renamed after that")
                .isFalse();
        assertThat(other.rename("anything", "else"))
                .as("whether it was renamed where nothing is")
                .isFalse();
    }

    @Proves(Clause.S49)
    void whereBothAreThereTheMessageSaysWhichOneIsEmpty() throws Exception {
        store.collection(itemSchema("things"));
        Store other = second();
        requireRefused(
                () -> other.rename("items", "things"), "41 documents", " 0 documents", "The empty one, 'things'");
        requireRefused(
                () -> other.rename("things", "items"), "41 documents", " 0 documents", "The empty one, 'things'");
    }

    @Proves(Clause.S48)
    void theDefinitionStaysAndCanBeRaised() throws Exception {
        Store other = second();
        other.rename("items", "things");
        assertThatThrownBy(
                        () -> other.collection(itemSchema("things").index(Item.REAL)),
                        "another definition at the same revision")
                .isInstanceOf(SchemaException.class);
        DocumentCollection<Item> raised = other.collection(Schema.of("things", Item.class)
                .index(Item.REAL)
                .index(Item.TAGS)
                .revision(2));
        assertThat(raised.where(Item.REAL.eq(0.5).and(Item.TAGS.contains("x"))).list())
                .as("found at the next revision")
                .extracting(Document::id)
                .contains("one");
        Store third = second();
        third.rename("things", "items");
        assertThat(third.collection(Schema.of("items", Item.class)
                                .index(Item.REAL)
                                .index(Item.TAGS)
                                .revision(2))
                        .get("one"))
                .as("the document under the first name again")
                .isPresent();
    }

    @Proves(Clause.S48)
    void namesCanBeExchanged() throws Exception {
        store.collection(itemSchema("others")).insert("other", ITEM);
        List<Document<Item>> before = all(store, itemSchema());
        Store other = second();
        other.rename("items", "between");
        other.rename("others", "items");
        other.rename("between", "others");
        assertThat(all(other, itemSchema("others"))).as("documents of the one").isEqualTo(before);
        assertThat(all(other, itemSchema()))
                .as("documents of the other")
                .extracting(Document::id)
                .containsExactly("other");
    }

    @Proves(Clause.S48)
    void theLongestNamesAreRenamedWithTheirIndexes() throws Exception {
        String stem = "n".repeat(39);
        TextField<Item> text = TextField.<Item>of(stem + "1", Item::text).maxBytes(100);
        TextField<Item> code = TextField.<Item>of(stem + "2", Item::code).maxBytes(100);
        ManyField<Item> tags = ManyField.of(stem + "3", Item::tags);
        for (String name : List.of("a", "b")) {
            store.collection(longest(stem + name, text, code, tags)).insert("one", ITEM.withPayload(name));
        }
        Store other = second();
        other.rename(stem + "a", stem + "c");
        for (String name : List.of("b", "c")) {
            DocumentCollection<Item> renamed = other.collection(longest(stem + name, text, code, tags));
            assertThat(renamed.where(text.eq("item").and(code.eq("code"))).count())
                    .as("found by texts")
                    .isEqualTo(1);
            assertThat(renamed.where(tags.contains("x")).count())
                    .as("found by tag")
                    .isEqualTo(1);
        }
        assertThat(other.drop(stem + "a")).as("whether the old name was there").isFalse();
    }

    private Schema<Item> longest(String name, TextField<Item> text, TextField<Item> code, ManyField<Item> tags) {
        return unique(Schema.of(name, Item.class), code)
                .index(text, code)
                .index(code, text)
                .index(tags);
    }

    @Proves(Clause.S47)
    void whoHasTheOldNameInHandIsRefusedAndMakesNothing() throws Exception {
        DocumentCollection<Item> items = items();
        Document<Item> read = existing(items, "one");
        Store other = second();
        other.rename("items", "things");
        List<Document<Item>> before = all(other, itemSchema("things"));
        Gone.requireRefused(store, itemSchema(), items, read, has(Capability.TRANSACTIONS), has(Capability.SNAPSHOTS));
        assertThat(all(other, itemSchema("things")))
                .as("documents of the new name")
                .isEqualTo(before);
        assertThat(second().drop("items"))
                .as("whether somebody made the old name")
                .isFalse();
        assertThat(all(store, itemSchema("things")))
                .as("documents of the new name")
                .isEqualTo(before);
    }

    @Proves(Clause.S49)
    void whatCannotBeRenamedStaysAsItIs() throws Exception {
        store.collection(itemSchema("others")).insert("other", ITEM);
        List<Document<Item>> before = all(store, itemSchema());
        Store other = second();
        requireRefused(() -> other.rename("items", "others"), "'others'", "already");
        requireRefused(() -> other.rename("items", "items"), "'items'", "already");
        requireRefused(() -> other.rename("nothing", "things"), "'nothing'");
        assertThat(other.rename("nothing", "others"))
                .as("whether nothing was renamed")
                .isFalse();
        assertThat(all(other, itemSchema())).as("documents of the one").isEqualTo(before);
        assertThat(all(other, itemSchema("others")))
                .as("documents of the other")
                .extracting(Document::id)
                .containsExactly("other");
        assertThat(second().drop("things")).as("whether the new name was made").isFalse();
    }

    private static void requireRefused(Runnable call, String... words) {
        assertThatThrownBy(call::run).isInstanceOf(SchemaException.class).hasMessageContainingAll(words);
    }
}
