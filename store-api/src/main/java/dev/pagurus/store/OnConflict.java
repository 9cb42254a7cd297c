package dev.pagurus.store;

/** What a bulk write does with a document whose id or unique value is taken. */
public enum OnConflict {
    /** Lists it as a failure. */
    FAIL,
    /** Counts it as skipped and leaves what is stored as it is. */
    SKIP
}
