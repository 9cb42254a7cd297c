package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What one thread does in a history, at random. */
public final class Part {

    private static final long PAUSE_NANOS = 30_000;
    private static final int SINGLES = 4;
    private static final int SNAPSHOTS = 2;
    private static final int KINDS = 10;
    private static final int GIVEN_UP = 12;

    private final History history;
    private final int party;
    private final Store handle;
    private final Shelves shelves;
    private final Draws draws;
    private boolean mayFail;

    /**
     * Makes one. The last of the documents is in a collection of its own.
     *
     * @param party its number, from 1
     * @param handle where it works
     * @param ids the documents that all work on
     */
    public Part(History history, int party, Store handle, List<String> ids, Random random) {
        Set<Capability> capabilities = handle.capabilities();
        this.history = history;
        this.party = party;
        this.handle = handle;
        this.shelves = Shelves.of(capabilities, ids.get(ids.size() - 1)::equals);
        shelves.all().forEach(handle::collection);
        this.draws = new Draws(
                random,
                ids,
                capabilities.contains(Capability.UNIQUE_INDEXES),
                capabilities.contains(Capability.TRANSACTIONS));
    }

    /** Has it go on when a call fails that was not done, or whose answer was lost; what that means is noted. */
    public Part mayFail() {
        mayFail = true;
        return this;
    }

    /** Has some of the documents there, and no others, before anybody else begins. */
    public void prepare() {
        for (Schema<Mark> schema : shelves.all()) {
            DocumentCollection<Mark> marks = handle.collection(schema);
            marks.query().list().forEach(marks::delete);
        }
        for (int i = 0; i < draws.ids().size(); i++) {
            run(WriteAct.PUT, handle::collection, Notes.ofCalls(history, party));
        }
    }

    /** Looks at all documents, when everybody is done. */
    public void look() {
        history.look(handle, shelves, draws.ids());
    }

    /** Does so many single operations. */
    public void playSingles(int times) {
        for (int i = 0; i < times; i++) {
            single();
        }
    }

    /** Does so many things: transactions, snapshots and single operations. */
    public void play(int times) {
        for (int i = 0; i < times; i++) {
            int kind = draws.random().nextInt(KINDS);
            if (kind < SINGLES) {
                single();
            } else if (kind < SINGLES + SNAPSHOTS) {
                snapshot();
            } else {
                transaction();
            }
        }
    }

    /** Does as many things as there is time for; who waits for it in vain interrupts it. */
    public void playWhile(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            play(1);
        }
    }

    private void single() {
        Notes notes = Notes.ofCalls(history, party);
        try {
            run(draws.oneIn(2) ? draws.read() : draws.write(), handle::collection, notes);
        } catch (StoreException e) {
            notes.failed(fateAfter(e));
        }
    }

    /** Says what became of what a call was to do, if the call may fail. */
    private Deed.Fate fateAfter(StoreException e) {
        if (mayFail && e instanceof OutcomeUnknownException) {
            return Deed.Fate.UNANSWERED;
        }
        if (mayFail && (e instanceof UnavailableException || e instanceof TransactionConflictException)) {
            return Deed.Fate.ABORTED;
        }
        throw e;
    }

    private void snapshot() {
        Attempts attempts = new Attempts(history, party, "snapshot");
        try {
            handle.snapshot(view -> {
                Deed deed = attempts.next();
                deed.endsNow();
                Notes notes = Notes.in(history, deed);
                run(draws.read(), view::collection, notes);
                run(draws.read(), view::collection, notes);
                attempts.done();
                return true;
            });
            attempts.commit();
        } catch (StoreException e) {
            fateAfter(e);
            attempts.abort();
        }
    }

    private void transaction() {
        List<Act> acts = draws.acts();
        boolean givenUp = draws.oneIn(GIVEN_UP);
        Attempts attempts = new Attempts(history, party, "transaction");
        try {
            handle.runTransaction(tx -> {
                Deed deed = attempts.next();
                acts.forEach(act -> run(act, tx::collection, Notes.in(history, deed)));
                attempts.done();
                if (givenUp) {
                    throw new GivenUp();
                }
            });
            attempts.commit();
        } catch (GivenUp | TransactionConflictException e) {
            attempts.abort();
        } catch (StoreException e) {
            attempts.failed(fateAfter(e));
        }
    }

    private void run(Act act, Actor.From from, Notes notes) {
        Mark about = draws.mark(history);
        String id = about.key();
        List<String> ids = shelves.with(id, draws.ids());
        act.run(new Act.Call(
                from.collection(shelves.of(id)), about, draws.mark(history, ids), ids, notes.on(shelves.with(id))));
        if (notes.isWhole()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Says that a party gave its transaction up. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
