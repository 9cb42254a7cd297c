package dev.pagurus.store.tck.histories;

import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.tck.serial.Interleaving;
import org.jspecify.annotations.Nullable;

/** One party whose steps are given, and its place among the others; each plays on a thread of its own. */
final class Actor {

    private final History history;
    private final int number;
    private final Store handle;
    private final Place place;
    private final Script script;
    private volatile long began;
    private volatile long ended;
    private volatile @Nullable Throwable failure;

    /** Where it works. */
    enum Place {
        TRANSACTION,
        SNAPSHOT,
        STORE
    }

    /** What it does. */
    @FunctionalInterface
    interface Script {
        /** Runs; between its steps it takes a turn, so that others come in between. */
        void run(From from, Notes notes, Runnable turn);
    }

    /** Where collections come from. */
    @FunctionalInterface
    interface From {
        ReadableCollection<Mark> collection(Schema<Mark> schema);
    }

    /** @param number its number, from 1 */
    Actor(History history, int number, Store handle, Place place, Script script) {
        this.history = history;
        this.number = number;
        this.handle = handle;
        this.place = place;
        this.script = script;
    }

    /** Plays; a transaction's commit is a step of its own, and only the first attempt keeps to the order. */
    void play(Interleaving interleaving) {
        interleaving.await(number);
        try {
            switch (place) {
                case TRANSACTION -> transaction(interleaving);
                case SNAPSHOT -> snapshot(interleaving);
                case STORE -> {
                    began = System.nanoTime();
                    script.run(handle::collection, Notes.ofCalls(history, number), () -> interleaving.await(number));
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
        if (place != Place.TRANSACTION) {
            ended = System.nanoTime();
        }
    }

    private void transaction(Interleaving interleaving) {
        Attempts attempts = new Attempts(history, number, "transaction");
        try {
            handle.runTransaction(tx -> {
                Runnable turn = turn(attempts, interleaving);
                script.run(tx::collection, Notes.in(history, attempts.next()), turn);
                turn.run();
                attempts.done();
                // Before the commit: who waits for it may begin before this thread goes on.
                ended = System.nanoTime();
            });
            attempts.commit();
        } catch (TransactionConflictException e) {
            // It did not happen, and must not have left a trace.
            attempts.abort();
        } catch (Throwable e) {
            attempts.abort();
            throw e;
        }
    }

    private void snapshot(Interleaving interleaving) {
        Attempts attempts = new Attempts(history, number, "snapshot");
        handle.snapshot(view -> {
            Runnable turn = turn(attempts, interleaving);
            Deed deed = attempts.next();
            deed.endsNow();
            script.run(view::collection, Notes.in(history, deed), turn);
            attempts.done();
            return true;
        });
        attempts.commit();
    }

    private Runnable turn(Attempts attempts, Interleaving interleaving) {
        if (attempts.isFirst()) {
            began = System.nanoTime();
            return () -> interleaving.await(number);
        }
        interleaving.release(number);
        return () -> {};
    }

    /** Whether it could not begin before another one was done. */
    boolean waitedFor(Actor other) {
        return began > other.ended;
    }

    /** Whether it was not done before another one was. */
    boolean endedAfter(Actor other) {
        return ended > other.ended;
    }

    /** Fails the test if the party met something that nobody expects. */
    void requireNoFailure() {
        Throwable thrown = failure;
        if (thrown instanceof AssertionError told) {
            throw told;
        }
        if (thrown != null) {
            throw new AssertionError("Thread " + number + " failed: " + thrown, thrown);
        }
    }
}
