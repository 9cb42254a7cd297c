package dev.pagurus.store.tck.claims;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work to be done, and who has taken it: red is free and green is taken, by whom the text says; the time is its order. */
abstract class ClaimGroup extends ClauseGroup {

    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    ClaimGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    final DocumentCollection<Item> work(Store by) {
        return by.collection(itemSchema());
    }

    final Query<Item> free(Store by) {
        return work(by).where(Item.COLOR.eq(Item.Color.RED)).orderBy(Item.TIME.asc());
    }

    /** Work whose place in the order is its number. */
    static Item piece(int number) {
        return Item.ofNumber(number).withColor(Item.Color.RED).withTime(BEGIN.plusSeconds(number));
    }

    static Item taken(Item free, String by) {
        return free.withColor(Item.Color.GREEN).withText(by);
    }

    final void fill(int from, int to) {
        work(store).insertAll(IntStream.range(from, to).mapToObj(ClaimGroup::piece), ClaimGroup::id, OnConflict.FAIL);
    }

    /** Ids are in another order than the work. */
    static String id(Item piece) {
        return id(number(piece));
    }

    static int number(Item piece) {
        return Math.toIntExact(Objects.requireNonNull(piece.number()));
    }

    static String id(int number) {
        return "w" + (number * 7919 % 10_007);
    }

    static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(ClaimGroup::id).toList();
    }

    static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
