package dev.pagurus.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of enum constants, stored by name and ordered by name. New constants need no new revision; renaming one does.
 *
 * @param <T> the type of the documents' values
 * @param <E> the enum
 */
public final class EnumField<T, E extends Enum<E>> extends ScalarField<T, E> {

    private final Class<E> type;

    private EnumField(String name, Class<E> type, Function<? super T, E> extractor) {
        super(name, extractor);
        this.type = Objects.requireNonNull(type, "type");
    }

    /**
     * Declares an enum field.
     *
     * @param extractor may return null
     * @throws SchemaException if the name is not allowed, or a constant's name is longer than a text field may be
     */
    public static <T, E extends Enum<E>> EnumField<T, E> of(
            String name, Class<E> type, Function<? super T, @Nullable E> extractor) {
        Objects.requireNonNull(type, "type");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw new SchemaException("The constant " + constant.name() + " of enum field '" + name
                        + "' is longer than " + MAX_NAME_BYTES + " bytes.");
            }
        }
        return new EnumField<>(name, type, extractor);
    }

    /** Matches documents whose field is one of these constants; none, if there are none. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Filter<T> in(E... values) {
        return in(Arrays.asList(values));
    }

    /** The most UTF-8 bytes that a constant's name may have. */
    public static final int MAX_NAME_BYTES = 255;

    /** Returns the enum's class. */
    public Class<E> type() {
        return type;
    }
}
