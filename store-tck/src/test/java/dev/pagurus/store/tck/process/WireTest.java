package dev.pagurus.store.tck.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition(
            "notes",
            7,
            List.of(new FieldDefinition("due", FieldKind.INSTANT, 0), new FieldDefinition("tags", FieldKind.MANY, 255)),
            List.of(new IndexDefinition("due", true, List.of(new Sort("due", true)))),
            "due instant\ntags[] text");

    private static final List<StoredDocument> DOCUMENTS = new ArrayList<>(
            List.of(new StoredDocument("a", 1, 2, "{}"), new StoredDocument("b", 3, 4, "\u00e4\ud83e\udd80")));

    @Test
    void whatAnEngineIsAskedArrivesAsItWas() throws IOException {
        Range range = new Range(Arrays.asList(5L, null), new Range.Tail.After(List.of("x", 0.5)));
        Condition filter = new Condition.And(
                List.of(new Condition.IsNull("due"), new Condition.ContainsAny("tags", List.of("home", "work"))));
        Content body = new Content.Body("{}", Arrays.asList(null, List.of("home"), true));
        requireArrival(
                new Scan(NOTES, filter, List.of(new Sort("due", false)), List.of(range, Range.ALL), 500, 1 << 23));
        requireArrival(List.of(
                new Write(NOTES, "a", Write.Precondition.version(8), body),
                new Write(NOTES, "b", Write.Precondition.NONE, new Content.Delete())));
        requireArrival(NOTES);
        requireArrival(NOTES.withShape(null));
    }

    @Test
    void whatAnEngineAnswersArrivesAsItWas() throws IOException {
        requireArrival(new Chunk(DOCUMENTS, Arrays.asList("x", null)));
        requireArrival(DOCUMENTS.subList(1, 2));
        requireArrival(List.of(new WriteOutcome.VersionConflict(null), new WriteOutcome.Written(1, 2)));
        requireArrival(OptionalLong.of(5));
        requireArrival(OptionalLong.empty());
        requireArrival(new EngineInfo("X", "1", "x:y", Set.of(Capability.values())));
        requireArrival(new Health(true, "X 1", Duration.ofMillis(3), null, Map.of("file", "y")));
        requireArrival(null);
    }

    @Test
    void anExceptionKeepsItsTypeAndFields() throws IOException {
        Message.Threw threw =
                (Message.Threw) sent(new Message.Threw(new VersionConflictException("notes", "a", 5, 6L)));
        assertThat(threw.failure())
                .isInstanceOfSatisfying(
                        VersionConflictException.class,
                        e -> assertThat(e.current()).hasValue(6));
    }

    @Test
    void anExceptionThatHoldsWhatCannotBeSentArrivesAsItsText() throws IOException {
        @SuppressWarnings("serial")
        final class Unsendable extends RuntimeException {
            private static final long serialVersionUID = 1L;
            private final Object held = new Object();

            @Override
            public String getMessage() {
                return "the reason is " + held.getClass();
            }
        }
        Message.Threw threw = (Message.Threw) sent(new Message.Threw(new Unsendable()));
        assertThat(threw.failure()).hasMessageContaining("the reason");
    }

    @Test
    void whatCannotBeSentIsNamed() {
        assertThatThrownBy(() -> sent(new Message.Returned(new Thread())))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("Thread");
    }

    private static void requireArrival(@Nullable Object value) throws IOException {
        assertThat(sent(new Message.Returned(value))).isEqualTo(new Message.Returned(value));
    }

    private static Message sent(Message message) throws IOException {
        return Wire.message(Wire.bytes(message));
    }
}
