package dev.pagurus.store.tck.histories;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where a party notes what it does: in one deed for a whole transaction or snapshot, or in one for each call on the store. */
final class Notes {

    private final History history;
    private final int party;
    private final @Nullable Deed whole;
    private final Predicate<String> shelf;
    private @Nullable Deed last;

    private Notes(History history, int party, @Nullable Deed whole, Predicate<String> shelf) {
        this.history = history;
        this.party = party;
        this.whole = whole;
        this.shelf = shelf;
    }

    /** Notes all in one deed. */
    static Notes in(History history, Deed whole) {
        return new Notes(history, whole.party(), whole, id -> true);
    }

    /** Notes calls on the store itself. */
    static Notes ofCalls(History history, int party) {
        return new Notes(history, party, null, id -> true);
    }

    /** Returns where to note calls to the collection that has these ids: they tell nothing of others. */
    Notes on(Predicate<String> ids) {
        return new Notes(history, party, whole, ids);
    }

    /** Returns where to note the call that begins now. */
    Deed call() {
        return note(System.nanoTime());
    }

    /** Returns where to note what the same call did as well, if it is not one with what was noted of it before. */
    Deed also() {
        return note(last == null ? System.nanoTime() : last.began());
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
