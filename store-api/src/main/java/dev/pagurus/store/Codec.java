package dev.pagurus.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

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
     * Makes a codec of two functions. It has no {@link #shape()}.
     *
     * <pre>{@code
     * Codec.of(Note::toText, Note::parse)
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
     * Returns the codec that reads and writes the type as JSON with Jackson 3, by rules that lose nothing:
     *
     * <ul>
     *   <li>A property that the type does not know is never dropped: reading fails with an {@link UnknownPropertyException}
     *       that has its path. An annotation that ignores, leaves out or replaces what is unknown, empty or as by default
     *       does not count here; one that ignores a property by its name does.
     *   <li>An enum is written as its {@code name()}, whatever its {@code toString()} says, unless it is annotated otherwise.
     *       Zones and offsets stay, decimals keep their scale, and numbers and texts may be as long as the body. A number is
     *       not taken for a text, a fraction not for an integer, and the like.
     *   <li>What could be written and not be read again, or would come back as something else, is refused when the collection
     *       is opened, with the path to it: an interface or a superclass whose subtypes have no names, a class that Jackson
     *       cannot make, a property that is only written or only read, a field that is neither, an {@code Object}, keys of a
     *       map that are no texts, and each class that is not known to come back ({@code TimeZone}, {@code Pattern},
     *       {@code Collection}). A class that has both a serializer and a deserializer of the application's or of a module
     *       is taken as it is.
     *   <li>Where an annotation, a serializer or a deserializer changes how a known kind is written, some values are tried
     *       when the collection is opened, and what does not bring back each of them equal is refused.
     *   <li>A value of a subclass that the type does not name is refused when it is written, and so is one that would have
     *       a name twice in one object.
     *   <li>Values lie at most 500 deep in one another, for writing and for reading.
     *   <li>Modules of Jackson that are found beside it are used, such as the one for Kotlin.
     * </ul>
     *
     * <p>The {@link #shape()} is derived from the type. Left out of it are the constants of enums, whether a list is a set,
     * how many digits an integer may have, which components may be null, and names that annotations add for writing only.
     * Modules that are on the path or are not may change it.
     *
     * @throws ConfigurationException if Jackson is not there, or a part of it in a version that does not fit; the message
     *     names the dependency to add
     */
    static <T> Codec<T> json(Class<T> type) {
        Objects.requireNonNull(type, "type");
        try {
            return JacksonCodec.strict(type);
        } catch (LinkageError e) {
            throw Libraries.withoutJackson("Values of " + type.getName() + " are to be stored as JSON, but ", e);
        }
    }

    /**
     * Returns the codec of {@link #json(Class)} for a type with type arguments:
     *
     * <pre>{@code
     * Codec.json(new TypeReference<Page<Note>>() {})
     * }</pre>
     *
     * @throws ConfigurationException if Jackson is there only in part
     */
    @SuppressWarnings("exports") // who calls it has Jackson; who does not, need not
    static <T> Codec<T> json(TypeReference<T> type) {
        Objects.requireNonNull(type, "type");
        try {
            return JacksonCodec.strict(type.getType());
        } catch (LinkageError e) {
            throw Libraries.withoutJackson("Values of " + type.getType() + " are to be stored as JSON, but ", e);
        }
    }

    /**
     * Returns the codec that reads and writes the type with a mapper of your own. Its rules hold, and what they lose is lost
     * with the next write; a new revision refuses to lose it (see {@link Schema}). The shape is derived with it, and only what
     * it can certainly not read is refused when the collection is opened. For a
     * strict one, enable {@code DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES}.
     *
     * @throws ConfigurationException if Jackson is there only in part
     */
    @SuppressWarnings("exports") // who calls it has Jackson; who does not, need not
    static <T> Codec<T> json(Class<T> type, JsonMapper mapper) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(mapper, "mapper");
        try {
            return JacksonCodec.with(mapper, type);
        } catch (LinkageError e) {
            throw Libraries.withoutJackson("Values of " + type.getName() + " are to be stored as JSON, but ", e);
        }
    }

    /** A function that may throw anything. */
    @FunctionalInterface
    interface Function<A, B> {
        /** Applies the function. */
        B apply(A argument) throws Exception;
    }
}
