package dev.pagurus.store.tck.watch;

import dev.pagurus.store.tck.Clause;

/** A test that passed left something behind that breaks another clause than its own. */
final class LeftBehind extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Clause clause;

    LeftBehind(Clause clause, String what) {
        super(what);
        this.clause = clause;
    }

    Clause clause() {
        return clause;
    }
}
