package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Alone;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleOrders;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Group Q, pages. */
public abstract class PagingClauses extends ClauseGroup {

    protected PagingClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q21)
    void pagesOfAnySizeMakeTheWholeList() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(21, 90));
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            Query<Item> query = SampleOrders.ordered(items.query(), orders);
            for (int size : List.of(1, 2, 3, 7, 1000)) {
                assertThat(ids(walk(query.limit(size))))
                        .as("pages of %d by %s", size, orders)
                        .isEqualTo(ids(query.list()));
            }
        }
    }

    @Proves(Clause.Q21)
    void pagesOfAFilterMakeItsWholeList() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(22, 90));
        Filter<Item> filter =
                Item.NUMBER.isNull().or(Item.TAGS.contains("home")).or(Item.COLOR.ne(Item.Color.RED));
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            Query<Item> query = SampleOrders.ordered(items.where(filter), orders);
            assertThat(ids(walk(query.limit(4)))).as("by %s", orders).isEqualTo(ids(query.list()));
        }
    }

    @Proves(Clause.Q21)
    void aPageHoldsItsDocumentsHoweverLargeTheyAre() {
        DocumentCollection<Item> items = items();
        String megabyte = "x".repeat(1 << 20);
        for (int i = 10; i < 31; i++) {
            items.put("" + i, Item.ofNumber(i % 3).withPayload(megabyte));
        }
        Query<Item> query = items.query().orderBy(Item.NUMBER.desc());
        Page<Item> page = query.limit(20).page();
        assertThat(page.items()).hasSize(20);
        assertThat(query.limit(20).startAfter(page.nextCursor()).page().items()).hasSize(1);
    }

    @Proves(Clause.Q21)
    void aPageMixesSmallAndLargeDocuments() {
        DocumentCollection<Item> items = items();
        for (int i = 10; i < 30; i++) {
            items.put("" + i, Item.ofNumber(i % 3).withPayload("x".repeat(i % 5 == 0 ? 300_000 : i)));
        }
        for (Order<Item> order : List.of(Item.NUMBER.asc(), Item.NUMBER.desc())) {
            Query<Item> query = items.where(Item.NUMBER.gte(1)).orderBy(order);
            assertThat(walk(query.limit(4))).as("by %s", order).isEqualTo(query.list());
        }
    }

    @Proves(Clause.Q21)
    void aPageHasAHundredDocumentsIfNothingIsSaid() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(23, 250));
        assertThat(items.query().page().items()).hasSize(100);
        assertThat(ids(walk(items.query()))).isEqualTo(ids(items.query().list()));
    }

    @Proves(Clause.Q21)
    void aPageMayBeLargerThanAChunk() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(24, 1300));
        Query<Item> query = items.query().orderBy(Item.FLAG.desc()).limit(1200);
        Page<Item> page = query.page();
        assertThat(page.items()).hasSize(1200);
        assertThat(query.startAfter(page.nextCursor()).page().items()).hasSize(100);
    }

    @Proves(Clause.Q22)
    void othersWritesDoNotDisturbTheDocumentsThatStay() {
        for (int seed = 0; seed < SampleOrders.ALL.size(); seed++) {
            List<Order<Item>> orders = SampleOrders.ALL.get(seed);
            DocumentCollection<Item> items = store.collection(itemSchema("seed_" + seed));
            Samples.store(items, Samples.items(seed, 40));
            List<String> staying =
                    ids(SampleOrders.ordered(items.query(), orders).list());
            Random random = new Random(seed);
            List<String> seen = new ArrayList<>();
            Query<Item> query = SampleOrders.ordered(items.query(), orders).limit(3);
            Page<Item> page = query.page();
            while (true) {
                page.items().forEach(document -> seen.add(document.id()));
                if (!page.hasNext()) {
                    break;
                }
                disturb(items, random);
                page = query.startAfter(page.nextCursor()).page();
            }
            seen.retainAll(staying);
            assertThat(seen).as("documents that stayed, by %s", orders).isEqualTo(staying);
        }
    }

    @Proves(Clause.Q22)
    void thePageGoesOnWhereItsLastDocumentWas() {
        DocumentCollection<Item> items = items();
        for (int i = 10; i < 30; i++) {
            items.put("" + i, Item.ofNumber(i));
        }
        Query<Item> query = items.query().orderBy(Item.NUMBER.asc()).limit(5);
        Page<Item> page = query.page();
        items.delete("14");
        items.put("13", Item.ofNumber(100));
        assertThat(ids(query.startAfter(page.nextCursor()).page().items()))
                .containsExactly("15", "16", "17", "18", "19");
    }

    @Proves(Clause.Q25)
    void theLastPageHasNoCursor() {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 6; i++) {
            items.put("" + i, Item.ofNumber(i));
        }
        Page<Item> first = items.query().limit(3).page();
        assertThat(first.nextCursor()).as("first.nextCursor()").isNotNull();
        Page<Item> last = items.query().limit(3).startAfter(first.nextCursor()).page();
        assertThat(last.items()).hasSize(3);
        assertThat(last.nextCursor()).as("last.nextCursor()").isNull();
        assertThat(items.query().limit(6).page().nextCursor())
                .as("items.query().limit(6).page().nextCursor()")
                .isNull();
        assertThat(items.query().limit(7).page().nextCursor())
                .as("items.query().limit(7).page().nextCursor()")
                .isNull();
        assertThat(items.where(Item.NUMBER.lt(3)).limit(3).page().nextCursor())
                .as("items.where(Item.NUMBER.lt(3)).limit(3).page().nextCursor()")
                .isNull();
    }

    @Proves(Clause.Q25)
    void theLastPageHasNoCursorWhereAChunkEndsToo() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(25, 500));
        assertThat(items.query().limit(500).page().nextCursor())
                .as("items.query().limit(500).page().nextCursor()")
                .isNull();
        assertThat(items.query().limit(1000).page().nextCursor())
                .as("items.query().limit(1000).page().nextCursor()")
                .isNull();
        assertThat(items.query().list()).hasSize(500);
        assertThat(items.query().stream()).hasSize(500);
    }

    @Proves(Clause.Q35)
    @Alone
    void aLatePageCostsWhatTheFirstOneDoes() {
        DocumentCollection<Item> items = items();
        items.insertAll(
                IntStream.range(0, 20_000).mapToObj(Item::ofNumber), item -> "" + item.number(), OnConflict.FAIL);
        Query<Item> query = items.query()
                .orderBy(Item.NUMBER.desc())
                .thenBy(Item.TEXT.asc())
                .limit(10);
        String beginning = query.page().nextCursor();
        // Ten documents before the end, reached by the cursor of a query that looks at the end only.
        String end = query.where(Item.NUMBER.lt(20)).page().nextCursor();
        long early = quickestNanos(query, beginning);
        long late = quickestNanos(query, end);
        assertThat(late)
                .as("nanoseconds for a late page; an early one took %d", early)
                .isLessThan(5 * early + 1_000_000);
    }

    /** The quickest of some, which a busy machine makes longer only if it is busy all the time. */
    private static long quickestNanos(Query<Item> query, @Nullable String cursor) {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < 21; i++) {
            long start = System.nanoTime();
            query.startAfter(cursor).page();
            quickest = Math.min(quickest, System.nanoTime() - start);
        }
        return quickest;
    }

    /** Inserts, changes and deletes documents all over the order, none of those that stay. */
    private static void disturb(DocumentCollection<Item> items, Random random) {
        for (int i = 0; i < 4; i++) {
            String id = List.of("", "b", Samples.U10000).get(random.nextInt(3)) + "other" + random.nextInt(12);
            if (random.nextInt(3) == 0) {
                items.delete(id);
            } else {
                items.put(id, Samples.item(random));
            }
        }
    }

    private static List<Document<Item>> walk(ReadQuery<Item> query) {
        List<Document<Item>> all = new ArrayList<>();
        Page<Item> page = query.page();
        all.addAll(page.items());
        while (page.hasNext()) {
            assertThat(page.items()).as("a page that is not the last").isNotEmpty();
            assertThat(all).as("documents of all pages so far").hasSizeLessThan(10_000);
            page = query.startAfter(page.nextCursor()).page();
            all.addAll(page.items());
        }
        return all;
    }

    private static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
