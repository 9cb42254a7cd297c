package dev.pagurus.store.sqlite;

import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Snapshots or transactions that other threads hold open until they are released. */
final class Held implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch begun;
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<CompletableFuture<Long>> counts = new ArrayList<>();

    private Held(int number) {
        this.begun = new CountDownLatch(number);
    }

    /** Returns when all of the snapshots are open. */
    static Held snapshots(Store store, int number) throws InterruptedException {
        Held held = new Held(number);
        for (int i = 0; i < number; i++) {
            held.start(() -> store.snapshot(view -> held.hold(view.collection(Note.SCHEMA))));
        }
        awaitOrFail(held.begun);
        return held;
    }

    /** Returns when the transaction is open. */
    static Held transaction(Store store) throws InterruptedException {
        Held held = new Held(1);
        held.start(() -> store.transaction(tx -> held.hold(tx.collection(Note.SCHEMA))));
        awaitOrFail(held.begun);
        return held;
    }

    /** Lets them end, and returns how many notes each of them saw at its end. */
    List<Long> release() throws InterruptedException, ExecutionException, TimeoutException {
        released.countDown();
        List<Long> seen = new ArrayList<>();
        for (CompletableFuture<Long> count : counts) {
            seen.add(count.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return seen;
    }

    @Override
    public void close() {
        released.countDown();
    }

    private void start(Supplier<Long> body) {
        counts.add(CompletableFuture.supplyAsync(body, task -> new Thread(task).start()));
    }

    private long hold(ReadableCollection<Note> notes) {
        begun.countDown();
        try {
            awaitOrFail(released);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return notes.query().count();
    }

    private static void awaitOrFail(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing within " + PATIENCE_SECONDS + " s");
        }
    }
}
