package dev.pagurus.examples.benchmarks;

import static org.dizitart.no2.filters.FluentFilter.where;

import dev.pagurus.store.Document;
import dev.pagurus.store.spi.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dizitart.no2.Nitrite;
import org.dizitart.no2.collection.FindOptions;
import org.dizitart.no2.collection.NitriteCollection;
import org.dizitart.no2.collection.UpdateOptions;
import org.dizitart.no2.common.SortOrder;
import org.dizitart.no2.index.IndexOptions;
import org.dizitart.no2.index.IndexType;
import org.dizitart.no2.mvstore.MVStoreModule;

/** Nitrite over MVStore: a commit after each write, and the file forced to the disk, which the commit leaves to chance. */
final class NitriteSide implements Side {

    private static final int BATCH = 1000;
    private static final UpdateOptions UPSERT = UpdateOptions.updateOptions(true);

    private final Nitrite nitrite;
    private final NitriteCollection items;
    private final FileChannel disk;

    NitriteSide(Place place) {
        Path file = place.file("mv");
        this.nitrite = Nitrite.builder()
                .loadModule(MVStoreModule.withConfig()
                        .filePath(file.toFile())
                        .autoCommit(false)
                        .build())
                .openOrCreate();
        this.items = nitrite.getCollection("items");
        if (!items.hasIndex("key")) {
            items.createIndex(IndexOptions.indexOptions(IndexType.UNIQUE), "key");
            // Not over status and due: a compound index keeps all documents of a status in one value, which each write
            // would write anew (3 puts a second with 20,000 documents).
            items.createIndex(IndexOptions.indexOptions(IndexType.NON_UNIQUE), "due");
        }
        try {
            this.disk = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long put(Item item) {
        items.update(where("key").eq(item.key()), row(item), UPSERT);
        commit();
        return 0;
    }

    @Override
    public Document<Item> get(String id) {
        return document(items.find(where("key").eq(id)).firstOrNull());
    }

    /** Nitrite has no versions to compare with: this only finds out whether the document is there. */
    @Override
    public long replace(long version, Item item) {
        if (items.update(where("key").eq(item.key()), row(item)).getAffectedCount() == 0) {
            throw new IllegalStateException("The document is gone.");
        }
        commit();
        return 0;
    }

    @Override
    public List<Document<Item>> page(Item.Status status, Instant from) {
        List<Document<Item>> page = new ArrayList<>();
        items.find(
                        where("status").eq(status.name()).and(where("due").gte(Micros.of(from))),
                        FindOptions.orderBy("due", SortOrder.Ascending).limit(PAGE))
                .forEach(row -> page.add(document(row)));
        return page;
    }

    @Override
    public void insertAll(Stream<Item> all) {
        Iterator<Item> left = all.iterator();
        while (left.hasNext()) {
            List<org.dizitart.no2.collection.Document> rows = new ArrayList<>();
            while (left.hasNext() && rows.size() < BATCH) {
                rows.add(row(left.next()));
            }
            items.insert(rows.toArray(org.dizitart.no2.collection.Document[]::new));
            commit();
        }
    }

    private void commit() {
        nitrite.commit();
        try {
            disk.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nitrite.close();
        try {
            disk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.dizitart.no2.collection.Document row(Item item) {
        return org.dizitart.no2.collection.Document.createDocument("key", item.key())
                .put("status", item.status().name())
                .put("due", Micros.of(item.due()))
                .put("body", item.encoded());
    }

    /** The revision counts writes, the time of the last one is all that is known of times. */
    private static Document<Item> document(org.dizitart.no2.collection.Document row) {
        return new Document<>(
                row.get("key", String.class),
                row.getRevision(),
                Instant.ofEpochMilli(row.getLastModifiedSinceEpoch()),
                Item.decoded(row.get("body", String.class)));
    }
}
