package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Group Q, what a filter may hold: how much, which fields, and whatever text. */
public abstract class FilterClauses extends ClauseGroup {

    private static final int MOST_VALUES = 1_000;

    protected FilterClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q13)
    void fiveHundredNodesAreAnswered() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.ofNumber(498));
        assertThat(items.where(Filter.anyOf(comparisons(499, Item.NUMBER::eq))).count())
                .isOne();
        assertThat(items.where(Filter.allOf(comparisons(499, number -> Item.NUMBER.ne(number + 1000))))
                        .count())
                .isOne();
        assertThat(items.where(Filter.anyOf(comparisons(499, number -> Item.TAGS.contains("t" + number))))
                        .count())
                .isZero();
        assertThat(items.where(Filter.allOf(comparisons(499, number -> Item.TAGS.contains("t" + number))))
                        .count())
                .isZero();
        assertThat(items.where(Filter.anyOf(comparisons(498, number -> Item.TAGS.contains("t" + number)))
                                .not())
                        .count())
                .isOne();
    }

    @Proves(Clause.Q13)
    void moreNodesAreRefused() {
        DocumentCollection<Item> items = items();
        assertThatThrownBy(() -> items.where(Filter.anyOf(comparisons(500, Item.NUMBER::eq)))
                        .count())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("500", "nodes");
    }

    /** Wherever it stands in the list, each of its values is found, and left out where the list is denied. */
    @Proves(Clause.Q13)
    void aThousandValuesAreAnswered() {
        DocumentCollection<Item> items = items();
        items.insertAll(
                numbers(MOST_VALUES + 1).stream()
                        .map(number ->
                                Item.ofNumber(number).withText("t" + number).tagged("t" + number, "all")),
                Item::text,
                OnConflict.FAIL);
        for (int listed : List.of(MOST_VALUES, MOST_VALUES / 2 + 1)) {
            List<Filter<Item>> filters = List.of(
                    Item.NUMBER.in(numbers(listed)),
                    Item.TEXT.in(tags(listed)),
                    itemSchema().id().in(tags(listed)),
                    Item.TAGS.containsAny(tags(listed)));
            for (Filter<Item> filter : filters) {
                String of = "of filter " + filters.indexOf(filter) + " by " + listed + " values";
                assertThat(items.where(filter).count()).as("documents %s", of).isEqualTo(listed);
                assertThat(items.where(filter.not())
                                .orderBy(Item.NUMBER.asc())
                                .select(Item.NUMBER)
                                .list())
                        .as("numbers of the opposite %s", of)
                        .extracting(row -> row.get(Item.NUMBER))
                        .isEqualTo(LongStream.rangeClosed(listed, MOST_VALUES)
                                .boxed()
                                .toList());
            }
        }
    }

    @Proves(Clause.Q13)
    void moreValuesAreRefused() {
        DocumentCollection<Item> items = items();
        for (Filter<Item> filter : List.of(
                Item.NUMBER.in(numbers(1001)),
                Item.TAGS.containsAny(tags(1001)),
                Item.NUMBER.in(numbers(600)).or(Item.TAGS.containsAny(tags(401))))) {
            assertThatThrownBy(() -> items.where(filter).count())
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("1000", "values");
        }
    }

    @Proves(Clause.Q14)
    void idsAndTimesOfWritingAreFields() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2024-01-01T00:00:00Z"));
        DocumentCollection<Item> items = startWith(with -> with.clock(clock)).collection(itemSchema());
        for (String id : List.of("c", "a", "b")) {
            items.put(id, Item.of(id));
            clock.advanceSeconds(1);
        }
        items.put("c", Item.of("changed"));
        InstantField<Item> created = itemSchema().createdAt();
        InstantField<Item> updated = itemSchema().updatedAt();
        Instant second = Instant.parse("2024-01-01T00:00:01Z");
        assertThat(ids(items, created.eq(second))).containsExactly("a");
        assertThat(ids(items, created.before(second))).containsExactly("c");
        assertThat(ids(items, updated.lte(second))).containsExactly("a");
        assertThat(ids(items, updated.after(second))).containsExactly("b", "c");
        assertThat(ids(items, itemSchema().id().gt("a"))).containsExactly("b", "c");
        assertThat(items.query().orderBy(created.asc()).list())
                .extracting(Document::id)
                .containsExactly("c", "a", "b");
        assertThat(items.query().orderBy(updated.desc()).list())
                .extracting(Document::id)
                .containsExactly("c", "b", "a");
        assertThat(items.query().orderBy(itemSchema().id().desc()).list())
                .extracting(Document::id)
                .containsExactly("c", "b", "a");
    }

    @Proves(Clause.Q14)
    void idsAndTimesOfWritingAreNeverNull() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING);
        for (Filter<Item> none : List.of(
                itemSchema().id().isNull(),
                itemSchema().createdAt().isNull(),
                itemSchema().updatedAt().isNull())) {
            assertThat(ids(items, none)).as("%s", none).isEmpty();
            assertThat(ids(items, none.not())).as("not %s", none).containsExactly("a");
        }
        assertThat(ids(items, itemSchema().id().ne("b"))).containsExactly("a");
    }

    @Proves(Clause.Q15)
    void valuesAreNeverPartOfAStatement() {
        DocumentCollection<Item> items = items();
        List<String> attacks = List.of(
                "'",
                "''",
                "\"",
                "`",
                "\\",
                "\\'",
                "' or '1'='1",
                "x'; drop table items; --",
                "$1",
                "?",
                ":a",
                "${a}",
                "/*",
                "*/",
                "--",
                "$$",
                "$tag$",
                "{d '2024-01-01'}",
                "\u02BC",
                "%27",
                "');delete from items where ('1'='1");
        for (String attack : attacks) {
            items.put(
                    attack, Item.of(attack).tagged(attack, "t").withCode(attack).withPayload(attack));
        }
        for (String attack : attacks) {
            for (Filter<Item> filter : List.of(
                    Item.TEXT.eq(attack),
                    Item.TEXT.in(attack, "none"),
                    Item.TAGS.contains(attack),
                    Item.CODE.between(attack, attack),
                    itemSchema().id().eq(attack))) {
                assertThat(ids(items, filter)).as("%s", filter).containsExactly(attack);
            }
            assertThat(ids(items, Item.TEXT.startsWith(attack))).contains(attack);
            assertThat(existing(items, attack).value().payload()).isEqualTo(attack);
        }
        assertThat(items.query().count()).isEqualTo(attacks.size());
    }

    @Proves(Clause.Q16)
    void fieldsThatAreNotDeclaredAreRefused() {
        DocumentCollection<Item> items = items();
        TextField<Item> undeclared = TextField.of("undeclared", Item::text);
        TextField<Item> ofAnotherKind = TextField.of("number", Item::text);
        ManyField<Item> undeclaredMany = ManyField.of("text", Item::tags);
        List<Runnable> uses = List.of(
                () -> items.where(undeclared.eq("a")).list(),
                () -> items.where(undeclared.isNull().not()).list(),
                () -> items.where(undeclared.in(List.of())).list(),
                () -> items.where(undeclared.startsWith("a")).list(),
                () -> items.query().orderBy(undeclared.asc()).list(),
                () -> items.query().countBy(undeclared),
                () -> items.where(ofAnotherKind.eq("a")).list(),
                () -> items.query().orderBy(ofAnotherKind.asc()).list(),
                () -> items.where(undeclaredMany.isEmpty()).list(),
                () -> items.where(undeclaredMany.contains("a")).list());
        for (Runnable use : uses) {
            assertThatThrownBy(use::run).isInstanceOf(SchemaException.class).hasMessageContaining("'items'");
        }
    }

    private static List<Filter<Item>> comparisons(int count, Function<Long, Filter<Item>> comparison) {
        List<Filter<Item>> filters = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            filters.add(comparison.apply(i));
        }
        return filters;
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static List<String> tags(int count) {
        return numbers(count).stream().map(number -> "t" + number).toList();
    }

    private static List<String> ids(DocumentCollection<Item> items, Filter<Item> filter) {
        return items.where(filter).list().stream().map(Document::id).toList();
    }
}
