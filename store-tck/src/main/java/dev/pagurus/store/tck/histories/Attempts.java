package dev.pagurus.store.tck.histories;

import org.jspecify.annotations.Nullable;

/** The attempts of one transaction or snapshot: the last one is what happened, if any. Used by one thread. */
final class Attempts {

    private final History history;
    private final int party;
    private final String kind;
    private long began = System.nanoTime();
    private @Nullable Deed last;
    private boolean done;

    Attempts(History history, int party, String kind) {
        this.history = history;
        this.party = party;
        this.kind = kind;
    }

    /** An attempt begins, after all that was before it. */
    Deed next() {
        abort();
        Deed deed = history.begin(party, kind, began);
        last = deed;
        done = false;
        return deed;
    }

    /** An attempt has come to its commit; if there is a next one, it begins after this. */
    void done() {
        began = System.nanoTime();
        done = true;
    }

    void commit() {
        if (last != null) {
            last.is(Deed.Fate.COMMITTED);
        }
    }

    void abort() {
        if (last != null) {
            last.is(Deed.Fate.ABORTED);
        }
    }

    /** It was not answered as it should be; one that did not come to its commit has not happened. */
    void failed(Deed.Fate fate) {
        if (last != null) {
            last.is(done ? fate : Deed.Fate.ABORTED);
        }
    }

    boolean isFirst() {
        return last == null;
    }
}
