package dev.pagurus.store.tck.reference;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A database: its newest committed state. Safe for use by many threads and handles. */
public class ReferenceDatabase {

    private final ReentrantLock lock = new ReentrantLock();
    private volatile State newest = new State();

    /** Returns the newest committed state. */
    public State newest() {
        return newest;
    }

    /**
     * Makes a change in a draft of the newest state and commits it, one change after the other; an exception leaves
     * everything as it was.
     */
    public <R> R change(Function<State, R> change) {
        lock.lock();
        try {
            State draft = newest.draft();
            R result = change.apply(draft);
            commit(draft);
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Has a state be the newest. */
    public void commit(State state) {
        newest = state;
    }
}
