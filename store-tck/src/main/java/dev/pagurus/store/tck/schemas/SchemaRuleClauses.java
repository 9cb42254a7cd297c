package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Group S: what a schema may look like, and that a store can hold all of what it may. */
public abstract class SchemaRuleClauses extends ClauseGroup {

    private static final Schema<Item> DOCS = Schema.of("docs", Item.class);

    protected SchemaRuleClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S16)
    void namesThatAreNotPlainAreRefused() {
        for (String name :
                List.of("", "Docs", "1docs", "_docs", "do cs", "do-cs", "döcs", "d;", "d\"", "d".repeat(41))) {
            requireRefused("a collection called '" + name + "'", () -> Schema.of(name, Item.class));
            requireRefused("a field called '" + name + "'", () -> TextField.<Item>of(name, Item::text));
        }
    }

    @Proves(Clause.S16)
    void namesThatBelongToOthersAreRefused() {
        for (String name : List.of("sqlite_docs", "pg_docs", "pagurus_docs", "json_each")) {
            requireRefused("a collection called '" + name + "'", () -> Schema.of(name, Item.class));
        }
        for (String name : List.of("id", "version", "created_at", "body", "rowid", "oid", "ctid", "xmin", "tableoid")) {
            requireRefused("a field called '" + name + "'", () -> LongField.<Item>of(name, Item::number));
        }
    }

    @Proves(Clause.S16)
    void aFieldOrAnIndexIsDeclaredOnce() {
        requireRefused("two fields called 'text'", () -> DOCS.field(Item.TEXT).field(TextField.of("text", Item::code)));
        requireRefused(
                "two fields called 'text', in indexes",
                () -> DOCS.index(Item.TEXT).index(TextField.of("text", Item::code), Item.NUMBER));
        requireRefused(
                "an index that is declared twice", () -> DOCS.index(Item.TEXT).index(Item.TEXT));
        requireRefused(
                "an index that is declared plain and unique",
                () -> DOCS.index(Item.TEXT).uniqueIndex(Item.TEXT));
        requireRefused("an index with a field twice", () -> DOCS.index(Item.TEXT, Item.TEXT.desc()));
        requireRefused("an index without fields", DOCS::index);
    }

    @Proves(Clause.S16)
    void aManyFieldIsIndexedAloneAndNotUniquely() {
        requireRefused("a many-field before another in an index", () -> DOCS.index(Item.TAGS, Item.TEXT));
        requireRefused("a many-field behind another in an index", () -> DOCS.index(Item.TEXT, Item.TAGS));
        requireRefused("a unique index over a many-field", () -> DOCS.uniqueIndex(Item.TAGS));
    }

    @Proves(Clause.S16)
    void whatTheStoreSetsIsIndexedButNotUniquely() {
        requireRefused("a unique index over the creation time", () -> DOCS.uniqueIndex(DOCS.createdAt()));
        requireRefused(
                "a unique index that ends with the version",
                () -> DOCS.uniqueIndex(Item.TEXT, DOCS.updatedAt().desc()));
        DocumentCollection<Item> docs =
                store.collection(DOCS.index(Item.TEXT, DOCS.createdAt().desc()).index(DOCS.updatedAt(), DOCS.id()));
        docs.insert("a", Item.of("text"));
        assertThat(docs.query().orderBy(DOCS.updatedAt().asc()).list()).hasSize(1);
    }

    @Proves(Clause.S16)
    void anIndexThatCouldBecomeTooLongIsRefused() {
        TextField<Item> third = TextField.of("third", Item::payload);
        requireRefused("an index of 2,303 bytes", () -> DOCS.index(Item.TEXT, Item.CODE, Item.COLOR));
        requireRefused("an index of 2,301 bytes", () -> DOCS.index(Item.TEXT, Item.CODE, third.maxBytes(253)));
        assertThat(DOCS.index(Item.TEXT, Item.CODE, third.maxBytes(252)).indexes())
                .hasSize(1);
    }

    @Proves(Clause.S16)
    void limitsAndRevisionsHaveBounds() {
        requireRefused("a text of at most 0 bytes", () -> Item.TEXT.maxBytes(0));
        requireRefused("a text of at most 1,025 bytes", () -> Item.TEXT.maxBytes(1025));
        requireRefused("the revision 0", () -> DOCS.revision(0));
    }

    @Proves(Clause.S16)
    @Needs(Capability.UNIQUE_INDEXES)
    void theLongestIndexEntryIsStored() {
        TextField<Item> third = TextField.<Item>of("third", Item::payload).maxBytes(252);
        Schema<Item> longest = DOCS.uniqueIndex(Item.TEXT, Item.CODE, third);
        // Each character differs from the one before, or an engine that compresses would store less.
        Item item = Item.of(random(1024)).withCode(random(1024)).withPayload(random(252));
        store.collection(longest).insert("i".repeat(255), item);
        assertThatThrownBy(() -> store.collection(longest).insert("other", item))
                .isInstanceOf(UniqueViolationException.class);
    }

    @Proves(Clause.S16)
    void wordsOfSqlAreNamesLikeOthers() {
        for (String word : List.of("select", "table", "order", "group", "user", "index", "null", "true", "limit")) {
            LongField<Item> number = LongField.of(word, Item::number);
            ManyField<Item> tags = ManyField.of(word + "_values", Item::tags);
            DocumentCollection<Item> collection =
                    store.collection(Schema.of(word, Item.class).index(number).index(tags));
            collection.insert("a", Item.ofNumber(1).tagged("x"));
            assertThat(collection.where(number.eq(1).and(tags.contains("x"))).count())
                    .isEqualTo(1);
        }
    }

    @Proves(Clause.S16)
    @Needs(Capability.UNIQUE_INDEXES)
    void longNamesThatDifferAtTheEndAreKeptApart() {
        String stem = "n".repeat(39);
        TextField<Item> one = TextField.<Item>of(stem + "1", Item::text).maxBytes(100);
        TextField<Item> two = TextField.<Item>of(stem + "2", Item::code).maxBytes(100);
        ManyField<Item> tags = ManyField.of(stem + "3", Item::tags);
        ManyField<Item> others = ManyField.of(stem + "4", item -> Set.of("other"));
        for (String name : List.of(stem + "a", stem + "b")) {
            DocumentCollection<Item> collection = store.collection(Schema.of(name, Item.class)
                    .uniqueIndex(one)
                    .uniqueIndex(two)
                    .index(one, two)
                    .index(two, one)
                    .index(tags)
                    .index(others));
            collection.insert("a", Item.of("text").withCode("code").tagged("tag"));
            assertThat(collection.where(one.eq("text").and(two.eq("code"))).count())
                    .isEqualTo(1);
            assertThat(collection.where(tags.contains("tag")).count()).isEqualTo(1);
            assertThat(collection.where(tags.contains("other")).count()).isZero();
        }
    }

    @Proves(Clause.S15)
    void namesThatReadTheSameWhenJoinedAreKeptApart() {
        ManyField<Item> tags = ManyField.of("b_tags", Item::tags);
        Schema<Item> one = Schema.of("a", Item.class).index(tags).index(Item.TEXT);
        Schema<Item> other = Schema.of("a_b", Item.class).index(Item.TAGS).index(Item.TEXT);
        Schema<Item> third = Schema.of("a_b_tags", Item.class).index(Item.TEXT);
        store.collection(one).insert("a", Item.of("x").tagged("one"));
        store.collection(other).insert("a", Item.of("x").tagged("two"));
        store.collection(third).insert("a", Item.of("x"));
        assertThat(store.collection(one).query().countBy(tags)).containsOnlyKeys("one");
        assertThat(store.collection(other).query().countBy(Item.TAGS)).containsOnlyKeys("two");
        assertThat(store.collection(third).query().count()).isEqualTo(1);
    }

    private static String random(int length) {
        return new java.util.Random(7)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void requireRefused(String what, Runnable declaration) {
        assertThatThrownBy(declaration::run, what).isInstanceOf(SchemaException.class);
    }
}
