package dev.pagurus.store.tck.reference;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A database: its newest committed state. Safe for use by many threads and handles. */
public class ReferenceDatabase {

    /** What was saved, by path. */
    private static final Map<String, State> BACKUPS = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private volatile State newest;

    /**
     * Makes a database.
     *
     * @param name empty at first, unless it is the path of a backup
     */
    public ReferenceDatabase(String name) {
        this.newest = BACKUPS.getOrDefault(name, new State());
    }

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

    /** Saves the newest state under the name of a file. */
    public void backup(Path file) {
        backup(file, newest);
    }

    /** Saves a state under the name of a file. */
    public void backup(Path file, State state) {
        BACKUPS.put(file.toString(), state);
    }

    /** Has a state be the newest. */
    public void commit(State state) {
        newest = state;
    }
}
