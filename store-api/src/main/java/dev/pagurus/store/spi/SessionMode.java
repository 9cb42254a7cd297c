package dev.pagurus.store.spi;

/** What a session is for. */
public enum SessionMode {
    /** Reads one state and writes to it; serializable. */
    TRANSACTION,
    /**
     * Reads one state, that of the moment when it began, for as long as a caller's function runs; takes no write lock, and
     * starves nobody who reads.
     */
    SNAPSHOT,
    /**
     * Reads one state for as long as it takes to copy it; takes no write lock, may wait before it begins, and never finds a
     * conflict once it has. Used by one thread after another.
     */
    COPY,
    /** Reads one state in a few calls, one right after the other. */
    READ
}
