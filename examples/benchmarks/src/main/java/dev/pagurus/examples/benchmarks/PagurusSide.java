package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pagurus as a newcomer has it: every option at its default. */
final class PagurusSide implements Side {

    /** What a follower counts into. */
    private record Count(long changes) {}

    private static final Schema<Count> COUNTS = Schema.of("counts", Count.class);
    private static final int PAGE_TO_READ = 500;
    private static final int PAGE_TO_COUNT = 100;

    private final Store store;
    private final Schema<Item> schema;
    private final DocumentCollection<Item> items;
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable String place;

    PagurusSide(Place place, Schema<Item> schema) {
        this.store = Stores.open(place.pagurusUrl());
        this.schema = schema;
        this.items = store.collection(schema);
    }

    /** The same while one of its snapshots is open, until it is closed. */
    static PagurusSide withSnapshot(Place place) {
        PagurusSide side = new PagurusSide(place, Item.SCHEMA);
        CountDownLatch open = new CountDownLatch(1);
        new Thread(() -> side.hold(open)).start();
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return side;
    }

    private void hold(CountDownLatch open) {
        try {
            store.snapshot(view -> {
                view.collection(Item.SCHEMA).query().first();
                open.countDown();
                released.await();
                return true;
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hasFeed() {
        return schema.changes().isPresent();
    }

    /** Reads the next page, of changes where they are kept, otherwise of documents; behind the last comes the first. */
    Object readOn() {
        if (hasFeed()) {
            ChangePage page =
                    store.changes(schema).limit(PAGE_TO_READ).startAfter(place).page();
            place = page.complete() ? null : page.position();
            return page.changes().stream()
                    .map(change -> change.document(schema).orElseThrow())
                    .toList();
        }
        Page<Item> page = byId(PAGE_TO_READ, place);
        place = page.nextCursor();
        return page;
    }

    private Page<Item> byId(int limit, @Nullable String after) {
        return items.query()
                .orderBy(schema.id().asc())
                .limit(limit)
                .startAfter(after)
                .page();
    }

    /** Counts all changes by a follower, where they are kept; otherwise all documents, page by page, in as many transactions. */
    void countAll(int documents) {
        String name = "count " + System.nanoTime();
        store.collection(COUNTS).put(name, new Count(0));
        if (hasFeed()) {
            store.follow(name, store.changes(schema).limit(PAGE_TO_COUNT), (tx, changes) -> {
                Count now = add(tx, name, changes.size());
                if (now.changes() >= documents) {
                    tx.afterCommit(() -> Thread.currentThread().interrupt());
                }
            });
            if (!Thread.interrupted()) {
                throw new IllegalStateException("The follower ended early.");
            }
            return;
        }
        @Nullable String cursor = null;
        do {
            Page<Item> page = byId(PAGE_TO_COUNT, cursor);
            store.runTransaction(tx -> add(tx, name, page.items().size()));
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private static Count add(Transaction tx, String name, int more) {
        return tx.collection(COUNTS)
                .update(name, count -> new Count(count.changes() + more))
                .orElseThrow()
                .value();
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
    public int claim(int most) {
        return open().limit(most).claim(Item::lastOfAll).size();
    }

    @Override
    public void close() {
        released.countDown();
        store.close();
    }
}
