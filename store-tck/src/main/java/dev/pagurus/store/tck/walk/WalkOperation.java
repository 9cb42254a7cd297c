package dev.pagurus.store.tck.walk;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.SampleOrders;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a {@link Walk}: few ids, codes and values, so that the operations meet.
 *
 * @param text what it is, to people
 * @param action what it does; its result is what stores must agree on
 */
record WalkOperation(String text, Function<DocumentCollection<Item>, @Nullable Object> action) {

    private static final int IDS = 12;

    /** Returns the operation of a seed, always the same one. */
    static WalkOperation of(long seed, boolean mayDeleteAll) {
        Random random = new Random(seed);
        String id = id(random);
        Item item = item(random);
        Filter<Item> filter = SampleFilters.random(random, 2);
        return switch (random.nextInt(mayDeleteAll ? 15 : 14)) {
            case 0 -> new WalkOperation("insert(" + id + ", " + item + ")", items -> items.insert(id, item));
            case 1, 2 -> new WalkOperation("put(" + id + ", " + item + ")", items -> items.put(id, item));
            case 3 ->
                new WalkOperation(
                        "replace(" + id + " as read, " + item + ")",
                        items -> items.get(id).map(found -> items.replace(found.withValue(item))));
            case 4 -> new WalkOperation("replace(" + id + ", 1, " + item + ")", items -> items.replace(id, 1, item));
            case 5 ->
                new WalkOperation(
                        "update(" + id + ", to " + item.number() + ")",
                        items -> items.update(id, found -> found.withNumber(item.number())));
            case 6 -> {
                boolean deletes = random.nextBoolean();
                yield new WalkOperation(
                        "compute(" + id + ", " + (deletes ? "empty" : item) + ")",
                        items -> items.compute(id, found -> deletes ? Optional.empty() : Optional.of(item)));
            }
            case 7 -> new WalkOperation("delete(" + id + ")", items -> items.delete(id));
            case 8 ->
                new WalkOperation(
                        "delete(" + id + " as read)",
                        items -> items.get(id).map(items::delete).orElse(false));
            case 9 -> {
                List<String> ids = List.of(id, "q" + id, id(random));
                OnConflict conflict = random.nextBoolean() ? OnConflict.SKIP : OnConflict.FAIL;
                yield new WalkOperation(
                        "insertAll(" + ids + ", " + conflict + ")", items -> bulk(items, ids, item, conflict));
            }
            case 10 ->
                new WalkOperation(
                        "where(" + filter + ").updateAll(to " + item.number() + ")",
                        items -> items.where(filter).updateAll(found -> found.withNumber(item.number())));
            case 11 ->
                new WalkOperation(
                        "where(" + filter + ").count()",
                        items -> items.where(filter).count());
            case 12 ->
                new WalkOperation(
                        "countBy(tags, color) of " + filter,
                        items -> items.where(filter).countBy(Item.TAGS) + " "
                                + items.where(filter).countBy(Item.COLOR));
            case 13 -> {
                List<Order<Item>> orders = SampleOrders.ALL.get(random.nextInt(SampleOrders.ALL.size()));
                int limit = 1 + random.nextInt(5);
                yield new WalkOperation(
                        "pages of " + limit + " of " + filter + " by " + orders,
                        items -> pages(SampleOrders.ordered(items.where(filter), orders)
                                .limit(limit)));
            }
            default ->
                new WalkOperation(
                        "where(" + filter + ").deleteAll()",
                        items -> items.where(filter).deleteAll());
        };
    }

    /** Returns what came of it, in words that do not differ where stores may. */
    String answer(DocumentCollection<Item> items) {
        try {
            return String.valueOf(action.apply(items));
        } catch (StoreException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String bulk(DocumentCollection<Item> items, List<String> ids, Item item, OnConflict conflict) {
        BulkResult result = items.insertAll(
                IntStream.range(0, ids.size()).mapToObj(i -> item.withCode(null).withPayload(ids.get(i))),
                value -> String.valueOf(value.payload()),
                conflict);
        return result.written() + " written, " + result.skipped() + " skipped, " + result.failed() + " failed";
    }

    private static String pages(Query<Item> query) {
        List<List<String>> pages = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Item> page = query.startAfter(cursor).page();
            pages.add(page.items().stream().map(Document::id).toList());
            cursor = page.nextCursor();
        } while (cursor != null);
        return pages.toString();
    }

    private static Item item(Random random) {
        Item item = Samples.item(random);
        return random.nextInt(3) == 0 ? item.withCode("code " + random.nextInt(4)) : item;
    }

    private static String id(Random random) {
        return "p" + random.nextInt(IDS);
    }
}
