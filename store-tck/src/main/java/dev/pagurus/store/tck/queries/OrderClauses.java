package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Query;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.SampleOrders;
import dev.pagurus.store.tck.samples.Samples;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Group Q, orders. */
public abstract class OrderClauses extends ClauseGroup {

    protected OrderClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q14)
    void documentsOfOneMillisecondAreOrderedByMicroseconds() throws Exception {
        Instant start = Instant.parse("2026-05-01T08:00:00.000100Z");
        SettableClock clock = new SettableClock(start);
        startWith(with -> with.clock(clock));
        List<String> written = new ArrayList<>();
        for (long i = 0; i < 9; i++) {
            clock.set(start.plus(i, ChronoUnit.MICROS));
            // The ids are in the other order.
            items().put("n" + (9 - i), Item.ofNumber(i));
            written.add("n" + (9 - i));
        }
        List<String> reversed = new ArrayList<>(written);
        Collections.reverse(reversed);
        for (InstantField<Item> time :
                List.of(itemSchema().createdAt(), itemSchema().updatedAt())) {
            assertThat(ids(time.asc())).as("documents by %s", time).isEqualTo(written);
            assertThat(ids(time.desc())).as("the last documents by %s", time).isEqualTo(reversed);
        }
    }

    private List<String> ids(Order<Item> order) {
        return items().query().orderBy(order).list().stream().map(Document::id).toList();
    }

    @Proves(Clause.Q17)
    void nullsComeFirstAscendingAndLastDescending() {
        DocumentCollection<Item> items = items();
        items.put(
                "with",
                Item.of("")
                        .withNumber(Long.MIN_VALUE)
                        .withReal(Double.NEGATIVE_INFINITY)
                        .withFlag(false)
                        .withTime(Samples.TIMES.get(0))
                        .withColor(Item.Color.BLUE));
        items.put("without", Item.NOTHING);
        for (Order<Item> ascending : List.of(
                Item.TEXT.asc(),
                Item.NUMBER.asc(),
                Item.REAL.asc(),
                Item.FLAG.asc(),
                Item.TIME.asc(),
                Item.COLOR.asc())) {
            Order<Item> descending = ascending.field().desc();
            assertThat(ids(items.query().orderBy(ascending)))
                    .as("%s", ascending)
                    .containsExactly("without", "with");
            assertThat(ids(items.query().orderBy(descending)))
                    .as("%s", descending)
                    .containsExactly("with", "without");
        }
    }

    @Proves(Clause.Q18)
    void textIsOrderedByCodePoint() {
        DocumentCollection<Item> items = items();
        for (String text : List.of(
                Samples.U10FFFF,
                Samples.U10000,
                Samples.UFFFF,
                Samples.UE000,
                Samples.UD7FF,
                Samples.E_ACUTE,
                "z",
                "a",
                "_",
                "Z",
                "A",
                "9",
                "10",
                "")) {
            items.put("id" + text, Item.of(text));
        }
        assertThat(items.query().orderBy(Item.TEXT.asc()).list())
                .extracting(document -> document.value().text())
                .containsExactly(
                        "",
                        "10",
                        "9",
                        "A",
                        "Z",
                        "_",
                        "a",
                        "z",
                        Samples.E_ACUTE,
                        Samples.UD7FF,
                        Samples.UE000,
                        Samples.UFFFF,
                        Samples.U10000,
                        Samples.U10FFFF);
    }

    @Proves(Clause.Q18)
    void idsAreOrderedByCodePoint() {
        DocumentCollection<Item> items = items();
        for (String id : List.of(Samples.U10000, Samples.UFFFF, "b", "B", "a ", "a", "10", "9")) {
            items.put(id, Item.NOTHING);
        }
        assertThat(ids(items.query())).containsExactly("10", "9", "B", "a", "a ", "b", Samples.UFFFF, Samples.U10000);
    }

    @Proves(Clause.Q19)
    void tiesBreakByIdInTheDirectionOfTheLastOrder() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("b", "c", "a")) {
            items.put(id, Item.of("same").withNumber(1));
        }
        assertThat(ids(items.query().orderBy(Item.TEXT.asc()))).containsExactly("a", "b", "c");
        assertThat(ids(items.query().orderBy(Item.TEXT.desc()))).containsExactly("c", "b", "a");
        assertThat(ids(items.query().orderBy(Item.TEXT.asc()).thenBy(Item.NUMBER.desc())))
                .containsExactly("c", "b", "a");
        assertThat(ids(items.query().orderBy(Item.TEXT.desc()).thenBy(Item.NUMBER.asc())))
                .containsExactly("a", "b", "c");
    }

    @Proves(Clause.Q19)
    void nullsTieToo() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("b", "c", "a")) {
            items.put(id, Item.NOTHING);
        }
        assertThat(ids(items.query().orderBy(Item.TEXT.desc()))).containsExactly("c", "b", "a");
    }

    @Proves(Clause.Q20)
    void everyOrderIsTheOneOfTheModel() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(20, 200));
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            for (Filter<Item> filter :
                    List.of(Filter.<Item>allOf(List.of()), Item.COLOR.eq(Item.Color.RED), Item.NUMBER.isNotNull())) {
                assertThat(ids(SampleOrders.ordered(items.where(filter), orders)))
                        .as("%s by %s", filter, orders)
                        .isEqualTo(ids(Model.list(stored, filter, orders)));
            }
        }
    }

    @Proves(Clause.Q20)
    void orderByAgainReplacesTheOrders() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("x").withNumber(2));
        items.put("b", Item.of("y").withNumber(1));
        Query<Item> query =
                items.query().orderBy(Item.TEXT.asc()).thenBy(Item.REAL.asc()).orderBy(Item.NUMBER.asc());
        assertThat(ids(query)).containsExactly("b", "a");
    }

    @Proves(Clause.Q20)
    void aFurtherOrderNeedsAFirst() {
        assertThatThrownBy(() -> items().query().thenBy(Item.TEXT.asc()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orderBy");
    }

    @Proves(Clause.Q34)
    void refiningAQueryLeavesItAsItWas() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(34, 10));
        Query<Item> all = items.query();
        List<String> before = ids(all);
        all.where(Item.TEXT.eq("a"));
        all.orderBy(Item.NUMBER.desc());
        all.limit(1);
        all.startAfter(all.limit(3).page().nextCursor());
        assertThat(ids(all)).isEqualTo(before).hasSize(10);
    }

    private static List<String> ids(Query<Item> query) {
        return ids(query.list());
    }

    private static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
