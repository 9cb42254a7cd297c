package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field with a set of short texts in each document: tags, members, labels. At most {@value #MAX_VALUES} values of
 * {@value #MAX_BYTES} UTF-8 bytes; no order. An index on it makes {@link #contains} fast.
 *
 * @param <T> the type of the documents' values
 */
public final class ManyField<T> extends Field<T, String> {

    /** The most values in one document. */
    public static final int MAX_VALUES = 100;

    /** The most UTF-8 bytes in one value. */
    public static final int MAX_BYTES = 255;

    private ManyField(String name, Function<? super T, ?> extractor) {
        super(name, extractor);
    }

    /**
     * Declares a many-field.
     *
     * @param extractor may return null, which is the same as empty; a value that is there twice counts once
     * @throws SchemaException if the name is not allowed
     */
    public static <T> ManyField<T> of(
            String name, Function<? super T, ? extends @Nullable Collection<String>> extractor) {
        return new ManyField<>(name, extractor);
    }

    /** Matches documents that have this value among theirs. */
    public Filter<T> contains(String value) {
        return containsAny(List.of(requireValue("contains", value)));
    }

    /** Matches documents that have at least one of these values; none, if there are none. */
    public Filter<T> containsAny(Collection<String> values) {
        List<String> checked = new ArrayList<>();
        for (String value : requireValues("containsAny", values)) {
            checked.add(requireValue("containsAny", value));
        }
        return new Filter.ContainsAny<>(this, checked);
    }

    /** The same as {@link #containsAny(Collection)}. */
    public Filter<T> containsAny(String... values) {
        return containsAny(Arrays.asList(values));
    }

    /** Matches documents that have no value here. */
    public Filter<T> isEmpty() {
        return new Filter.Empty<>(this);
    }
}
