package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pagurus as a newcomer has it: every option at its default. */
final class PagurusSide implements Side {

    private final Store store;
    private final DocumentCollection<Item> items;

    PagurusSide(Place place, Schema<Item> schema) {
        this.store = Stores.open(place.pagurusUrl());
        this.items = store.collection(schema);
    }

    @Override
    public long put(Item item) {
        return items.put(item.key(), item).version();
    }

    @Override
    public Document<Item> get(String id) {
        return items.get(id).orElseThrow();
    }

    @Override
    public long replace(long version, Item item) {
        return items.replace(item.key(), version, item).version();
    }

    @Override
    public List<Document<Item>> page(Item.Status status, Instant from) {
        return items.where(Item.STATUS.eq(status).and(Item.DUE.gte(from)))
                .orderBy(Item.DUE.asc())
                .limit(PAGE)
                .page()
                .items();
    }

    /** Returns the cursor of a page's predecessor, the first page being number 1. */
    @Nullable
    String cursorBefore(int page) {
        String cursor = null;
        for (int left = (page - 1) * PAGE; left > 0; left -= 500) {
            cursor = open().limit(Math.min(left, 500)).startAfter(cursor).page().nextCursor();
        }
        return cursor;
    }

    Page<Item> pageAfter(@Nullable String cursor) {
        return open().limit(PAGE).startAfter(cursor).page();
    }

    private Query<Item> open() {
        return items.where(Item.STATUS.eq(Item.Status.OPEN)).orderBy(Item.DUE.asc());
    }

    @Override
    public void insertAll(Stream<Item> all) {
        if (items.insertAll(all, Item::key, OnConflict.FAIL).failed() > 0) {
            throw new IllegalStateException("Not all documents were new.");
        }
    }

    @Override
    public long updateAll(UnaryOperator<Item> change) {
        return store.transaction(tx -> tx.collection(Item.SCHEMA).query().updateAll(change));
    }

    @Override
    public void close() {
        store.close();
    }
}
