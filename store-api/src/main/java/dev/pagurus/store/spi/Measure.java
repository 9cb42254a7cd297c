package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of the documents of a group. How it crosses the SPI stands at each {@link Kind}.
 *
 * @param kind what
 * @param field of which field, whose null values are left out; null only for {@link Kind#COUNT}, which then counts documents
 */
public record Measure(Kind kind, @Nullable String field) {

    /** How many documents there are. */
    public static final Measure DOCUMENTS = new Measure(Kind.COUNT, null);

    /** What is measured. */
    public enum Kind {
        /** How many: a {@link Long}. */
        COUNT,
        /**
         * The exact sum of a {@link FieldKind#LONG} or {@link FieldKind#INSTANT} field, a {@link java.math.BigInteger}; or of a
         * {@link FieldKind#DOUBLE} field, an {@link ExactSum}. Of no value it is zero, and never null.
         */
        SUM,
        /** The least value, as the field's kind says; null if there is none. */
        MIN,
        /** The greatest value, as the field's kind says; null if there is none. */
        MAX
    }
}
