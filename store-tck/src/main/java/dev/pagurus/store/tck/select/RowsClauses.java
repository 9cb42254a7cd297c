package dev.pagurus.store.tck.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.Selection;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.SampleOrders;
import dev.pagurus.store.tck.samples.Samples;
import java.util.List;
import java.util.function.Supplier;

/** Group Q: which rows come. */
public abstract class RowsClauses extends SelectGroup {

    private static final Filter<Item> EVERYTHING = Filter.allOf(List.of());

    /** By an index that has all of it, by one that has a part, by a many-field's, by none. */
    private static final List<Filter<Item>> FILTERS = List.of(
            EVERYTHING,
            Item.NUMBER.lte(1L),
            Item.COLOR.eq(Item.Color.RED).and(Item.FLAG.isNotNull()),
            Item.TAGS.containsAny("home", "work").or(Item.TEXT.isNull()),
            Item.REAL.gt(0.0).and(Item.TAGS.isEmpty().not()),
            Item.TAGS.contains("home"));

    /** What indexes have, what the table has, and what lies beside it. */
    private static final List<List<Field<Item, ?>>> SELECTIONS = List.of(
            List.of(Item.TEXT, Item.NUMBER),
            List.of(Item.SCHEMA.id()),
            List.of(Item.TAGS, Item.COLOR, Item.TIME, Item.SCHEMA.id()),
            FIELDS,
            List.of(Item.NUMBER, Item.TAGS));

    protected RowsClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q43)
    void rowsAreThoseOfTheQuerysDocumentsInItsOrder() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(43, 90));
        int turn = 0;
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            for (int i = 0; i < 3; i++) {
                Filter<Item> filter = FILTERS.get(turn % FILTERS.size());
                List<Field<Item, ?>> fields = SELECTIONS.get(turn % SELECTIONS.size());
                turn++;
                requireRows(
                        "where " + filter + " by " + orders,
                        SampleOrders.ordered(items.where(filter), orders)
                                .select(array(fields))
                                .list(),
                        Model.list(stored, filter, orders),
                        fields);
            }
        }
    }

    @Proves(Clause.Q43)
    void limitFirstStreamAndPagesAreOfTheSameRows() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(44, 60));
        int turn = 0;
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            Filter<Item> filter = FILTERS.get(turn % 2 == 0 ? 0 : turn % FILTERS.size());
            List<Field<Item, ?>> fields = SELECTIONS.get(turn % SELECTIONS.size());
            turn++;
            String of = "where " + filter + " by " + orders;
            Query<Item> query = SampleOrders.ordered(items.where(filter), orders);
            List<Document<Item>> documents = Model.list(stored, filter, orders);
            Selection selection = query.select(array(fields));
            requireRows(
                    "first " + of,
                    selection.first().stream().toList(),
                    documents.subList(0, Math.min(1, documents.size())),
                    fields);
            requireRows("stream " + of, selection.stream().toList(), documents, fields);
            requireRows(
                    "limit " + of,
                    query.limit(7).select(array(fields)).list(),
                    documents.subList(0, Math.min(7, documents.size())),
                    fields);
            requireRows("pages " + of, walk(query.limit(9), fields), documents, fields);
        }
    }

    @Proves(Clause.Q43)
    void aCursorGoesOnFromRowsToDocumentsAndBack() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(45, 30));
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            Query<Item> query = SampleOrders.ordered(items.query(), orders).limit(8);
            List<Document<Item>> documents = Model.list(stored, EVERYTHING, orders);
            RowPage rows = query.select(Item.TAGS, Item.REAL).page();
            Page<Item> page = query.startAfter(rows.nextCursor()).page();
            RowPage more = query.startAfter(page.nextCursor())
                    .select(Item.TAGS, Item.REAL)
                    .page();
            List<Field<Item, ?>> fields = List.of(Item.TAGS, Item.REAL);
            requireRows("by " + orders, rows.rows(), documents.subList(0, 8), fields);
            assertThat(page.items()).as("the page behind rows, by %s", orders).isEqualTo(documents.subList(8, 16));
            requireRows("behind a page by " + orders, more.rows(), documents.subList(16, 24), fields);
            requireRows(
                    "the first behind a page by " + orders,
                    query.startAfter(page.nextCursor()).select(Item.TAGS, Item.REAL).first().stream()
                            .toList(),
                    documents.subList(16, 17),
                    fields);
            assertThat(rows.nextCursor())
                    .as("the cursor of rows, by %s", orders)
                    .isEqualTo(query.page().nextCursor());
        }
    }

    @Proves(Clause.Q43)
    void thereMayBeMoreRowsThanAChunkHas() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> documents =
                Model.list(Samples.store(items, Samples.items(46, 1000)), EVERYTHING, List.of(Item.NUMBER.desc()));
        List<Field<Item, ?>> fields = List.of(Item.NUMBER, Item.TAGS);
        Query<Item> query = items.query().orderBy(Item.NUMBER.desc());
        requireRows("stream", query.select(array(fields)).stream().toList(), documents, fields);
        if (has(Capability.SNAPSHOTS)) {
            requireRows("list", query.select(array(fields)).list(), documents, fields);
            requireRows(
                    "list up to a limit",
                    query.limit(700).select(array(fields)).list(),
                    documents.subList(0, 700),
                    fields);
        }
        RowPage page = query.limit(1000).select(array(fields)).page();
        requireRows("page", page.rows(), documents, fields);
        assertThat(page.nextCursor()).as("the cursor of the last page").isNull();
        RowPage chunk = query.limit(500).select(array(fields)).page();
        RowPage last = query.limit(500)
                .startAfter(chunk.nextCursor())
                .select(array(fields))
                .page();
        requireRows("the second half", last.rows(), documents.subList(500, 1000), fields);
        assertThat(last.hasNext()).as("whether a page follows the last one").isFalse();
        assertThat(query.select(Item.TEXT).page().rows())
                .as("a page if nothing is said")
                .hasSize(100);
    }
}
