package dev.pagurus.store.tck.steps;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A collection of three batches. */
abstract class BatchGroup extends ClauseGroup {

    static final int BATCH = 500;

    /** Three batches, of which the last is not full. */
    static final int DOCUMENTS = 2 * BATCH + 3;

    BatchGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    static String id(int number) {
        return String.format(Locale.ROOT, "i%04d", number);
    }

    static long number(Item item) {
        return Objects.requireNonNull(item.number());
    }

    static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(BatchGroup::id).toList();
    }

    static List<String> ids(List<Document<Item>> batch) {
        return batch.stream().map(Document::id).toList();
    }

    DocumentCollection<Item> filled() {
        DocumentCollection<Item> items = items();
        items.insertAll(
                IntStream.range(0, DOCUMENTS)
                        .mapToObj(number -> Item.ofNumber(number).withText("n" + number)),
                item -> id((int) number(item)),
                OnConflict.FAIL);
        return items;
    }
}
