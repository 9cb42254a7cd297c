package dev.pagurus.store.postgres;

import dev.pagurus.store.Change;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writes, or follows what is written, until it is killed. */
final class FeedStormProgram {

    /** What is written. */
    record Item(String text, long number) {}

    /** How many changes a follower has taken in. */
    record Count(long changes) {}

    static final Schema<Item> ITEMS = Schema.of("items", Item.class).changes(Duration.ofDays(1));
    static final Schema<Item> MIRROR = Schema.of("mirror", Item.class);
    static final Schema<Count> COUNTS = Schema.of("counts", Count.class);

    private static final int WRITERS = 8;
    private static final int IDS = 200;
    private static final int LONGEST = 20;

    private FeedStormProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the URL, and {@code write} or the names of followers
     */
    public static void main(String[] arguments) throws Exception {
        Store store = open(arguments[0]);
        boolean file = arguments[0].startsWith("sqlite:");
        if (arguments[1].equals("write")) {
            for (int i = 0; i < WRITERS; i++) {
                new Thread(() -> write(store, file)).start();
            }
            return;
        }
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i];
            new Thread(() -> follow(store, name)).start();
        }
    }

    /** The server may be down just now. */
    private static Store open(String url) throws InterruptedException {
        while (true) {
            try {
                Store store = Stores.open(url);
                store.collection(ITEMS);
                store.collection(MIRROR);
                store.collection(COUNTS);
                return store;
            } catch (StoreException e) {
                Thread.sleep(100);
            }
        }
    }

    private static void write(Store store, boolean file) {
        Random random = new Random();
        DocumentCollection<Item> items = store.collection(ITEMS);
        while (true) {
            try {
                if (random.nextInt(3) > 0) {
                    change(items, random);
                } else {
                    store.runTransaction(tx -> several(tx, random, file));
                }
            } catch (StoreException | Undone e) {
                // The server was killed, or this one was undone as it was meant to be.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private static void several(Transaction tx, Random random, boolean file) {
        DocumentCollection<Item> items = tx.collection(ITEMS);
        for (int left = 1 + random.nextInt(LONGEST); left > 0; left--) {
            change(items, random);
        }
        if (random.nextInt(20) == 0) {
            // Who holds a transaction of a file keeps all others from writing.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(file ? 50 : 2_000));
        }
        if (random.nextInt(5) == 0) {
            throw new Undone();
        }
    }

    private static void change(DocumentCollection<Item> items, Random random) {
        String id = "i" + random.nextInt(IDS);
        Item item = new Item("item of " + ProcessHandle.current().pid(), random.nextLong());
        switch (random.nextInt(5)) {
            case 0 -> items.delete(id);
            case 1 -> items.update(id, old -> new Item(old.text(), old.number() + 1));
            case 2 -> items.compute(id, old -> old.isPresent() ? Optional.empty() : Optional.of(item));
            default -> items.put(id, item);
        }
    }

    private static void follow(Store store, String name) {
        store.collection(COUNTS).compute(name, old -> old.or(() -> Optional.of(new Count(0))));
        store.follow(name, store.changes(ITEMS).limit(100), (tx, changes) -> {
            DocumentCollection<Item> mirror = tx.collection(MIRROR);
            for (Change change : changes) {
                String id = name + " " + change.id();
                change.document(ITEMS).ifPresentOrElse(item -> mirror.put(id, item.value()), () -> mirror.delete(id));
            }
            tx.collection(COUNTS).update(name, count -> new Count(count.changes() + changes.size()));
        });
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
