package dev.pagurus.examples.dashboard.data;

/** What became of an announcement. */
public enum Outcome {
    /** It was new, and is stored. */
    STORED,
    /** It came before; nothing has changed. */
    KNOWN
}
