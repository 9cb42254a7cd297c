package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaCodecTest {

    private record Note(String title) {}

    private static final TextField<Note> TITLE = TextField.of("title", Note::title);

    @Test
    void schemasThatAreMadeFromOneAnotherHaveOneCodec() {
        Schema<Note> first = Schema.of("notes", Note.class);
        Schema<Note> last = first.index(TITLE).revision(2);
        assertThat(last.codec()).isSameAs(last.codec()).isSameAs(first.codec());
        assertThat(Schema.of("notes", Note.class).codec()).isNotSameAs(first.codec());
    }

    @Test
    void whoAsksAtTheSameTimeGetsTheSame() {
        for (int round = 0; round < 200; round++) {
            Schema<Note> schema = Schema.of("notes", Note.class);
            Set<Codec<Note>> codecs = Collections.newSetFromMap(new IdentityHashMap<>());
            List<Codec<Note>> asked = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> schema.codec())
                    .toList();
            codecs.addAll(asked);
            assertThat(codecs).hasSize(1);
        }
    }
}
