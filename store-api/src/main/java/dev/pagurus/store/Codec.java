package dev.pagurus.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into the text that is stored and back. What it writes is kept byte for byte and is not judged; JSON is
 * what people with an SQL tool hope to find.
 *
 * <p>Must be safe for use by many threads. An exception from {@code encode} reaches the caller as
 * {@link InvalidValueException}, one from {@code decode} as {@link UndecodableDocumentException}.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

    /** Turns a value into text. */
    String encode(T value) throws Exception;

    /** Turns text that {@link #encode} wrote, now or by an older version of the application, into a value. */
    T decode(String body) throws Exception;

    /**
     * Returns the shape of what this codec writes: a line for each property, with its path and its kind, in order of path.
     * It is part of the stored definition, so that a collection is never used with another one at the same revision. Lines
     * are compared as texts, whatever their order, up to {@value Schema#MAX_SHAPE_BYTES} bytes; it must not change while a
     * schema is in use.
     *
     * <pre>
     * author.name text
     * due instant
     * tags[] text
     * </pre>
     *
     * @return null if this codec does not know; then nothing is compared, what is stored of the shape stays, and what becomes
     *     of a changed type is up to the codec
     */
    default @Nullable String shape() {
        return null;
    }

    /**
     * Makes a codec of two functions; with a Jackson mapper of your own, for one:
     *
     * <pre>{@code
     * Codec.of(mapper::writeValueAsString, text -> mapper.readValue(text, Note.class))
     * }</pre>
     */
    static <T> Codec<T> of(Function<? super T, String> encode, Function<String, ? extends T> decode) {
        Objects.requireNonNull(encode, "encode");
        Objects.requireNonNull(decode, "decode");
        return new Codec<>() {
            @Override
            public String encode(T value) throws Exception {
                return encode.apply(value);
            }

            @Override
            public T decode(String body) throws Exception {
                return decode.apply(body);
            }
        };
    }

    /**
     * Returns the codec that reads and writes the type as JSON with Jackson 3.
     *
     * @throws ConfigurationException if Jackson is not there, or a part of it in a version that does not fit; the message
     *     names the dependency to add
     */
    static <T> Codec<T> json(Class<T> type) {
        Objects.requireNonNull(type, "type");
        try {
            return new JacksonCodec<>(type);
        } catch (LinkageError e) {
            String what = "Values of " + type.getName() + " are to be stored as JSON, but ";
            if (Libraries.isMissing("tools.jackson.databind.ObjectMapper", Codec.class)) {
                throw new ConfigurationException(
                        what
                                + "Jackson 3 is not there. Add the dependency tools.jackson.core:jackson-databind (on the module"
                                + " path, also require tools.jackson.databind), or give the schema a codec of your own:"
                                + " Codec.of(encode, decode).",
                        e);
            }
            throw new ConfigurationException(what + "Jackson 3 is there only in part.", e, Codec.class);
        }
    }

    /** A function that may throw anything. */
    @FunctionalInterface
    interface Function<A, B> {
        /** Applies the function. */
        B apply(A argument) throws Exception;
    }
}
