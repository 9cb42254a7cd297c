package dev.pagurus.store.spi;

/** What a session is for. */
public enum SessionMode {
    /** Reads one state and writes to it; serializable. */
    TRANSACTION,
    /** Reads one state for as long as a caller's function runs; takes no write lock, and starves nobody who reads. */
    SNAPSHOT,
    /** Reads one state in a few calls, one right after the other. */
    READ
}
