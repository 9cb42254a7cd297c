package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Group R: a query that is told what to do with documents that cannot be decoded goes around them. */
public abstract class AroundDamageClauses extends NumbersGroup {

    private static final List<Ordered> ORDERS = List.of(
            new Ordered(query -> query, Comparator.naturalOrder()),
            new Ordered(query -> query.orderBy(Numbers.NUMBER.desc()), Comparator.reverseOrder()),
            new Ordered(
                    query -> query.orderBy(Numbers.PARITY.desc()).thenBy(Numbers.NUMBER.asc()),
                    Comparator.<Integer, Integer>comparing(number -> -(number % 2))
                            .thenComparing(Comparator.naturalOrder())));

    /** An order, and what it means. */
    private record Ordered(UnaryOperator<ReadQuery<Integer>> by, Comparator<Integer> as) {}

    protected AroundDamageClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R16)
    void everyReadHandsThemOverAndReturnsTheOthers() {
        fill(23, number -> number % 4 == 1 || number > 18);
        requireAround(store.collection(Numbers.SCHEMA), 23, number -> number % 4 == 1 || number > 18);
    }

    @Proves(Clause.R16)
    void soDoesOneOverAllOfThem() {
        fill(5, number -> true);
        requireAround(store.collection(Numbers.SCHEMA), 5, number -> true);
    }

    @Proves(Clause.R16)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void soItIsInTransactionsAndSnapshots() {
        fill(13, number -> number % 3 == 0);
        store.runTransaction(tx -> requireAround(tx.collection(Numbers.SCHEMA), 13, number -> number % 3 == 0));
        store.<Boolean, RuntimeException>snapshot(view -> {
            requireAround(view.collection(Numbers.SCHEMA), 13, number -> number % 3 == 0);
            return true;
        });
    }

    @Proves(Clause.R16)
    @Needs(Capability.SNAPSHOTS)
    void manyOfThemAreNoBarrier() {
        fill(1300, number -> number < 1100 || number % 7 == 0);
        Query<Integer> query = around(store.collection(Numbers.SCHEMA).query());
        assertThat(query.first()).as("first").map(Document::value).contains(1100);
        assertThat(told).as("those before the first").hasSize(1100);
        List<Integer> readable = numbers(1300, number -> number >= 1100 && number % 7 != 0);
        assertThat(values(query.list())).as("list").isEqualTo(readable);
        assertThat(query.stream().map(Document::value).toList()).as("stream").isEqualTo(readable);
        assertThat(query.stream().findFirst().map(Document::value))
                .as("first of the stream")
                .contains(1100);
        assertThat(values(query.limit(1250).page().items()))
                .as("a page of 1250")
                .isEqualTo(readable.stream().filter(number -> number < 1250).toList());
        assertThat(values(walk(query.limit(200)))).as("pages of 200").isEqualTo(readable);
    }

    @Proves(Clause.R16)
    void aLimitCountsThemToo() {
        fill(10, number -> number == 0 || number == 2);
        Query<Integer> query = around(store.collection(Numbers.SCHEMA).query());
        assertThat(values(query.limit(3).list())).as("list of 3").containsExactly(1);
        assertThat(query.limit(3).stream().map(Document::value))
                .as("stream of 3")
                .containsExactly(1);
        Page<Integer> empty = query.limit(1).page();
        assertThat(empty.items()).as("page of the first one").isEmpty();
        assertThat(empty.hasNext()).as("whether a page follows the empty one").isTrue();
        assertThat(values(query.limit(2).startAfter(empty.nextCursor()).page().items()))
                .as("the page behind it")
                .containsExactly(1);
        assertThat(query.limit(1).first()).as("first").map(Document::value).contains(1);
    }

    @Proves(Clause.K10)
    void aClaimPassesThemBy() {
        fill(640, number -> number < 600 && number != 7);
        Query<Integer> query =
                store.collection(Numbers.SCHEMA).where(Numbers.NUMBER.gte(0L)).orderBy(Numbers.NUMBER.asc());
        assertThatThrownBy(() -> query.limit(8).claim(number -> -number - 1))
                .isInstanceOf(UndecodableDocumentException.class);
        List<Document<Integer>> claimed = around(query).limit(3).claim(number -> -number - 1);
        assertThat(values(claimed)).as("claimed").containsExactly(-8, -601, -602);
        assertThat(told).as("told of").containsOnlyOnceElementsOf(ids(600, number -> number != 7));
        told.clear();
        assertThat(around(query).claimFirst(number -> -number - 1))
                .map(Document::value)
                .contains(-603);
        assertThat(told).as("told of").doesNotHaveDuplicates().hasSize(599);
        assertThat(store.collection(Numbers.SCHEMA)
                        .where(Numbers.NUMBER.gte(0L))
                        .count())
                .as("left")
                .isEqualTo(640 - 4);
    }

    private static List<String> ids(int count, IntPredicate which) {
        return numbers(count, which).stream().map(NumbersGroup::id).toList();
    }

    @Proves(Clause.R16)
    void whatReadsNoValueHandsNoneOver() {
        fill(12, number -> number % 2 == 1);
        Query<Integer> query = around(store.collection(Numbers.SCHEMA).query());
        assertThat(query.count()).as("count").isEqualTo(12);
        assertThat(query.where(Numbers.PARITY.eq("odd")).exists()).as("exists").isTrue();
        assertThat(query.countBy(Numbers.PARITY)).as("countBy").isEqualTo(Map.of("even", 6L, "odd", 6L));
        if (has(Capability.TRANSACTIONS)) {
            assertThat(query.deleteAll()).as("deleted").isEqualTo(12);
        }
        assertThat(told).as("handed over").isEmpty();
    }

    /** Every kind of read, in several orders, in pages of several sizes. */
    private void requireAround(ReadableCollection<Integer> collection, int count, IntPredicate damaged) {
        ORDERS.forEach(order -> {
            ReadQuery<Integer> query = order.by().apply(collection.query()).undecodable(e -> told.add(e.id()));
            List<Integer> all =
                    IntStream.range(0, count).boxed().sorted(order.as()).toList();
            List<Integer> readable =
                    all.stream().filter(number -> !damaged.test(number)).toList();
            List<String> others =
                    all.stream().filter(damaged::test).map(NumbersGroup::id).toList();
            Map<String, Function<ReadQuery<Integer>, List<Document<Integer>>>> reads = new LinkedHashMap<>();
            reads.put("list", ReadQuery::list);
            reads.put("stream", same -> same.stream().toList());
            for (int size : List.of(1, 2, 3, 7, 100)) {
                reads.put("pages of " + size, same -> walk(same.limit(size)));
            }
            reads.forEach((name, read) -> {
                told.clear();
                assertThat(values(read.apply(query))).as("%s of %s", name, all).isEqualTo(readable);
                assertThat(told).as("handed over by %s of %s", name, all).isEqualTo(others);
            });
            told.clear();
            assertThat(query.first().map(Document::value))
                    .as("first of %s", all)
                    .isEqualTo(readable.stream().findFirst());
            int before = readable.isEmpty() ? count : all.indexOf(readable.get(0));
            assertThat(told).as("handed over before the first of %s", all).isEqualTo(others.subList(0, before));
        });
    }

    private static List<Integer> numbers(int count, IntPredicate which) {
        return IntStream.range(0, count).filter(which).boxed().toList();
    }

    private static List<Integer> values(List<Document<Integer>> documents) {
        return documents.stream().map(Document::value).toList();
    }
}
