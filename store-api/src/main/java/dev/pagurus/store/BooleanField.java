package dev.pagurus.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field that is true or false (or null); false comes before true.
 *
 * @param <T> the type of the documents' values
 */
public final class BooleanField<T> extends ScalarField<T, Boolean> {

    private BooleanField(String name, Function<? super T, Boolean> extractor) {
        super(name, extractor);
    }

    /**
     * Declares a boolean field.
     *
     * @param extractor may return null
     * @throws SchemaException if the name is not allowed
     */
    public static <T> BooleanField<T> of(String name, Function<? super T, @Nullable Boolean> extractor) {
        return new BooleanField<>(name, extractor);
    }

    /** Matches documents whose field is true. */
    public Filter<T> isTrue() {
        return eq(true);
    }

    /** Matches documents whose field is false; not those where it is null. */
    public Filter<T> isFalse() {
        return eq(false);
    }
}
