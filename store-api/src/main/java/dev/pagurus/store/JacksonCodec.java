package dev.pagurus.store;

import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** The default codec. Apart from {@link Codec}, so that nothing else needs Jackson to load. */
final class JacksonCodec<T> implements Codec<T> {

    private final JsonMapper mapper;
    private final JavaType type;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    /** Whether the mapper is ours: then what a value may be is known, and held to. */
    private final boolean strict;

    private volatile @Nullable JsonShape shape;

    private JacksonCodec(JsonMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
        this.strict = mapper == StrictJson.MAPPER;
    }

    /** Returns one with our rules. */
    static <T> JacksonCodec<T> strict(Type type) {
        return with(StrictJson.MAPPER, type);
    }

    /** Returns one with the mapper's rules. */
    static <T> JacksonCodec<T> with(JsonMapper mapper, Type type) {
        try {
            return new JacksonCodec<>(mapper, mapper.constructType(type));
        } catch (JacksonException | IllegalArgumentException | StackOverflowError e) {
            throw new SchemaException(
                    type.getTypeName() + " cannot be stored as JSON: " + JsonFaults.messageOf(e) + ".", e);
        }
    }

    @Override
    public String encode(T value) {
        if (!strict) {
            return writer.writeValueAsString(value);
        }
        JsonShape known = shapeOfType();
        known.requireKnown(Objects.requireNonNull(value, "value"));
        String body = (known.repeats() ? writer.with(StreamWriteFeature.STRICT_DUPLICATE_DETECTION) : writer)
                .writeValueAsString(value);
        if (known.tried()) {
            decode(body);
        }
        return body;
    }

    @Override
    public T decode(String body) {
        @Nullable T value;
        try {
            value = reader.readValue(body);
        } catch (UnrecognizedPropertyException e) {
            throw new UnknownPropertyException(
                    shapeOfType().pathOf(e), e.getReferringClass().getName(), e);
        } catch (JacksonException e) {
            throw new UnreadableJsonException(JsonFaults.unread(shapeOfType().pathOf(e), e), e);
        }
        if (value == null) {
            throw new UnreadableJsonException("the body is null", null);
        }
        return value;
    }

    @Override
    public String shape() {
        return shapeOfType().text();
    }

    /** Says whether its rules are ours, which lose nothing. */
    boolean isStrict() {
        return strict;
    }

    @Override
    public String toString() {
        return "JSON of " + type.toCanonical();
    }

    private JsonShape shapeOfType() {
        JsonShape derived = shape;
        if (derived == null) {
            // Two threads may do it twice; the results are equal.
            derived = JsonShape.of(mapper, type, strict);
            shape = derived;
        }
        return derived;
    }
}
