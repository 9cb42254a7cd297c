package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Properties that are of one type where they are written, and of another one where they are read. */
class JsonTwoTypesTest {

    /** Jackson has no way to make it. */
    static final class Span {
        final long nanos;

        private Span(long nanos, boolean checked) {
            this.nanos = checked ? nanos : 0;
        }

        static Span of(long nanos) {
            return new Span(nanos, true);
        }
    }

    /** It can be made of nothing, but of no number. */
    static final class Empty {
        public int a;
    }

    /** Made of a number, as Jackson finds by itself. */
    record Made(long nanos) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Made {}
    }

    /** Made of a text, and of nothing else. */
    record OfText(String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        OfText {}
    }

    record Cents(@JsonValue long cents) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Cents {}
    }

    record Names(@JsonValue List<String> names) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Names {}
    }

    /** Written as one type, read as another. */
    abstract static class Two<W, R> {
        private final W value;

        Two(@Nullable R value, Function<R, W> shown) {
            this.value = shown.apply(value);
        }

        public W getValue() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Two<?, ?> two && Objects.deepEquals(two.value, value);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static class ByConstructor extends Two<Long, Span> {
        @JsonCreator
        ByConstructor(@JsonProperty("value") Span value) {
            super(value, span -> span.nanos);
        }
    }

    static class BySetter {
        private long value;

        public long getValue() {
            return value;
        }

        public void setValue(Span span) {
            value = span.nanos;
        }
    }

    static class ByField {
        @JsonProperty("value")
        private Span span = Span.of(0);

        @JsonProperty("value")
        public long shown() {
            return span.nanos;
        }
    }

    static class InList extends Two<List<Long>, List<Span>> {
        @JsonCreator
        InList(@JsonProperty("value") List<Span> value) {
            super(value, spans -> spans.stream().map(span -> span.nanos).toList());
        }
    }

    static class InMap extends Two<Map<String, Long>, Map<String, Span>> {
        @JsonCreator
        InMap(@JsonProperty("value") Map<String, Span> value) {
            super(value, spans -> Map.of("a", (long) spans.size()));
        }
    }

    static class InOptional extends Two<Optional<Long>, Optional<Span>> {
        @JsonCreator
        InOptional(@JsonProperty("value") Optional<Span> value) {
            super(value, span -> span.map(one -> one.nanos));
        }
    }

    static class OfOptional extends Two<Optional<Long>, Span> {
        @JsonCreator
        OfOptional(@JsonProperty("value") Span value) {
            super(value, span -> Optional.of(span.nanos));
        }
    }

    static class ToOptional extends Two<Long, Optional<Span>> {
        @JsonCreator
        ToOptional(@JsonProperty("value") Optional<Span> value) {
            super(value, span -> span.orElseThrow().nanos);
        }
    }

    static class AsKey extends Two<Map<String, Long>, Map<Span, Long>> {
        @JsonCreator
        AsKey(@JsonProperty("value") Map<Span, Long> value) {
            super(value, spans -> Map.of("a", (long) spans.size()));
        }
    }

    static class OfList extends Two<List<String>, Span> {
        @JsonCreator
        OfList(@JsonProperty("value") Span value) {
            super(value, span -> List.of());
        }
    }

    static class OfMap extends Two<Map<String, String>, Span> {
        @JsonCreator
        OfMap(@JsonProperty("value") Span value) {
            super(value, span -> Map.of());
        }
    }

    static class Emptied extends Two<Long, Empty> {
        @JsonCreator
        Emptied(@JsonProperty("value") Empty value) {
            super(value, empty -> (long) empty.a);
        }
    }

    static class NumberForText extends Two<Long, OfText> {
        @JsonCreator
        NumberForText(@JsonProperty("value") OfText value) {
            super(value, made -> Long.valueOf(made.text()));
        }
    }

    static class LongToString extends Two<Long, String> {
        @JsonCreator
        LongToString(@JsonProperty("value") String value) {
            super(value, Long::valueOf);
        }
    }

    static class StringToLong extends Two<String, Long> {
        @JsonCreator
        StringToLong(@JsonProperty("value") Long value) {
            super(value, String::valueOf);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Figure {}

    record Circle(double radius) implements Figure {}

    static class ToSubtype extends Two<Long, Figure> {
        @JsonCreator
        ToSubtype(@JsonProperty("value") Figure value) {
            super(value, figure -> (long) ((Circle) figure).radius());
        }
    }

    static class OfSubtype extends Two<Optional<Figure>, Figure> {
        @JsonCreator
        OfSubtype(@JsonProperty("value") Figure value) {
            super(value, Optional::of);
        }
    }

    static class TextToList extends Two<String, List<String>> {
        @JsonCreator
        TextToList(@JsonProperty("value") List<String> value) {
            super(value, list -> String.join(",", list));
        }
    }

    static class CentsToText extends Two<Cents, String> {
        @JsonCreator
        CentsToText(@JsonProperty("value") String value) {
            super(value, text -> new Cents(Long.parseLong(text)));
        }
    }

    private static void refused(Class<?> type, String... words) {
        assertThatThrownBy(() -> Codec.json(type).shape())
                .as("%s", type.getSimpleName())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void whatIsReadAsAClassThatNothingMakesOfItIsRefused() {
        refused(
                ByConstructor.class,
                "'value' is written as a java.lang.Long and read as a " + Span.class.getName(),
                "no way to make",
                "@JsonCreator(mode = JsonCreator.Mode.DELEGATING)");
        refused(BySetter.class, "'value' is written as a long", "Span");
        refused(ByField.class, "'value' is written as a long", "Span");
        refused(InList.class, "'value[]'", "Span");
        refused(InMap.class, "'value{}'", "Span");
        refused(InOptional.class, "'value'", "Span");
        refused(OfOptional.class, "'value'", "Span");
        refused(ToOptional.class, "'value'", "Span");
        refused(AsKey.class, "Key deserializer", "Span");
        refused(OfList.class, "'value' is written as a java.util.List", "Span");
        refused(OfMap.class, "'value' is written as a java.util.Map", "Span");
        refused(Emptied.class, "'value'", "Empty");
        refused(NumberForText.class, "'value'", "OfText");
    }

    @Test
    void whatIsReadAsAnotherKindOfValueIsRefused() {
        refused(LongToString.class, "'value' is written as a java.lang.Long and read as a java.lang.String");
        refused(StringToLong.class, "'value' is written as a java.lang.String and read as a java.lang.Long");
        refused(TextToList.class, "'value'", "java.util.List");
        refused(ToSubtype.class, "'value'", "Figure");
        refused(CentsToText.class, "'value'", "java.lang.String");
    }

    @Test
    void aClassThatNothingMakesIsRefusedByAMapperOfOnesOwnToo() {
        JsonMapper mapper = JsonMapper.builder().build();

        assertThatThrownBy(() -> Codec.json(BySetter.class, mapper).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("Span");
        assertThat(Codec.json(LongToString.class, mapper).shape()).isEqualTo("value integer");
    }

    static class ToCollection extends Two<List<String>, Collection<String>> {
        @JsonCreator
        ToCollection(@JsonProperty("value") Collection<String> value) {
            super(value, List::copyOf);
        }
    }

    static class ToSubclass extends Two<List<String>, CopyOnWriteArrayList<String>> {
        @JsonCreator
        ToSubclass(@JsonProperty("value") CopyOnWriteArrayList<String> value) {
            super(value, List::copyOf);
        }
    }

    static class FromOptional extends Two<Optional<String>, @Nullable String> {
        @JsonCreator
        FromOptional(@JsonProperty("value") @Nullable String value) {
            super(value, Optional::ofNullable);
        }
    }

    static class IntoOptional extends Two<@Nullable String, Optional<String>> {
        @JsonCreator
        IntoOptional(@JsonProperty("value") Optional<String> value) {
            super(value, text -> text.orElse(null));
        }
    }

    static class FromLong extends Two<Long, Made> {
        @JsonCreator
        FromLong(@JsonProperty("value") Made value) {
            super(value, Made::nanos);
        }
    }

    static class FromText extends Two<String, OfText> {
        @JsonCreator
        FromText(@JsonProperty("value") OfText value) {
            super(value, OfText::text);
        }
    }

    static class FromCents extends Two<Cents, Long> {
        @JsonCreator
        FromCents(@JsonProperty("value") Long value) {
            super(value, Cents::new);
        }
    }

    static class FromNames extends Two<List<String>, Names> {
        @JsonCreator
        FromNames(@JsonProperty("value") Names value) {
            super(value, Names::names);
        }
    }

    static class Wider extends Two<Integer, Double> {
        @JsonCreator
        Wider(@JsonProperty("value") Double value) {
            super(value, Double::intValue);
        }
    }

    static class ToUuid extends Two<String, UUID> {
        @JsonCreator
        ToUuid(@JsonProperty("value") UUID value) {
            super(value, UUID::toString);
        }
    }

    static class ToPath extends Two<String, Path> {
        @JsonCreator
        ToPath(@JsonProperty("value") Path value) {
            super(value, Path::toString);
        }
    }

    static class ToInstant extends Two<Date, Instant> {
        @JsonCreator
        ToInstant(@JsonProperty("value") Instant value) {
            super(value, Date::from);
        }
    }

    static class ToJson extends Two<Long, JsonNode> {
        @JsonCreator
        ToJson(@JsonProperty("value") JsonNode value) {
            super(value, JsonNode::asLong);
        }
    }

    static class ToBytes extends Two<byte[], String> {
        @JsonCreator
        ToBytes(@JsonProperty("value") String value) {
            super(value, java.util.Base64.getDecoder()::decode);
        }
    }

    private static <T> void comesBack(Class<T> type, T value, String shape) throws Exception {
        Codec<T> codec = Codec.json(type);
        assertThat(codec.shape()).isEqualTo(shape);
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void whatComesBackThoughTheTypesDifferIsLeftAsItWas() throws Exception {
        comesBack(ToCollection.class, new ToCollection(List.of("a")), "value[] text");
        comesBack(ToSubclass.class, new ToSubclass(new CopyOnWriteArrayList<>(List.of("a"))), "value[] text");
        comesBack(FromOptional.class, new FromOptional("a"), "value text");
        comesBack(FromOptional.class, new FromOptional(null), "value text");
        comesBack(IntoOptional.class, new IntoOptional(Optional.of("a")), "value text");
        comesBack(FromLong.class, new FromLong(new Made(-7)), "value integer");
        comesBack(OfSubtype.class, new OfSubtype(new Circle(2)), """
                value.@type type
                value<JsonTwoTypesTest$Circle>.radius real""");
        comesBack(FromText.class, new FromText(new OfText("a")), "value text");
        comesBack(FromCents.class, new FromCents(8L), "value integer");
        comesBack(FromNames.class, new FromNames(new Names(List.of("a"))), "value[] text");
        comesBack(ToUuid.class, new ToUuid(new UUID(1, 2)), "value text");
        comesBack(ToPath.class, new ToPath(Path.of("/a")), "value text");
        comesBack(ToInstant.class, new ToInstant(Instant.EPOCH), "value instant-millis");
        comesBack(ToJson.class, new ToJson(tools.jackson.databind.node.LongNode.valueOf(5)), "value integer");
        comesBack(ToBytes.class, new ToBytes("YWI="), "value bytes");
        comesBack(Wider.class, new Wider(5.0), "value integer");
    }
}
