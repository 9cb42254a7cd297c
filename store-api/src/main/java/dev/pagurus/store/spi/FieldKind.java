package dev.pagurus.store.spi;

/** What a field holds, and as what its values cross the SPI. All but {@link #MANY} can be null. */
public enum FieldKind {
    /** Text: a {@link String}, ordered by code point. Names of enum constants too. */
    TEXT,
    /** An integer: a {@link Long}. */
    LONG,
    /** A real number: a {@link Double}, never NaN or -0.0. */
    DOUBLE,
    /** A {@link Boolean}; false comes before true. */
    BOOLEAN,
    /** A point in time: a {@link Long}, microseconds since the epoch; see {@link Micros}. */
    INSTANT,
    /** A set of texts: a {@code List<String>} without duplicates, never null. */
    MANY
}
