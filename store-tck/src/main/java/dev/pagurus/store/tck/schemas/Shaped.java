package dev.pagurus.store.tck.schemas;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Texts as they are, of which this codec says that they have some shape; and how often one was read. */
final class Shaped implements Codec<String> {

    static final TextField<String> TEXT = TextField.of("text", text -> text);

    final AtomicInteger decoded = new AtomicInteger();
    private final @Nullable String shape;

    Shaped(@Nullable String shape) {
        this.shape = shape;
    }

    /** Notes that have a shape, or none that is known. */
    static Schema<String> notes(@Nullable String shape) {
        return new Shaped(shape).schema();
    }

    Schema<String> schema() {
        return Schema.of("notes", this).index(TEXT);
    }

    @Override
    public String encode(String value) {
        return value;
    }

    @Override
    public String decode(String body) {
        decoded.incrementAndGet();
        return body;
    }

    @Override
    public @Nullable String shape() {
        return shape;
    }
}
