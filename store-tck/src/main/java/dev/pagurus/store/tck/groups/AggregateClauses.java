package dev.pagurus.store.tck.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Row;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Group Q, what is made of all documents that match: counts, ends, sums and averages. */
public abstract class AggregateClauses extends GroupsGroup {

    private static final long TWO_TO_53 = 1L << 53;

    private final Seed seed = Seed.ofThisRun();

    protected AggregateClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q52)
    void countsAndEndsAreThoseOfTheDocumentsThatMatch() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(52, 150));
        List<Aggregate<?>> aggregates = List.of(
                Aggregate.count(),
                Item.TEXT.count(),
                Item.COLOR.count(),
                Item.FLAG.count(),
                Item.TEXT.min(),
                Item.TEXT.max(),
                Item.NUMBER.min(),
                Item.NUMBER.max(),
                Item.REAL.min(),
                Item.REAL.max(),
                Item.TIME.min(),
                Item.TIME.max(),
                itemSchema().id().max(),
                itemSchema().createdAt().min());
        List<Filter<Item>> every = SampleFilters.every();
        List<Filter<Item>> filters = new ArrayList<>(List.of(Filter.allOf(List.of()), Filter.anyOf(List.of())));
        for (int i = 0; i < every.size(); i += 9) {
            filters.add(every.get(i));
        }
        for (Filter<Item> filter : filters) {
            Row row = items().where(filter).aggregate(aggregates.toArray(Aggregate<?>[]::new));
            requireRow("" + filter, row, Model.list(stored, filter, List.of()), aggregates);
        }
    }

    @Proves(Clause.Q52)
    void theEndsOfAnIndexAreThoseOfTheDocuments() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(520, 60));
        for (Filter<Item> filter :
                List.of(Filter.<Item>allOf(List.of()), Item.COLOR.eq(Item.Color.RED), Item.TEXT.gt("a"))) {
            List<Document<Item>> matching = Model.list(stored, filter, List.of());
            for (Aggregate<?> one : List.of(Item.TIME.min(), Item.TIME.max(), Item.NUMBER.min(), Item.TEXT.max())) {
                requireRow(one + " of " + filter, items().where(filter).aggregate(one), matching, List.of(one));
            }
            List<Aggregate<?>> together = List.of(Item.TIME.max(), Item.NUMBER.max(), Item.TEXT.min());
            Row row = items().where(filter).aggregate(Item.TIME.max(), Item.NUMBER.max(), Item.TEXT.min());
            requireRow("" + filter, row, matching, together);
        }
    }

    @Proves(Clause.Q53)
    void sumsAndAveragesOfIntegersAreExact() {
        Map<String, List<Long>> cases = new LinkedHashMap<>();
        cases.put("large in between", List.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 5L));
        cases.put("the greatest", List.of(Long.MAX_VALUE, 1L, -1L));
        cases.put("the least", List.of(Long.MIN_VALUE, 1L, -1L));
        cases.put("the halves", List.of(1L << 32, (1L << 32) - 1, -1L, -(1L << 32), 1L << 31));
        cases.put("no double", List.of(TWO_TO_53, 1L, 1L, 1L));
        cases.put("between an even and an odd double", List.of(TWO_TO_53, TWO_TO_53 + 2));
        cases.put("between an odd and an even double", List.of(TWO_TO_53 + 2, TWO_TO_53 + 4));
        cases.put("a third", List.of(1L, 0L, 0L));
        cases.put("below zero", List.of(-1L, 0L, 0L, -7L));
        cases.put("just below the middle", List.of(TWO_TO_53 * 4 + 3, TWO_TO_53 * 4 + 3, TWO_TO_53 * 4 + 4));
        List<Document<Item>> stored = store(cases, Item::ofNumber);
        requireCases(stored, cases, List.of(Item.NUMBER.sum(), Item.NUMBER.average(), Item.NUMBER.count()));
    }

    @Proves(Clause.Q53)
    void aSumThatIsNoLongIsRefusedAndItsAverageIsNot() {
        Map<String, List<Long>> cases = new LinkedHashMap<>();
        cases.put("above", List.of(Long.MAX_VALUE, 1L));
        cases.put("below", List.of(Long.MIN_VALUE, -1L));
        cases.put("far above", Collections.nCopies(9, Long.MAX_VALUE));
        List<Document<Item>> stored = store(cases, Item::ofNumber);
        for (String name : cases.keySet()) {
            Filter<Item> filter = Item.TEXT.eq(name);
            assertThatThrownBy(() -> items().where(filter).aggregate(Item.NUMBER.sum()))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContainingAll("sum(number)", "items");
            assertThatThrownBy(() -> items().where(filter).groupBy(Item.TEXT).aggregate(Item.NUMBER.sum()))
                    .isInstanceOf(ArithmeticException.class);
        }
        requireCases(stored, cases, List.of(Item.NUMBER.average(), Item.NUMBER.max(), Aggregate.count()));
    }

    @Proves(Clause.Q54)
    void sumsAndAveragesOfRealNumbersAreExactAndRoundedOnce() {
        Map<String, List<Double>> cases = new LinkedHashMap<>();
        cases.put("lost in between", List.of(1e16, 1.0, -1e16));
        cases.put("ten tenths", Collections.nCopies(10, 0.1));
        cases.put("the least", List.of(Double.MIN_VALUE, Double.MIN_VALUE, -Double.MIN_NORMAL, Double.MIN_NORMAL));
        cases.put("half of the least", List.of(Double.MIN_VALUE, 0.0));
        cases.put("half more than the least", List.of(Double.MIN_VALUE, Double.MIN_VALUE * 2));
        cases.put("large in between", List.of(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE));
        cases.put("too large", List.of(Double.MAX_VALUE, Double.MAX_VALUE));
        cases.put("far apart", List.of(1e308, 1.0, -1e308, 1e-308, Double.MIN_VALUE));
        cases.put("in the middle", List.of(1.0, 0x1p-53));
        cases.put("just above the middle", List.of(1.0, 0x1p-53, 0x1p-1074));
        cases.put("just below the middle", List.of(-1.0, -0x1p-53, 0x1p-1074));
        cases.put("zero", List.of(-0.0, 0.0));
        cases.put("an infinity", List.of(1.0, Double.POSITIVE_INFINITY, -Double.MAX_VALUE));
        cases.put("the other one", List.of(1.0, Double.NEGATIVE_INFINITY));
        cases.put("both infinities", List.of(Double.NEGATIVE_INFINITY, 1.0, Double.POSITIVE_INFINITY));
        Random random = new Random(seed.value());
        List<Double> many = new ArrayList<>();
        while (many.size() < 60) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                many.add(many.size() % 3 == 0 ? number : random.nextGaussian() * 1e9);
            }
        }
        cases.put("any, " + seed, many);
        List<Double> shuffled = new ArrayList<>(many);
        Collections.shuffle(shuffled, random);
        cases.put("the same in another order", shuffled);
        List<Document<Item>> stored = store(cases, Item.NOTHING::withReal);
        requireCases(stored, cases, List.of(Item.REAL.sum(), Item.REAL.average(), Item.REAL.count(), Item.REAL.max()));
    }

    @Proves(Clause.Q55)
    void averagesOfInstantsAreFlooredToMicroseconds() {
        Instant least = Instant.parse("0001-01-01T00:00:00Z");
        Instant greatest = Instant.parse("9999-12-31T23:59:59.999999Z");
        Instant before = Instant.EPOCH.minusNanos(1000);
        Map<String, List<Instant>> cases = new LinkedHashMap<>();
        cases.put("around 1970", List.of(before, Instant.EPOCH));
        cases.put("before 1970", List.of(before, before, before.minusNanos(1000)));
        cases.put("after 1970", List.of(Instant.EPOCH, Instant.EPOCH.plusNanos(1000)));
        cases.put("the ends", List.of(least, greatest));
        cases.put("the first", Collections.nCopies(40, least));
        cases.put("the last", Collections.nCopies(40, greatest));
        cases.put("one", List.of(Samples.TIMES.get(5)));
        List<Document<Item>> stored = store(cases, Item.NOTHING::withTime);
        requireCases(stored, cases, List.of(Item.TIME.average(), Item.TIME.min(), Item.TIME.count()));
    }

    @Proves(Clause.Q52)
    void ofNothingThereIsNothing() {
        Row row = items().query()
                .aggregate(
                        Aggregate.count(),
                        Item.NUMBER.sum(),
                        Item.NUMBER.average(),
                        Item.REAL.sum(),
                        Item.REAL.average(),
                        Item.TIME.average(),
                        Item.TEXT.max());
        assertThat(row.get(Aggregate.count())).as("how many").isZero();
        assertThat(row.get(Item.NUMBER.sum())).as("the sum of no integers").isZero();
        assertThat(row.get(Item.REAL.sum())).as("the sum of no real numbers").isEqualTo(0.0);
        for (Aggregate<?> none :
                List.of(Item.NUMBER.average(), Item.REAL.average(), Item.TIME.average(), Item.TEXT.max())) {
            assertThat((Object) row.get(none)).as("%s of nothing", none).isNull();
        }
    }

    /** Each case alone, and all of them in one call. */
    private void requireCases(
            List<Document<Item>> stored, Map<String, ? extends List<?>> cases, List<Aggregate<?>> aggregates) {
        Aggregate<?>[] asked = aggregates.toArray(Aggregate<?>[]::new);
        for (String name : cases.keySet()) {
            Filter<Item> filter = Item.TEXT.eq(name);
            requireRow(
                    "'" + name + "'",
                    items().where(filter).aggregate(asked),
                    Model.list(stored, filter, List.of()),
                    aggregates);
        }
        requireRows(
                "all cases",
                items().query().groupBy(Item.TEXT).aggregate(asked),
                Expected.groups(stored, List.of(Item.TEXT)),
                List.of(Item.TEXT),
                aggregates);
    }
}
