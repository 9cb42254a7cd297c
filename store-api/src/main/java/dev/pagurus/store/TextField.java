package dev.pagurus.store;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of text: compared and ordered by code point, case-sensitive, never normalised. To search without regard to
 * case, fold it in the extractor ({@code toLowerCase(Locale.ROOT)}).
 *
 * <p>At most 1,024 UTF-8 bytes, or what {@link #maxBytes(int)} says. A field whose limit is lower leaves more room for
 * others in an index, where the limits may add up to 2,300 bytes.
 *
 * @param <T> the type of the documents' values
 */
public final class TextField<T> extends OrderedField<T, String> {

    /** The most UTF-8 bytes that a text field can hold. */
    public static final int MAX_BYTES = 1024;

    private final @Nullable Function<? super T, String> extractor;
    private final int maxBytes;

    private TextField(String name, Function<? super T, String> extractor, int maxBytes) {
        super(name, extractor);
        this.extractor = extractor;
        this.maxBytes = maxBytes;
    }

    /** For the column that every collection has. */
    TextField(String reservedName, int maxBytes) {
        super(reservedName);
        this.extractor = null;
        this.maxBytes = maxBytes;
    }

    /**
     * Declares a text field.
     *
     * @param extractor may return null
     * @throws SchemaException if the name is not allowed
     */
    public static <T> TextField<T> of(String name, Function<? super T, @Nullable String> extractor) {
        return new TextField<>(name, extractor, MAX_BYTES);
    }

    /**
     * Returns this field with a lower limit.
     *
     * @throws SchemaException if it is not between 1 and {@value #MAX_BYTES}
     */
    public TextField<T> maxBytes(int bytes) {
        if (bytes < 1 || bytes > MAX_BYTES || extractor == null) {
            throw new SchemaException("The limit of text field '" + name() + "' must be between 1 and " + MAX_BYTES
                    + " bytes, not " + bytes + ".");
        }
        return new TextField<>(name(), extractor, bytes);
    }

    /** Returns how many UTF-8 bytes a value may have. */
    public int maxBytes() {
        return maxBytes;
    }

    /** Matches documents whose field is one of these values; none, if there are none. */
    public Filter<T> in(String... values) {
        return in(Arrays.asList(values));
    }

    /** Matches documents whose field starts with this text; nothing in it is a wildcard. */
    public Filter<T> startsWith(String prefix) {
        return new Filter.StartsWith<>(this, requireValue("startsWith", prefix));
    }
}
