package dev.pagurus.store.sqlite.connect;

import org.sqlite.ProgressHandler;

/**
 * How long SQLite may be busy with one statement of a connection. It asks while it works, so nobody else needs to watch it:
 * a statement that takes less than a millisecond does not notice.
 */
final class SqliteLimit extends ProgressHandler {

    /** Of SQLite's machine, between two questions; about a millisecond. */
    static final int INSTRUCTIONS = 10_000;

    private final long nanos;
    private boolean lifted;
    private boolean counting;
    private long began;

    SqliteLimit(long nanos) {
        this.nanos = nanos;
    }

    /** Lets statements take as long as they take, or not any more. */
    void lift(boolean now) {
        lifted = now;
    }

    /** A statement begins; when, is only asked if it lasts. */
    void statement() {
        counting = false;
    }

    /** Returns something else than 0 to have SQLite end the statement, with {@code SQLITE_INTERRUPT}. */
    @Override
    protected int progress() {
        long now = System.nanoTime();
        if (!counting) {
            counting = true;
            began = now;
        }
        return !lifted && now - began > nanos ? 1 : 0;
    }
}
