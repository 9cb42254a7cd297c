package dev.pagurus.store.spi;

/** What a session is for. */
public enum SessionMode {
    /** Reads one state and writes to it; serializable. */
    TRANSACTION,
    /** Reads one state; takes no write lock. */
    SNAPSHOT
}
