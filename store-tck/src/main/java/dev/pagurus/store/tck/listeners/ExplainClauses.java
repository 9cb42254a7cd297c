package dev.pagurus.store.tck.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Group O: what is said of how a query is answered. */
public abstract class ExplainClauses extends ClauseGroup {

    /** Stands in whatever is compared, and in whatever is there. */
    private static final String SECRET = "hunter2";

    private static final long SECRET_NUMBER = 4_815_162_342L;

    private static final int DOCUMENTS = 40;

    protected ExplainClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.O9)
    void everyQueryIsExplainedAndNothingIsChanged() {
        List<Document<Item>> before = fill();
        explain(items(), SampleFilters.every());
        assertThat(items().query().list())
                .as("what is there after it was explained")
                .isEqualTo(before);
        items().put(before.get(0).id(), Item.of("changed"));
        assertThat(items().where(Item.TEXT.eq("changed")).count())
                .as("what is written after it was explained")
                .isOne();
    }

    @Proves(Clause.O9)
    void everyPageOfAnOrderIsExplained() {
        fill();
        List<Order<Item>> orders =
                List.of(Item.TEXT.asc(), Item.TEXT.desc(), Item.NUMBER.desc(), Item.REAL.asc(), Item.TIME.asc());
        for (Order<Item> order : orders) {
            ReadQuery<Item> query =
                    items().query().orderBy(order).thenBy(Item.COLOR.desc()).limit(7);
            @Nullable String cursor = null;
            do {
                requireWords(query.startAfter(cursor));
                cursor = query.startAfter(cursor).page().nextCursor();
            } while (cursor != null);
        }
        assertThat(thrown(
                        InvalidCursorException.class,
                        () -> items().query().startAfter("no cursor").explain()))
                .as("what is thrown for a cursor that is none")
                .isNotNull();
    }

    @Proves(Clause.O9)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void soItIsInTransactionsAndSnapshots() {
        List<Document<Item>> before = fill();
        store.runTransaction(tx -> {
            DocumentCollection<Item> inside = tx.collection(itemSchema());
            inside.put("of the transaction", Item.of("new"));
            explain(inside, SampleFilters.every());
            assertThat(inside.query().count())
                    .as("what the transaction sees after it was explained")
                    .isEqualTo(DOCUMENTS + 1L);
            inside.delete("of the transaction");
        });
        List<Filter<Item>> some = SampleFilters.every();
        Collections.shuffle(some, new Random(3));
        store.snapshot(view -> {
            explain(view.collection(itemSchema()), some.subList(0, some.size() / 3));
            return true;
        });
        assertThat(items().query().list())
                .as("what is there after it was explained")
                .isEqualTo(before);
    }

    @Proves(Clause.O9)
    @Needs(Capability.TRANSACTIONS)
    void whoeverWritesMeanwhileIsNotInItsWay() throws Exception {
        fill();
        DocumentCollection<Item> elsewhere = second().collection(itemSchema());
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", Item.of("not committed"));
            requireWords(elsewhere.where(Item.TEXT.eq("not committed")));
            requireWords(elsewhere.where(Item.REAL.gt(1.0)).orderBy(Item.NUMBER.desc()));
        });
        assertThat(items().where(Item.TEXT.eq("not committed")).count())
                .as("what was committed after it was explained")
                .isOne();
    }

    @Proves(Clause.O10)
    void noValueIsShown() {
        List<Order<Item>> orders =
                List.of(Item.TEXT.asc(), Item.NUMBER.desc(), Item.SCHEMA.id().asc());
        int turn = 0;
        for (String text :
                List.of(SECRET, "'" + SECRET + "'", SECRET + "\"; --", "$1" + SECRET + "\\", "?" + SECRET + "\n")) {
            Item item = Item.of(text).tagged(text).withNumber(SECRET_NUMBER).withCode(text);
            items().put(text, item);
            List<Filter<Item>> filters = new ArrayList<>(List.of(
                    Item.TEXT.in(text, text + "x"),
                    Item.TEXT.in(text).not(),
                    Item.TEXT.startsWith(text),
                    Item.TAGS.contains(text),
                    Item.TAGS.containsAny(text, "x").not(),
                    Item.TAGS.contains(text).and(Item.NUMBER.ne(SECRET_NUMBER)),
                    Item.SCHEMA.id().in(text, text + "x"),
                    Item.CODE.eq(text).or(Item.TAGS.contains(text))));
            filters.addAll(SampleFilters.comparisons(Item.TEXT, List.of(text)));
            filters.addAll(SampleFilters.comparisons(Item.CODE, List.of(text)));
            filters.addAll(SampleFilters.comparisons(Item.SCHEMA.id(), List.of(text)));
            filters.addAll(SampleFilters.comparisons(Item.NUMBER, List.of(SECRET_NUMBER)));
            filters.addAll(SampleFilters.comparisons(Item.REAL, List.of((double) SECRET_NUMBER)));
            items().put(text + "2", item.withCode(null));
            for (Filter<Item> filter : filters) {
                // Another one for each text.
                ReadQuery<Item> query = items().where(filter)
                        .orderBy(orders.get(turn++ % orders.size()))
                        .limit(1);
                requireNoValue(query.explain());
                @Nullable String cursor = query.page().nextCursor();
                requireNoValue(query.startAfter(cursor).explain());
            }
            turn++;
        }
    }

    @Proves(Clause.O11)
    void whatIsMissingIsALineOfASchema() {
        DocumentCollection<Item> items = items();
        assertMissing(items.query());
        assertMissing(items.query().orderBy(Item.SCHEMA.id().desc()));
        assertMissing(items.where(Item.TEXT.eq("a")));
        assertMissing(items.where(Item.SCHEMA.id().in("a", "b")));
        assertMissing(items.where(Item.COLOR.eq(Item.Color.RED)).orderBy(Item.TIME.desc()));
        assertMissing(items.query().orderBy(Item.NUMBER.asc()).thenBy(Item.TEXT.desc()));
        assertMissing(items.where(Item.TAGS.contains("a")));
        assertMissing(items.where(Item.TEXT.eq("a").or(Item.TAGS.contains("b"))));
        // Nothing could help.
        assertMissing(items.where(Item.REAL.ne(1.0)));
        assertMissing(items.where(Item.TAGS.isEmpty()));
        assertMissing(items.where(Item.FLAG.isTrue().or(Item.REAL.ne(1.0))));
        assertMissing(items.where(Filter.anyOf(List.of())));

        assertMissing(items.where(Item.REAL.gt(1.0)), ".index(REAL)");
        assertMissing(items.where(Item.REAL.isNull()), ".index(REAL)");
        assertMissing(items.query().orderBy(Item.REAL.desc()), ".index(REAL)");
        assertMissing(items.where(Item.TEXT.eq("a")).orderBy(Item.TIME.asc()), ".index(TEXT, TIME)");
        assertMissing(
                items.where(Item.FLAG.isTrue().and(Item.REAL.between(1.0, 2.0))).orderBy(Item.REAL.desc()),
                ".index(FLAG, REAL)");
        assertMissing(
                items.where(Item.FLAG.isTrue()).orderBy(Item.REAL.desc()).thenBy(Item.TEXT.asc()),
                ".index(FLAG, REAL.desc(), TEXT)");
        assertMissing(
                items.where(Item.REAL.lt(1.0)).orderBy(Item.SCHEMA.updatedAt().asc()),
                ".index(UPDATED_AT)",
                ".index(REAL)");
        assertMissing(items.where(Item.TAGS.contains("a")).orderBy(Item.REAL.asc()), ".index(REAL)");
        assertMissing(items.where(Item.FLAG.isTrue().or(Item.REAL.lt(1.0))), ".index(FLAG)", ".index(REAL)");
        assertMissing(
                items.where(Item.COLOR.in(Item.Color.RED, Item.Color.BLUE).and(Item.FLAG.isTrue())),
                ".index(COLOR, FLAG)");
    }

    @Proves(Clause.O11)
    void aUniqueValueNeedsNoOtherIndex() {
        ReadQuery<Item> one = items().where(Item.CODE.eq("a")).orderBy(Item.TIME.asc());
        if (has(Capability.UNIQUE_INDEXES)) {
            assertMissing(one);
        } else {
            assertMissing(one, ".index(CODE, TIME)");
        }
    }

    /** With what was told, nothing is missing any more: the same query, and the words name the new index. */
    @Proves(Clause.O11)
    void whatIsDeclaredIsNotMissing() {
        Schema<Item> first = Schema.of("items", Item.class).field(Item.TEXT).field(Item.REAL);
        ReadQuery<Item> without =
                store.collection(first).where(Item.TEXT.eq("a")).orderBy(Item.REAL.desc());
        assertMissing(without, ".index(TEXT, REAL)");
        Schema<Item> next =
                Schema.of("items", Item.class).index(Item.TEXT, Item.REAL).revision(2);
        ReadQuery<Item> with = store.collection(next).where(Item.TEXT.eq("a")).orderBy(Item.REAL.desc());
        assertMissing(with);
        assertThat(with.explain().toString())
                .as("what is said where no index is missing")
                .doesNotContain("Missing");
    }

    private static void assertMissing(ReadQuery<Item> query, String... lines) {
        Explanation explanation = query.explain();
        assertThat(explanation.missing())
                .as("the missing indexes of: %s", explanation.words())
                .containsExactly(lines);
        for (String line : lines) {
            assertThat(explanation.toString()).as("the whole text").contains(line);
        }
    }

    private static void requireNoValue(Explanation explanation) {
        assertThat(explanation.toString())
                .as("an explanation")
                .doesNotContain(SECRET)
                .doesNotContain(Long.toString(SECRET_NUMBER))
                .doesNotContain("4.815162342");
    }

    private void explain(ReadableCollection<Item> items, List<Filter<Item>> filters) {
        for (Filter<Item> filter : filters) {
            requireWords(items.where(filter));
            requireWords(items.where(filter.not()).orderBy(Item.NUMBER.desc()).limit(3));
        }
    }

    private static void requireWords(ReadQuery<Item> query) {
        Explanation explanation = query.explain();
        assertThat(explanation.words()).as("the words").contains("'items'");
        assertThat(explanation.toString()).as("the whole text").startsWith(explanation.words());
        explanation
                .plan()
                .lines()
                .forEach(line ->
                        assertThat(explanation.toString()).as("the whole text").contains(line));
    }

    private List<Document<Item>> fill() {
        DocumentCollection<Item> items = items();
        IntStream.range(0, DOCUMENTS)
                .forEach(i -> items.put(
                        "n" + i,
                        Item.ofNumber(i % 7)
                                .withText(Samples.TEXTS.get(i % Samples.TEXTS.size()))
                                .tagged("t" + i % 3)));
        return items.query().list();
    }
}
