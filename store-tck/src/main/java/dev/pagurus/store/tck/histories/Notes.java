package dev.pagurus.store.tck.histories;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where a party notes what it does: in one deed for a whole transaction or snapshot, or in one for each call on the store. */
final class Notes {

    private final History history;
    private final int party;
    private final @Nullable Deed whole;
    private Predicate<String> shelf = id -> true;
    private @Nullable Deed last;
    private Consumer<Deed.Fate> possible = fate -> {};

    private Notes(History history, int party, @Nullable Deed whole) {
        this.history = history;
        this.party = party;
        this.whole = whole;
    }

    /** Notes all in one deed. */
    static Notes in(History history, Deed whole) {
        return new Notes(history, whole.party(), whole);
    }

    /** Notes calls on the store itself. */
    static Notes ofCalls(History history, int party) {
        return new Notes(history, party, null);
    }

    /** The next call is to the collection that has these ids: it tells nothing of others. */
    Notes on(Predicate<String> ids) {
        shelf = ids;
        return this;
    }

    /** Returns where to note the call that begins now. */
    Deed call() {
        possible = fate -> {};
        return note(System.nanoTime());
    }

    /** Returns where to note what the same call did as well, if it is not one with what was noted of it before. */
    Deed also() {
        return note(last == null ? System.nanoTime() : last.began());
    }

    /**
     * Says what the call will have done if it does what it is asked for and never answers; where all is one, the whole has
     * no answer then.
     */
    void mayHave(Deed deed, Runnable done) {
        mayHave(fate -> {
            done.run();
            deed.is(fate);
        });
    }

    /** The same of a call that does several things, of which some may happen. */
    void mayHave(Consumer<Deed.Fate> done) {
        if (whole == null) {
            possible = done;
        }
    }

    /** The call that was begun last did not answer. */
    void failed(Deed.Fate fate) {
        possible.accept(fate);
        possible = ended -> {};
    }

    /** Whether all is one. */
    boolean isWhole() {
        return whole != null;
    }

    /** Returns a number that nobody has written. */
    long stamp() {
        return history.stamp();
    }

    private Deed note(long began) {
        if (whole != null) {
            whole.isOn(shelf);
            return whole;
        }
        last = history.begin(party, "call", began);
        last.isOn(shelf);
        return last;
    }
}
