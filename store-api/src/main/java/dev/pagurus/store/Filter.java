package dev.pagurus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What documents must be like to match; made by fields and joined by {@link #and}, {@link #or} and {@link #not}.
 *
 * <pre>{@code
 * notes.where(STATUS.eq(Status.OPEN).and(TAGS.contains("home")).and(DUE.before(tomorrow)))
 * }</pre>
 *
 * <p>Two-valued: a document matches or it does not, and {@code not()} is the exact opposite. A query takes at most 500
 * nodes ({@link #allOf} of many is one more, a chain of {@code and} one more for each, and so is a word) and 1,000 values. Immutable. The records are open to be looked at, in a log or a test; make filters by the
 * methods of fields, which check their values.
 *
 * @param <T> the type of the documents' values
 */
public sealed interface Filter<T> {

    /** Matches documents that match both. */
    default Filter<T> and(Filter<? super T> other) {
        refuseNull(other);
        return new AllOf<>(List.of(this, other));
    }

    /** Matches documents that match either or both. */
    default Filter<T> or(Filter<? super T> other) {
        refuseNull(other);
        return new AnyOf<>(List.of(this, other));
    }

    /** Matches documents that this one does not match. */
    default Filter<T> not() {
        return new Not<>(this);
    }

    /** Matches documents that match every one of the filters; every document, if there are none. */
    static <T> Filter<T> allOf(List<? extends Filter<? super T>> filters) {
        refuseNull(filters);
        filters.forEach(Filter::refuseNull);
        return new AllOf<>(List.copyOf(filters));
    }

    /** Matches documents that match at least one of the filters; no document, if there are none. */
    static <T> Filter<T> anyOf(List<? extends Filter<? super T>> filters) {
        refuseNull(filters);
        filters.forEach(Filter::refuseNull);
        return new AnyOf<>(List.copyOf(filters));
    }

    private static void refuseNull(@Nullable Object given) {
        if (given == null) {
            throw new InvalidValueException("The filter is null; leave it out to match every document.");
        }
    }

    /** How a field is compared with a value. */
    enum Comparison {
        /** Equal. */
        EQ,
        /** Not equal, or null. */
        NE,
        /** Less. */
        LT,
        /** Less or equal. */
        LTE,
        /** Greater. */
        GT,
        /** Greater or equal. */
        GTE
    }

    /** A field compared with a value. */
    record Compare<T>(ScalarField<T, ?> field, Comparison comparison, Object value) implements Filter<T> {}

    /** A field that is one of some values. */
    record In<T>(ScalarField<T, ?> field, List<?> values) implements Filter<T> {
        /** Copies the list. */
        public In {
            values = List.copyOf(values);
        }
    }

    /** A text that starts with a prefix. */
    record StartsWith<T>(TextField<T> field, String prefix) implements Filter<T> {}

    /** A field that is null. */
    record Missing<T>(ScalarField<T, ?> field) implements Filter<T> {}

    /** A many-field that has at least one of some values. */
    record ContainsAny<T>(ManyField<T> field, List<String> values) implements Filter<T> {
        /** Copies the list. */
        public ContainsAny {
            values = List.copyOf(values);
        }
    }

    /** A many-field without values. */
    record Empty<T>(ManyField<T> field) implements Filter<T> {}

    /**
     * A field of words that has some of them.
     *
     * @param field the field
     * @param words those that it has
     * @param prefix what another one begins with; null if that is not asked
     */
    record HasWords<T>(
            WordsField<T> field,
            List<String> words,
            @Nullable String prefix) implements Filter<T> {
        /** Copies the list. */
        public HasWords {
            words = List.copyOf(words);
        }
    }

    /** Every one of some filters. */
    record AllOf<T>(List<? extends Filter<? super T>> filters) implements Filter<T> {}

    /** At least one of some filters. */
    record AnyOf<T>(List<? extends Filter<? super T>> filters) implements Filter<T> {}

    /** The opposite of a filter. */
    record Not<T>(Filter<T> filter) implements Filter<T> {}
}
