package dev.pagurus.store;

/** Something that not every store can do. What is not declared throws {@link UnsupportedCapabilityException}. */
public enum Capability {
    /** {@link Store#transaction} and {@link Store#runTransaction}, and what needs them: {@link Query#deleteAll()}. */
    TRANSACTIONS,
    /** {@link Store#snapshot}, and lists longer than one chunk. */
    SNAPSHOTS,
    /** {@link Schema#uniqueIndex}. */
    UNIQUE_INDEXES,
    /** {@link Store#backup}. */
    BACKUP,
    /** {@link Schema#changes} and {@link Store#changes}. */
    CHANGES
}
