package dev.pagurus.store.spi;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous part of an order: the first terms equal to given values, and the rest as the tail says. One index range,
 * without an OR in it.
 *
 * @param equal the values of the first terms, a null meaning that the term is null
 * @param tail which of those documents, by the terms that follow
 */
public record Range(List<@Nullable Object> equal, Tail tail) {

    /** All of an order. */
    public static final Range ALL = new Range(List.of(), new Tail.All());

    /** Copies the list. */
    public Range {
        equal = Collections.unmodifiableList(equal);
    }

    /** Which documents of a range. */
    public sealed interface Tail {

        /** Every one. */
        record All() implements Tail {}

        /** Those where the next term is null. */
        record IsNull() implements Tail {}

        /** Those where the next term is not null. */
        record NotNull() implements Tail {}

        /**
         * Those that come after these values, compared as a row: {@code (a, b) > (?, ?)}, or {@code <} where the terms are
         * descending.
         *
         * @param values of the next terms, none of them null; the terms have one direction
         */
        record After(List<Object> values) implements Tail {

            /** Copies the list. */
            public After {
                values = List.copyOf(values);
            }
        }
    }
}
