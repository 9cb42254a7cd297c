package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Group V, what collections and fields are called. */
public abstract class NameClauses extends ClauseGroup {

    /** Words that mean something to one engine or the other, and that a store's own statements may use as a name. */
    private static final List<String> WORDS =
            List.of(("order group select user table from where index values default null true false primary unique "
                            + "check limit offset left case end do current_user analyze all and not transaction commit abort "
                            + "window column references excluded old new raise set value key name many one other doc document "
                            + "documents field fields tags items collection collections data row rows text count a c d m t v x "
                            + "s e i tag ids position revision state")
                    .split(" "));

    /** As many as a collection has indexes for, and one more. */
    private static final int WORDS_AT_ONCE = Schema.MAX_INDEXES - 1;

    private static final ManyField<Item> OTHER_TAGS = ManyField.of("other_tags", Item::tags);

    private static final List<String> BAD_NAMES = List.of(
            "",
            " ",
            "Upper",
            "1st",
            "_a",
            "a-b",
            "a.b",
            "a b",
            "a\"b",
            "a'b",
            "a;drop table x",
            "\u00E9",
            "a\0",
            "a\n",
            "x".repeat(41));

    protected NameClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V16)
    @Needs(Capability.UNIQUE_INDEXES)
    void theLongestNamesWork() {
        TextField<Item> field = TextField.of("x".repeat(40), Item::text);
        TextField<Item> other = TextField.of("x".repeat(39) + "y", Item::code);
        DocumentCollection<Item> longest = store.collection(Schema.of("c".repeat(40), Item.class)
                .index(field)
                .index(field, other.desc())
                .uniqueIndex(other));
        longest.put("a", Item.of("one").withCode("two"));
        assertThat(longest.where(field.eq("one").and(other.eq("two"))).count()).isOne();
    }

    @Proves(Clause.V16)
    void collectionsWhoseLongNamesEndDifferentlyAreApart() {
        DocumentCollection<Item> one = store.collection(itemSchema("c".repeat(39) + "1"));
        DocumentCollection<Item> other = store.collection(itemSchema("c".repeat(39) + "2"));
        one.put("a", Item.of("one"));
        assertThat(other.exists("a")).as("other.exists('a')").isFalse();
    }

    @Proves(Clause.V16)
    void otherNamesAreRefused() {
        for (String name : BAD_NAMES) {
            assertThatThrownBy(() -> Schema.of(name, Item.class), "a collection called '%s'", name)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("collection name");
            assertThatThrownBy(() -> BooleanField.of(name, Item::flag), "a field called '%s'", name)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("field name");
        }
    }

    @Proves(Clause.V16)
    void theColumnsOfEveryCollectionAndEngineAreNoFields() {
        for (String name : List.of(
                "id",
                "version",
                "created_at",
                "body",
                "rowid",
                "oid",
                "ctid",
                "xmin",
                "xmax",
                "cmin",
                "cmax",
                "tableoid")) {
            assertThatThrownBy(() -> TextField.of(name, Item::text), "a field called '%s'", name)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll(name, "not allowed");
        }
        for (String name : List.of("sqlite_a", "pg_a", "pagurus_a")) {
            assertThatThrownBy(() -> Schema.of(name, Item.class), "a collection called '%s'", name)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll(name, "not allowed");
        }
    }

    @Proves(Clause.V17)
    void wordsOfSqlAreCollections() {
        for (String word : WORDS) {
            DocumentCollection<Item> items = store.collection(itemSchema(word));
            items.put("a", Item.of(word).tagged("t"));
            items.put("b", Item.of(word));
            items.put("b", Item.of("other").withNumber(1));
            assertThat(items.where(Item.TEXT.eq(word).and(Item.TAGS.contains("t")))
                            .count())
                    .as(word)
                    .isOne();
            assertThat(items.where(Item.TAGS.isEmpty()).list())
                    .as(word)
                    .extracting(Document::id)
                    .containsExactly("b");
            assertThat(items.where(Item.TAGS.contains("t").not()).list())
                    .as(word)
                    .extracting(Document::id)
                    .containsExactly("b");
            assertThat(items.query().countBy(Item.TAGS)).as(word).containsOnlyKeys("t");
            if (has(Capability.TRANSACTIONS)) {
                assertThat(items.query().deleteAll()).as(word).isEqualTo(2);
            }
        }
    }

    @Proves(Clause.V17)
    void wordsOfSqlAreFields() {
        for (int from = 0; from < WORDS.size(); from += WORDS_AT_ONCE) {
            requireFields("words" + from, WORDS.subList(from, Math.min(WORDS.size(), from + WORDS_AT_ONCE)));
        }
    }

    private void requireFields(String name, List<String> words) {
        Schema<Item> schema = Schema.of(name, Item.class).index(OTHER_TAGS);
        List<TextField<Item>> fields = new ArrayList<>();
        for (String word : words) {
            TextField<Item> field = TextField.of(word, item -> item.text() == null ? null : word + item.text());
            fields.add(field);
            schema = schema.index(field.desc());
        }
        DocumentCollection<Item> items = store.collection(schema);
        items.put("a", Item.of("before"));
        items.put("a", Item.of("!").tagged("t"));
        items.put("b", Item.NOTHING);
        for (TextField<Item> field : fields) {
            String value = field.name() + "!";
            assertThat(items.where(field.eq(value)).orderBy(field.asc()).list())
                    .as("%s", field)
                    .hasSize(1);
            assertThat(items.where(field.ne(value).and(OTHER_TAGS.isEmpty())).list())
                    .as("%s", field)
                    .hasSize(1);
            assertThat(items.query().countBy(field)).as("%s", field).containsOnlyKeys(null, value);
        }
    }

    @Proves(Clause.V17)
    void wordsOfSqlAreManyFields() {
        for (int from = 0; from < WORDS.size(); from += WORDS_AT_ONCE) {
            requireManyFields("many_words" + from, WORDS.subList(from, Math.min(WORDS.size(), from + WORDS_AT_ONCE)));
        }
    }

    private void requireManyFields(String name, List<String> words) {
        Schema<Item> schema = Schema.of(name, Item.class);
        List<ManyField<Item>> fields = new ArrayList<>();
        for (String word : words) {
            ManyField<Item> field = ManyField.of(word, item -> item.text() == null ? null : Set.of(word));
            fields.add(field);
            schema = schema.index(field);
        }
        DocumentCollection<Item> items = store.collection(schema);
        items.put("a", Item.of("x"));
        items.put("b", Item.NOTHING);
        for (ManyField<Item> field : fields) {
            assertThat(items.where(field.contains(field.name())).list())
                    .as("%s", field)
                    .extracting(Document::id)
                    .containsExactly("a");
            assertThat(items.where(field.isEmpty()).list())
                    .as("%s", field)
                    .extracting(Document::id)
                    .containsExactly("b");
            assertThat(items.where(field.contains(field.name()).not()).list())
                    .as("%s", field)
                    .extracting(Document::id)
                    .containsExactly("b");
        }
    }
}
