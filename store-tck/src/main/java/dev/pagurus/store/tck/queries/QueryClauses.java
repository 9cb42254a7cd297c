package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.Samples;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Group Q, filters: each answer is held against the {@link Model}. */
public abstract class QueryClauses extends ClauseGroup {

    private static final int SEEDS = 5;

    protected QueryClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q1)
    void textIsComparedByCodePoint() {
        List<Document<Item>> stored = Samples.store(items(), Samples.each(Samples.TEXTS, Item::of));
        assertAnswers(stored, SampleFilters.comparisons(Item.TEXT, Samples.TEXTS));
    }

    @Proves(Clause.Q1)
    void aCharacterBeyondTheSurrogatesIsGreaterThanOneBelow() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of(Samples.U10000));
        assertThat(items.where(Item.TEXT.gt(Samples.UFFFF)).count()).isOne();
        assertThat(items.where(Item.TEXT.lt(Samples.UE000)).count()).isZero();
    }

    @Proves(Clause.Q2)
    void integersAreComparedBySize() {
        List<Document<Item>> stored = Samples.store(items(), Samples.each(Samples.NUMBERS, Item.NOTHING::withNumber));
        assertAnswers(stored, SampleFilters.comparisons(Item.NUMBER, Samples.NUMBERS));
    }

    @Proves(Clause.Q3)
    void realsAreComparedBySize() {
        List<Document<Item>> stored = Samples.store(items(), Samples.each(Samples.REALS, Item.NOTHING::withReal));
        assertAnswers(stored, SampleFilters.comparisons(Item.REAL, Samples.REALS));
    }

    @Proves(Clause.Q4)
    void instantsAreComparedByTime() {
        List<Document<Item>> stored = Samples.store(items(), Samples.each(Samples.TIMES, Item.NOTHING::withTime));
        assertAnswers(stored, SampleFilters.comparisons(Item.TIME, Samples.TIMES));
    }

    @Proves(Clause.Q5)
    void booleansAndConstantsAreEqualOrNot() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(5, 60));
        assertAnswers(stored, SampleFilters.equalities(Item.FLAG, List.of(true, false)));
        assertAnswers(stored, SampleFilters.equalities(Item.COLOR, List.of(Item.Color.values())));
    }

    @Proves(Clause.Q6)
    void inMatchesAnyOfItsValues() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(6, 60));
        assertAnswers(
                stored,
                List.of(
                        Item.TEXT.in(Samples.TEXTS),
                        Item.TEXT.in("a", "a", "missing"),
                        Item.NUMBER.in(Long.MIN_VALUE, 0, Long.MAX_VALUE),
                        Item.REAL.in(List.of(-0.0, Double.POSITIVE_INFINITY)),
                        Item.TIME.in(Samples.TIMES.subList(0, 3)),
                        Item.COLOR.in(Item.Color.RED, Item.Color.BLUE),
                        itemSchema().id().in(stored.get(3).id(), stored.get(9).id(), "missing")));
    }

    @Proves(Clause.Q6)
    void inNothingMatchesNothing() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(7, 20));
        assertThat(items.where(Item.TEXT.in(List.of())).count()).isZero();
        assertThat(items.where(Item.TEXT.in(List.of()).not()).count()).isEqualTo(20);
    }

    @Proves(Clause.Q7)
    void prefixesHaveNoWildcards() {
        List<Document<Item>> stored = Samples.store(items(), Samples.each(Samples.TEXTS, Item::of));
        assertAnswers(stored, SampleFilters.prefixes());
    }

    @Proves(Clause.Q7)
    void prefixesAreCaseSensitiveAndNotNormalised() {
        DocumentCollection<Item> items = items();
        for (String text : List.of("Abc", "abc", Samples.E_ACUTE + "b", Samples.E_WITH_ACUTE + "b")) {
            items.put(text, Item.of(text));
        }
        assertThat(ids(items, Item.TEXT.startsWith("a"))).containsExactly("abc");
        assertThat(ids(items, Item.TEXT.startsWith("e"))).containsExactly(Samples.E_WITH_ACUTE + "b");
        assertThat(ids(items, Item.TEXT.startsWith(""))).hasSize(4);
    }

    @Proves(Clause.Q8)
    void tagsAreContainedOrNot() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(8, 80));
        assertAnswers(stored, SampleFilters.many());
        assertAnswers(stored, SampleFilters.many().stream().map(Filter::not).toList());
    }

    @Proves(Clause.Q8)
    void tagsFollowTheirDocument() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.tagged("old", "both"));
        items.put("a", Item.NOTHING.tagged("new", "both"));
        assertThat(ids(items, Item.TAGS.contains("old"))).isEmpty();
        assertThat(ids(items, Item.TAGS.contains("new").and(Item.TAGS.contains("both"))))
                .containsExactly("a");
        items.delete("a");
        items.put("a", Item.NOTHING);
        assertThat(ids(items, Item.TAGS.isEmpty())).containsExactly("a");
        assertThat(items.query().countBy(Item.TAGS)).isEmpty();
    }

    @Proves(Clause.Q9)
    void nullIsNeitherLessNorGreaterNorEqual() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING);
        for (Filter<Item> filter : List.of(
                Item.NUMBER.lt(0),
                Item.NUMBER.lte(0),
                Item.NUMBER.gt(0),
                Item.NUMBER.gte(0),
                Item.NUMBER.eq(0),
                Item.NUMBER.between(Long.MIN_VALUE, Long.MAX_VALUE),
                Item.TEXT.startsWith(""),
                Item.TEXT.gte(""),
                Item.FLAG.isFalse(),
                Item.NUMBER.in(0))) {
            assertThat(ids(items, filter)).as("%s", filter).isEmpty();
        }
    }

    @Proves(Clause.Q9)
    void notEqualMatchesNull() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING);
        for (Filter<Item> filter : List.of(
                Item.TEXT.ne("x"),
                Item.NUMBER.ne(1),
                Item.REAL.ne(1.0),
                Item.FLAG.ne(true),
                Item.TIME.ne(Samples.TIMES.get(0)),
                Item.COLOR.ne(Item.Color.RED))) {
            assertThat(ids(items, filter)).as("%s", filter).containsExactly("a");
        }
    }

    @Proves(Clause.Q10)
    void notIsTheExactOppositeOfEveryFilter() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(10, 120));
        for (Filter<Item> filter : SampleFilters.every()) {
            List<String> matching = ids(items, filter);
            List<String> others = ids(items, filter.not());
            assertThat(matching).as("%s and its opposite", filter).noneMatch(others::contains);
            assertThat(matching.size() + others.size())
                    .as("%s and its opposite", filter)
                    .isEqualTo(stored.size());
            assertThat(ids(items, filter.not().not()))
                    .as("%s, twice negated", filter)
                    .isEqualTo(matching);
        }
    }

    @Proves(Clause.Q11)
    void allOfNothingIsEverythingAndAnyOfNothingIsNothing() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(11, 20));
        assertThat(items.where(Filter.allOf(List.of())).count()).isEqualTo(20);
        assertThat(items.where(Filter.anyOf(List.of())).count()).isZero();
        assertThat(items.where(Filter.<Item>allOf(List.of()).not()).count()).isZero();
        assertThat(items.where(Filter.<Item>anyOf(List.of()).not().and(Filter.allOf(List.of())))
                        .count())
                .isEqualTo(20);
    }

    @Proves(Clause.Q11)
    void whereAgainNarrows() {
        DocumentCollection<Item> items = items();
        Samples.each(List.of(1L, 2L, 3L), Item.NOTHING::withNumber)
                .forEach(item -> items.put("" + item.payload(), item));
        assertThat(items.where(Item.NUMBER.gte(2)).where(Item.NUMBER.lte(2)).count())
                .isOne();
    }

    @Proves(Clause.Q12)
    void nestedFiltersAnswerAsTheirPartsDo() {
        for (int seed = 0; seed < SEEDS; seed++) {
            DocumentCollection<Item> items = store.collection(itemSchema("seed_" + seed));
            List<Document<Item>> stored = Samples.store(items, Samples.items(seed, 60));
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                Filter<Item> filter = SampleFilters.random(random, 4);
                assertThat(ids(items, filter))
                        .as("seed %d, filter %d: %s", seed, i, filter)
                        .isEqualTo(expected(stored, filter));
            }
        }
    }

    @Proves(Clause.Q12)
    void deepNestingIsNoDifferentFromFlat() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(12, 30));
        Filter<Item> deep = Item.NUMBER.gt(0);
        for (int i = 0; i < 249; i++) {
            deep = i % 2 == 0 ? deep.and(Item.TEXT.ne("never " + i)) : deep.or(Item.TEXT.eq("never " + i));
        }
        assertThat(ids(items, deep)).isEqualTo(ids(items, Item.NUMBER.gt(0)));
    }

    private void assertAnswers(List<Document<Item>> stored, List<Filter<Item>> filters) {
        for (Filter<Item> filter : filters) {
            assertThat(ids(items(), filter)).as("%s", filter).isEqualTo(expected(stored, filter));
        }
    }

    private static List<String> expected(List<Document<Item>> stored, Filter<Item> filter) {
        return Model.list(stored, filter, List.of()).stream().map(Document::id).toList();
    }

    private static List<String> ids(DocumentCollection<Item> items, Filter<Item> filter) {
        return items.where(filter).list().stream().map(Document::id).toList();
    }
}
