package dev.pagurus.store;

import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The default codec. Apart from {@link Codec}, so that nothing else needs Jackson to load. */
final class JacksonCodec<T> implements Codec<T> {

    /** Building a mapper takes tens of milliseconds; one serves all. */
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ObjectWriter writer;
    private final ObjectReader reader;

    JacksonCodec(Class<T> type) {
        this.writer = MAPPER.writerFor(type);
        this.reader = MAPPER.readerFor(type);
    }

    @Override
    public String encode(T value) {
        return writer.writeValueAsString(value);
    }

    @Override
    public T decode(String body) {
        return reader.readValue(body);
    }
}
