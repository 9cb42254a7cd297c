package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of a schema is made once, and not with each collection that is asked for, as in every transaction. */
class SchemaUseTest {

    private static final TextField<String> TEXT = TextField.of("text", text -> text);

    /** Texts, whose shape is counted when it is asked for. */
    private record Counted(AtomicInteger asked) implements Codec<String> {

        @Override
        public String encode(String value) {
            return value;
        }

        @Override
        public String decode(String body) {
            return body;
        }

        @Override
        public @Nullable String shape() {
            asked.incrementAndGet();
            return "title text";
        }
    }

    @Test
    void aSchemaIsMadeReadyOnce() {
        ReferenceProvider provider = new ReferenceProvider();
        StoreConfig config =
                StoreConfig.builder("reference:use").provider(provider).build();
        Counted first = new Counted(new AtomicInteger());
        Schema<String> schema = Schema.of("notes", first).index(TEXT);
        Counted second = new Counted(new AtomicInteger());
        Schema<String> same = Schema.of("notes", second).index(TEXT);
        try (Store store = Stores.open(provider, config)) {
            use(store, schema);
            assertThat(first.asked()).as("shape() of the codec").hasValue(1);
            use(store, same);
            assertThat(second.asked()).as("shape() of another codec").hasValue(1);
            assertThat(store.collection(schema).query().count()).isEqualTo(1);
        }
        provider.drop(config);
    }

    private static void use(Store store, Schema<String> schema) {
        for (int i = 0; i < 10; i++) {
            store.collection(schema).put("a", "one");
            store.runTransaction(tx -> tx.collection(schema).put("a", "two"));
            long found = store.snapshot(
                    view -> view.collection(schema).where(TEXT.eq("two")).count());
            assertThat(found).isEqualTo(1);
        }
    }
}
