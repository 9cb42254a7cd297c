package dev.pagurus.store.tck.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Row;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.Numbers;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Group Q: what a row holds. */
public abstract class RowClauses extends SelectGroup {

    /** What may be taken for the end of a value, or for none. */
    private static final String[] ODD_TAGS = {
        "",
        ":",
        "3:a:b",
        ",",
        ",,",
        "\"",
        "\\",
        "'",
        "{",
        "}",
        "NULL",
        "null",
        " ",
        "\n",
        "12",
        "\u0001",
        "\u001F",
        Samples.UFFFF,
        Samples.U10000,
        Samples.UD7FF,
        Samples.U10FFFF,
        Samples.E_ACUTE,
        Samples.E_WITH_ACUTE
    };

    /** As there is in no other program. */
    private enum Foreign {
        RED
    }

    protected RowClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q42)
    void aRowHoldsWhatTheFieldsOfItsDocumentHold() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored =
                Model.list(Samples.store(items, Samples.items(42, 80)), Filter.allOf(List.of()), List.of());
        requireRows("all fields", items.query().select(array(FIELDS)).list(), stored, FIELDS);
        List<Field<Item, ?>> others = new ArrayList<>(FIELDS);
        Collections.reverse(others);
        requireRows("the other way round", items.query().select(array(others)).list(), stored, others);
        for (Field<Item, ?> field : FIELDS) {
            requireRows("alone", items.query().select(field).list(), stored, List.of(field));
        }
    }

    @Proves(Clause.Q42)
    void valuesAreOfTheirFieldsType() {
        DocumentCollection<Item> items = items();
        Document<Item> document = items.put(
                "a",
                Item.of("text")
                        .withNumber(Long.MIN_VALUE)
                        .withReal(-0.0)
                        .withFlag(false)
                        .withTime(Samples.TIMES.get(2).plusNanos(999))
                        .withColor(Item.Color.BLUE));
        Row row = items.query().select(array(FIELDS)).first().orElseThrow();
        assertThat(row.get(Item.TEXT)).as("text").isEqualTo("text");
        assertThat(row.get(Item.NUMBER)).as("integer").isEqualTo(Long.MIN_VALUE);
        assertThat(row.get(Item.REAL)).as("real").isEqualTo(0.0);
        assertThat(row.get(Item.FLAG)).as("boolean").isFalse();
        assertThat(row.get(Item.TIME)).as("time").isEqualTo(Samples.TIMES.get(2));
        assertThat(row.get(Item.COLOR)).as("constant").isEqualTo(Item.Color.BLUE);
        assertThat(row.get(Item.CODE)).as("text that is null").isNull();
        assertThat(row.get(Item.TAGS)).as("no tags").isEmpty();
        assertThat(row.get(itemSchema().createdAt())).as("creation").isEqualTo(document.createdAt());
        assertThat(row.get(itemSchema().updatedAt())).as("last write").isEqualTo(document.updatedAt());
    }

    @Proves(Clause.Q42)
    void aManyFieldsValuesComeAsTheyAreAndInOrderOfCodePoint() {
        DocumentCollection<Item> items = items();
        List<String> ordered = List.of(ODD_TAGS).stream().sorted(Model::compare).toList();
        items.put("all", Item.ofNumber(7).withText("t").tagged(ODD_TAGS));
        for (int i = 0; i < ODD_TAGS.length; i++) {
            items.put("one" + i, Item.ofNumber(8).tagged(ODD_TAGS[i]));
        }
        items.put("none", Item.ofNumber(9));
        // By the index of numbers, which has the texts too, and by looking at each document.
        for (Filter<Item> filter : List.of(Item.NUMBER.eq(7L), Item.REAL.isNull())) {
            assertThat(items.where(filter.and(Item.TEXT.eq("t")))
                            .select(Item.TAGS, Item.TEXT)
                            .list())
                    .as("rows where %s", filter)
                    .extracting(row -> row.get(Item.TAGS))
                    .containsExactly(ordered);
        }
        List<Row> rows = items.where(Item.NUMBER.gte(8L))
                .select(Item.TAGS, itemSchema().id())
                .list();
        assertThat(rows).as("rows of one tag, and of none").hasSize(ODD_TAGS.length + 1);
        for (Row row : rows) {
            String id = String.valueOf(row.get(itemSchema().id()));
            assertThat(row.get(Item.TAGS))
                    .as("tags of '%s'", id)
                    .isEqualTo(id.equals("none") ? List.of() : List.of(ODD_TAGS[Integer.parseInt(id.substring(3))]));
        }
    }

    @Proves(Clause.Q42)
    void rowsAreEqualIfTheyHoldTheSame() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("same").tagged("x", "y"));
        items.put("b", Item.of("same").tagged("y", "x"));
        items.put("c", Item.of("other").tagged("x", "y"));
        List<Row> rows = items.query().select(Item.TEXT, Item.TAGS).list();
        assertThat(rows.get(0)).as("a row").isEqualTo(rows.get(1)).hasSameHashCodeAs(rows.get(1));
        assertThat(rows.get(0)).as("a row").isNotEqualTo(rows.get(2));
        assertThat(rows.get(0))
                .as("a row")
                .isNotEqualTo(items.query().select(Item.TAGS, Item.TEXT).first().orElseThrow());
    }

    @Proves(Clause.Q44)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionsRowsAreOfItsOwnState() {
        items().put("a", Item.of("before").tagged("old"));
        store.runTransaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            items.put("a", Item.of("after").tagged("new", "newer"));
            items.put("b", Item.of("more"));
            List<Row> rows = items.query().select(Item.TEXT, Item.TAGS).list();
            assertThat(rows)
                    .as("texts in the transaction")
                    .extracting(row -> row.get(Item.TEXT))
                    .containsExactly("after", "more");
            assertThat(rows.get(0).get(Item.TAGS)).as("tags in the transaction").containsExactly("new", "newer");
            items.delete("a");
            assertThat(items.where(Item.TAGS.contains("new")).select(Item.TEXT).first())
                    .as("a row of what was deleted")
                    .isEmpty();
        });
    }

    @Proves(Clause.Q44)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotsRowsAreOfItsOwnState() throws Exception {
        items().put("a", Item.of("before").tagged("old"));
        DocumentCollection<Item> others = second().collection(itemSchema());
        List<Row> seen = store.snapshot(view -> {
            // The first read may be what fixes the state.
            List<Row> first = view.collection(itemSchema())
                    .query()
                    .select(Item.TEXT, Item.TAGS)
                    .list();
            others.put("a", Item.of("after").tagged("new"));
            others.put("b", Item.of("more"));
            assertThat(view.collection(itemSchema())
                            .query()
                            .select(Item.TEXT, Item.TAGS)
                            .list())
                    .as("the rows, asked again")
                    .isEqualTo(first);
            return first;
        });
        assertThat(seen)
                .as("texts in the snapshot")
                .extracting(row -> row.get(Item.TEXT))
                .containsExactly("before");
    }

    @Proves(Clause.Q45)
    void whatCannotBeDecodedHasItsRow() {
        DocumentCollection<Integer> numbers = store.collection(Numbers.SCHEMA);
        for (int i = 0; i < 4; i++) {
            store.collection(Numbers.TEXTS).put("n" + i, new Numbers.Text(Numbers.DAMAGED.get(i), 10 + i));
        }
        List<String> parities = List.of("even", "odd", "even", "odd");
        assertThat(numbers.query().select(Numbers.PARITY).list())
                .as("list")
                .extracting(row -> row.get(Numbers.PARITY))
                .isEqualTo(parities);
        assertThat(numbers.query().select(Numbers.PARITY).page().rows())
                .as("page")
                .extracting(row -> row.get(Numbers.PARITY))
                .isEqualTo(parities);
        assertThat(numbers.query().select(Numbers.PARITY).stream())
                .as("stream")
                .extracting(row -> row.get(Numbers.PARITY))
                .isEqualTo(parities);
        assertThat(numbers.where(Numbers.NUMBER.eq(12L)).select(Numbers.DIGITS).first())
                .as("first")
                .map(row -> row.get(Numbers.DIGITS))
                .isEqualTo(Optional.of(List.of("1", "2")));
        List<String> told = new ArrayList<>();
        assertThat(numbers.query()
                        .undecodable(damaged -> told.add(damaged.id()))
                        .select(Numbers.NUMBER)
                        .list())
                .as("around what cannot be decoded")
                .hasSize(4);
        assertThat(told).as("what was handed over").isEmpty();
    }

    @Proves(Clause.Q46)
    void aSelectionIsOfDeclaredFieldsEachOnce() {
        DocumentCollection<Item> items = items();
        thrown(InvalidValueException.class, () -> items.query().select());
        assertThat(thrown(InvalidValueException.class, () -> items.query().select(Item.TEXT, Item.TAGS, Item.TEXT)))
                .as("of a field that is given twice")
                .hasMessageContaining("'text'");
        List<Field<Item, ?>> undeclared = List.of(
                TextField.of("title", Item::text),
                LongField.of("text", item -> 1L),
                EnumField.of("color", Foreign.class, item -> Foreign.RED));
        for (Field<Item, ?> field : undeclared) {
            assertThat(thrown(SchemaException.class, () -> items.query().select(Item.TEXT, field)))
                    .as("of a field that is not declared so")
                    .hasMessageContaining("'" + field.name() + "'");
        }
    }

    @Proves(Clause.Q46)
    void aRowHasWhatItWasAskedForAndNothingElse() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("text").withColor(Item.Color.RED).withTags(Set.of("x")));
        Row row = items.query().select(Item.TEXT, Item.COLOR).first().orElseThrow();
        assertThat(thrown(InvalidValueException.class, () -> row.get(Item.NUMBER)))
                .as("of a field that was not asked for")
                .hasMessageContaining("'number'");
        thrown(InvalidValueException.class, () -> row.get(Item.TAGS));
        thrown(InvalidValueException.class, () -> row.get(itemSchema().id()));
        thrown(InvalidValueException.class, () -> row.get(LongField.of("text", item -> 1L)));
        thrown(InvalidValueException.class, () -> row.get(EnumField.of("color", Foreign.class, item -> Foreign.RED)));
        // Of the same name and type, it is the same field.
        assertThat(row.get(TextField.<Item>of("text", Item::code)))
                .as("by another constant")
                .isEqualTo("text");
    }
}
