package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.tck.serial.Interleaving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Write skews by every kind of read: each of two transactions reads something of a document, and then changes the document
 * that the other one has read of. Whichever comes first, the other one must have seen what it did.
 */
public final class Skews {

    private static final String ONE = "m";
    private static final String OTHER = "n";
    private static final List<String> STANDING = List.of("a", "mm", "z");
    private static final List<String> IDS = List.of("a", "m", "mm", "n", "z", "other m", "other n");

    /** So often must the second transaction have waited for the whole of the first, until that is no longer waited for. */
    private static final int ONE_AT_A_TIME = 3;

    private static final Duration SHORT = Duration.ofMillis(6);

    private final Store first;
    private final Store second;
    private final Schema<Mark> schema;
    private final boolean unique;
    private int waited;

    /** How a document is changed, so that a read can see it. */
    public enum Change {
        APPEARS,
        APPEARS_AMONG_OTHERS,
        GOES,
        BECOMES_ANOTHER
    }

    /** Plays them on two handles, which may be the same. */
    public Skews(Store first, Store second) {
        this.first = first;
        this.second = second;
        this.unique = first.capabilities().contains(Capability.UNIQUE_INDEXES);
        this.schema = Mark.schema(first.capabilities());
        first.collection(schema);
        second.collection(schema);
    }

    /**
     * Plays every kind of read with itself, and every kind of write that is refused or finds nothing, which is a read too;
     * fails with what no serial order explains.
     */
    public void playAll(Change change) {
        for (ReadAct act : ReadAct.values()) {
            play(act, act, change);
        }
        for (WriteAct act : WriteAct.values()) {
            // One that changes something would only wait for the other transaction.
            if (act.isIdle(isThere(change))) {
                play(act, act, change);
            }
        }
    }

    /** Plays every kind of read with the next one, so that they meet those that an engine treats in another way. */
    public void playMixed(Change change) {
        ReadAct[] acts = ReadAct.values();
        for (int i = 0; i < acts.length; i++) {
            play(acts[i], acts[(i + 1) % acts.length], change);
        }
    }

    private void play(Act one, Act other, Change change) {
        History history = new History();
        DocumentCollection<Mark> marks = first.collection(schema);
        prepare(history, marks, one, other, change);
        Party red = new Party(history, 1, first, one, OTHER, changes(ONE, other, change));
        Party blue = new Party(history, 2, second, other, ONE, changes(OTHER, one, change));
        Interleaving interleaving =
                new Interleaving(waited < ONE_AT_A_TIME ? Interleaving.PATIENCE : SHORT, 1, 2, 1, 2, 1, 2);
        interleaving.run(List.of(() -> red.play(interleaving), () -> blue.play(interleaving)));
        waited = blue.began > red.ended ? waited + 1 : 0;
        try {
            red.requireNoFailure();
            blue.requireNoFailure();
            history.look(marks, IDS);
            history.requireSerializable();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "Two transactions read by " + one.name() + " and " + other.name() + ", where a document "
                            + change.name() + ". " + e.getMessage(),
                    e);
        }
    }

    private void prepare(History history, DocumentCollection<Mark> marks, Act one, Act other, Change change) {
        marks.query().deleteAll();
        List<Mark> there = new ArrayList<>();
        if (change != Change.APPEARS) {
            // They come after it in the order, so that the first ones tell of it.
            STANDING.forEach(id ->
                    there.add(seen(history, id).withText("abd").withCode(null)));
        }
        if (isThere(change)) {
            there.add(one.seenAs(seen(history, OTHER)));
            there.add(other.seenAs(seen(history, ONE)));
        }
        for (Mark mark : there) {
            Deed deed = history.begin(History.NO_PARTY, "put", System.nanoTime());
            deed.wrote("put", marks.put(mark.key(), mark));
        }
    }

    /** Returns the change of a document that is read by an act: in the end it is like this, or deleted. */
    private Changing changes(String id, Act readBy, Change change) {
        return new Changing(
                change == Change.GOES ? WriteAct.DELETE : WriteAct.PUT,
                history -> change == Change.BECOMES_ANOTHER ? another(history, id) : readBy.seenAs(seen(history, id)));
    }

    private record Changing(WriteAct by, Function<History, Mark> into) {}

    /** Whether the documents are there before they are changed. */
    private static boolean isThere(Change change) {
        return change == Change.GOES || change == Change.BECOMES_ANOTHER;
    }

    /** Returns a document that reads look for. */
    private Mark seen(History history, String id) {
        return new Mark(id, history.stamp(), 7L, "abc", Set.of("x", "y"), unique ? "code of " + id : null);
    }

    /** Returns one that none but the widest reads see. */
    private static Mark another(History history, String id) {
        return new Mark(id, history.stamp(), 0L, "zzz", Set.of("z"), null);
    }

    /** One of the two. */
    private final class Party {

        private final History history;
        private final int number;
        private final Store handle;
        private final Act act;
        private final String asked;
        private final Changing changing;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private volatile long began;
        private volatile long ended;

        Party(History history, int number, Store handle, Act act, String asked, Changing changing) {
            this.history = history;
            this.number = number;
            this.handle = handle;
            this.act = act;
            this.asked = asked;
            this.changing = changing;
        }

        void play(Interleaving interleaving) {
            interleaving.await(number);
            Attempts attempts = new Attempts(history, number, "transaction");
            try {
                handle.runTransaction(tx -> {
                    boolean inOrder = attempts.isFirst();
                    if (inOrder) {
                        began = System.nanoTime();
                    } else {
                        interleaving.release(number);
                    }
                    run(tx.collection(schema), attempts.next(), inOrder ? () -> interleaving.await(number) : () -> {});
                    attempts.done();
                });
                attempts.commit();
            } catch (TransactionConflictException e) {
                attempts.abort();
            } catch (Throwable e) {
                attempts.abort();
                failure.set(e);
            }
            ended = System.nanoTime();
        }

        private void run(DocumentCollection<Mark> marks, Deed deed, Runnable turn) {
            Notes notes = Notes.in(history, deed);
            Mark about = act.seenAs(seen(history, asked));
            Mark other = another(history, "other " + asked);
            act.run(new Act.Call(marks, about, other, IDS, notes));
            turn.run();
            changing.by().run(new Act.Call(marks, changing.into().apply(history), other, IDS, notes));
            turn.run();
        }

        void requireNoFailure() {
            Throwable thrown = failure.get();
            if (thrown instanceof AssertionError told) {
                throw told;
            }
            if (thrown != null) {
                throw new AssertionError("transaction of thread " + number + " failed: " + thrown, thrown);
            }
        }
    }
}
