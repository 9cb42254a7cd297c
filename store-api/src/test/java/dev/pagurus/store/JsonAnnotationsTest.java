package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIdentityReference;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonMerge;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** What annotations change comes back all the same, or is refused, or does not count. */
@SuppressWarnings("JavaUtilDate") // people have them
class JsonAnnotationsTest {

    enum Two {
        A,
        B
    }

    enum Alike {
        A,
        B;

        @JsonValue
        String text() {
            return "same";
        }
    }

    enum Lossy {
        A,
        B;

        @JsonCreator
        static Lossy of(String text) {
            return text.isEmpty() ? B : A;
        }
    }

    enum WithDefault {
        A,
        @JsonEnumDefaultValue
        Z
    }

    record Point(int x, int y) {}

    private static void refused(Class<?> type, String... words) {
        assertThatThrownBy(() -> Codec.json(type).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll(words);
    }

    private static <T> String comesBack(Class<T> type, T value) throws Exception {
        Codec<T> codec = Codec.json(type);
        String body = codec.encode(value);
        assertThat(codec.decode(body)).as(body).isEqualTo(value);
        return body;
    }

    @Test
    void timesInAFormThatDoesNotHoldAllOfThem() {
        record Millis(
                @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT)
                Instant value) {}
        record Zoneless(
                @JsonFormat(shape = JsonFormat.Shape.NUMBER) ZonedDateTime value) {}
        record Shifted(
                @JsonFormat(shape = JsonFormat.Shape.NUMBER) OffsetDateTime value) {}
        record Utc(
                @JsonFormat(with = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime value) {}
        record NoZone(
                @JsonFormat(without = JsonFormat.Feature.WRITE_DATES_WITH_ZONE_ID)
                ZonedDateTime value) {}
        record Minutes(
                @JsonFormat(pattern = "uuuu-MM-dd HH:mm") LocalDateTime value) {}
        record Hours(@JsonFormat(pattern = "HH:mm") List<LocalTime> value) {}
        record Day(@JsonFormat(pattern = "yyyy-MM-dd") Date value) {}
        record Offset(
                @JsonFormat(pattern = "uuuu-MM-dd'T'HH:mm:ss.SSSXXX")
                ZonedDateTime value) {}
        record Parts(
                @JsonFormat(shape = JsonFormat.Shape.ARRAY) LocalDate value) {}
        record Era(@JsonFormat(pattern = "yyyy-MM-dd") LocalDate value) {}
        for (Class<?> type : List.of(
                Millis.class,
                Zoneless.class,
                Shifted.class,
                Utc.class,
                NoZone.class,
                Minutes.class,
                Day.class,
                Offset.class,
                Parts.class)) {
            refused(type, "'value'", "is written as", "Leave the annotation out");
        }
        refused(Hours.class, "'value[]'", "23:01:02.123456789 is written as \"23:01\"");
        refused(Era.class, "'value'", "-0005-01-02 is written as \"0006-01-02\"");
    }

    @Test
    void timesInAFormThatHoldsAllOfThem() throws Exception {
        record Kept(
                @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant seconds,
                @JsonFormat(pattern = "uuuu-MM-dd") LocalDate day,
                @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate text) {}
        comesBack(Kept.class, new Kept(Instant.MAX, LocalDate.MIN, LocalDate.MAX));
        assertThat(Codec.json(Kept.class).shape()).isEqualTo("day date:uuuu-MM-dd\nseconds instant-real\ntext date");
    }

    @Test
    void numbersAndTruthsAsTexts() {
        record Id(
                @JsonFormat(shape = JsonFormat.Shape.STRING) long value) {}
        record Real(
                @JsonFormat(shape = JsonFormat.Shape.STRING) double value) {}
        record Price(
                @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value) {}
        record Truth(
                @JsonFormat(shape = JsonFormat.Shape.NUMBER) boolean value) {}
        record Maybe(
                @JsonFormat(shape = JsonFormat.Shape.STRING) Optional<Integer> value) {}
        record MaybeLong(
                @JsonFormat(shape = JsonFormat.Shape.STRING) OptionalLong value) {}
        record All(
                @JsonFormat(shape = JsonFormat.Shape.STRING) Map<String, Integer> value) {}
        record ByToString(
                @JsonSerialize(using = ToStringSerializer.class)
                BigDecimal value) {}
        for (Class<?> type : List.of(
                Id.class,
                Real.class,
                Price.class,
                Truth.class,
                Maybe.class,
                MaybeLong.class,
                All.class,
                ByToString.class)) {
            refused(type, "'value", "is written as", "cannot be read");
        }
    }

    static class LowerCase extends ValueSerializer<String> {
        @Override
        public void serialize(String key, JsonGenerator json, SerializationContext context) {
            json.writeName(key.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void constantsThatAreWrittenAlikeOrOtherwise() {
        record Value(Alike value) {}
        record Key(Map<Alike, Integer> value) {}
        record Made(List<Lossy> value) {}
        record Whole(
                @JsonFormat(shape = JsonFormat.Shape.OBJECT) Two value) {}
        record Truth(
                @JsonFormat(shape = JsonFormat.Shape.BOOLEAN)
                Two value) {}
        refused(Value.class, "'value'", "B is written as \"same\" and comes back as A");
        refused(Key.class, "'value'", "Alike", "comes back as A");
        record OneSide(
                @JsonSerialize(keyUsing = LowerCase.class) Map<String, Integer> value) {}
        refused(OneSide.class, "'value'", "keyUsing");
        refused(Made.class, "'value[]'", "B is written as \"B\" and comes back as A");
        refused(Whole.class, "'value'", "written as an object");
        assertThatThrownBy(() -> Codec.json(Truth.class).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("Truth", "cannot be stored as JSON", "BOOLEAN");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Cat.class, name = "x"), @JsonSubTypes.Type(value = Dog.class, name = "x")
    })
    interface OneName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(Cat.class), @JsonSubTypes.Type(Dog.class)})
    interface Deduced {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, defaultImpl = Cat.class)
    @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
    interface Defaulted {}

    record Cat(int lives) implements OneName, Deduced, Defaulted {}

    record Dog(int years) implements OneName, Deduced, Defaulted {}

    record Anything(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
            @Nullable
            Object one,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
            List<Object> all,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
            Object outside) {}

    record Twice(
            String kind,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
            Object outside) {}

    @Test
    void subtypesThatTheirNamesDoNotTell() throws Exception {
        record One(OneName value) {}
        record Ded(Deduced value) {}
        record Def(Defaulted value) {}
        refused(One.class, "'value'", "Cat", "Dog", "the name 'x'");
        refused(Ded.class, "'value'", "DEDUCTION", "Id.NAME");
        refused(Twice.class, "'outside'", "'kind'", "twice");
        comesBack(Def.class, new Def(new Dog(1)));
        assertThatThrownBy(() -> Codec.json(Def.class).decode("{\"value\":{\"@type\":\"newer\",\"lives\":1}}"))
                .hasMessage("'value' has no name of a subtype of Defaulted");
        comesBack(Anything.class, new Anything(new Cat(1), List.of(new Cat(2)), new Cat(3)));
        for (Object other : List.of(new Dog(1), "text", 5)) {
            assertThatThrownBy(() -> Codec.json(Anything.class).encode(new Anything(other, List.of(), new Cat(3))))
                    .hasMessageContaining("'one'");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    static class Initialised {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public @Nullable String name = "unnamed";

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public List<String> tags = new ArrayList<>(List.of("d"));

        public int count = 7;

        @JsonMerge
        public List<String> merged = new ArrayList<>(List.of("d"));

        @JsonSetter(nulls = Nulls.SKIP)
        public @Nullable String kept = "kept";
    }

    static class IsX {
        @Override
        public boolean equals(@Nullable Object other) {
            return "x".equals(other);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @Test
    void whatAnAnnotationWouldLeaveOutIsWritten() throws Exception {
        record Sparse(
                @JsonInclude(content = JsonInclude.Include.NON_NULL)
                Map<String, @Nullable String> nulls,

                @JsonInclude(content = JsonInclude.Include.NON_EMPTY)
                Map<String, List<String>> empties,

                @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> list,
                @JsonInclude(JsonInclude.Include.NON_EMPTY) Locale locale,

                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsX.class)
                String custom,

                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                Integer number,

                @JsonSetter(contentNulls = Nulls.SKIP) List<@Nullable String> skipped,

                @JsonSerialize(nullsUsing = ToStringSerializer.class) @Nullable
                String none,

                @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
                List<String> single) {}
        comesBack(
                Sparse.class,
                new Sparse(
                        Collections.singletonMap("k", null),
                        Map.of("a", List.of()),
                        List.of(),
                        Locale.ROOT,
                        "x",
                        0,
                        Arrays.asList("a", null),
                        null,
                        List.of("a")));
        Codec<Initialised> codec = Codec.json(Initialised.class);
        Initialised value = new Initialised();
        value.name = null;
        value.tags = new ArrayList<>();
        value.count = 0;
        value.kept = null;
        assertThat(codec.decode(codec.encode(value))).usingRecursiveComparison().isEqualTo(value);
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record NoNulls(@Nullable String a, int b) {}
        assertThat(comesBack(NoNulls.class, new NoNulls(null, 0))).isEqualTo("{\"b\":0}");
    }

    @JsonIncludeProperties("a")
    static class Chosen {
        public String a = "";
        public String b = "";
    }

    @Test
    void whatAnAnnotationWouldDropOrReplaceIsNot() throws Exception {
        record Guessing(
                @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                WithDefault one,

                @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                Two other,

                @JsonFormat(with = JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                Point point) {}
        Codec<Guessing> codec = Codec.json(Guessing.class);
        assertThat(codec.shape()).isEqualTo("one enum\nother enum\npoint.x integer\npoint.y integer");
        assertThatThrownBy(() -> codec.decode("{\"one\":\"NEW\"}")).hasMessageContaining("'one'");
        assertThatThrownBy(() -> codec.decode("{\"other\":\"NEW\"}")).hasMessageContaining("'other'");
        assertThatThrownBy(() -> codec.decode("{\"point\":{\"X\":1,\"x\":2,\"y\":0}}"))
                .isInstanceOf(UnknownPropertyException.class)
                .hasMessageContaining("point.X");
        Chosen chosen = new Chosen();
        chosen.b = "kept";
        Codec<Chosen> all = Codec.json(Chosen.class);
        assertThat(all.decode(all.encode(chosen)).b).isEqualTo("kept");
    }

    @JsonIdentityReference(alwaysAsId = true)
    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static class Referred {
        public int id;
        public String name = "";
    }

    @Test
    void anObjectIsNeverWrittenAsItsIdOnly() throws Exception {
        record Holder(
                Referred one,
                @JsonIdentityReference(alwaysAsId = true) Referred again) {}
        Referred referred = new Referred();
        referred.name = "kept";
        Codec<Holder> codec = Codec.json(Holder.class);
        Holder back = codec.decode(codec.encode(new Holder(referred, referred)));
        assertThat(back.one().name).isEqualTo("kept");
        assertThat(back.again()).isSameAs(back.one());
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static class Numbered {
        public int id;
    }

    @JsonTypeInfo(
            use = JsonTypeInfo.Id.NAME,
            include = JsonTypeInfo.As.EXISTING_PROPERTY,
            property = "kind",
            visible = true)
    @JsonSubTypes(@JsonSubTypes.Type(value = Told.class, name = "told"))
    interface Telling {}

    record Told(@Nullable String kind) implements Telling {}

    @Test
    void whatCannotBeReadAgainForWhatIsInItIsRefusedWhenItIsWritten() throws Exception {
        record Several(List<Numbered> all) {}
        record Tells(Telling value) {}
        Codec<Several> codec = Codec.json(Several.class);
        Numbered one = new Numbered();
        assertThat(codec.decode(codec.encode(new Several(List.of(one, one)))).all())
                .hasSize(2);
        assertThatThrownBy(() -> codec.encode(new Several(List.of(one, new Numbered()))))
                .hasMessageContaining("'all[]");
        comesBack(Tells.class, new Tells(new Told("told")));
        for (String kind : Arrays.asList(null, "other")) {
            assertThatThrownBy(() -> Codec.json(Tells.class).encode(new Tells(new Told(kind))))
                    .hasMessage("'value' has no name of a subtype of Telling");
        }
    }

    @Test
    void aNameThatWouldBeInTheBodyTwice() throws Exception {
        record Open(
                String title, @JsonAnySetter @JsonAnyGetter Map<String, String> rest) {}
        record Name(@JsonValue String text, int lost) {
            @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
            static Name of(String text) {
                return new Name(text, 0);
            }
        }
        record Named(Map<Name, Integer> byName) {}
        comesBack(Open.class, new Open("t", Map.of("other", "v")));
        assertThatThrownBy(() -> Codec.json(Open.class).encode(new Open("t", Map.of("title", "v"))))
                .hasMessageContaining("title");
        assertThatThrownBy(() ->
                        Codec.json(Named.class).encode(new Named(Map.of(new Name("a", 1), 1, new Name("a", 2), 2))))
                .hasMessageContaining("Duplicate");
    }

    @Test
    void aLocaleWithoutALanguageTag() {
        record Spoken(@Nullable Locale one, Map<Locale, Integer> all) {}
        @SuppressWarnings("deprecation") // people have them
        Locale illFormed = new Locale("de_DE");
        assertThatThrownBy(() -> Codec.json(Spoken.class).encode(new Spoken(illFormed, Map.of())))
                .hasMessageContaining("language tag");
        assertThatThrownBy(() -> Codec.json(Spoken.class).encode(new Spoken(null, Map.of(illFormed, 1))))
                .hasMessageContaining("language tag");
    }

    @Test
    void propertiesOfAPartInARecord() throws Exception {
        record Placed(
                String name, @JsonUnwrapped(prefix = "at_") Point at) {}
        record NoPart(String name, @JsonUnwrapped Map<String, String> others) {}
        assertThat(comesBack(Placed.class, new Placed("a", new Point(1, 2))))
                .isEqualTo("{\"name\":\"a\",\"at_x\":1,\"at_y\":2}");
        assertThat(Codec.json(Placed.class).shape()).isEqualTo("at_x integer\nat_y integer\nname text");
        assertThatThrownBy(() -> Codec.json(Placed.class).decode("{\"at_z\":3,\"name\":\"a\"}"))
                .isInstanceOf(UnknownPropertyException.class)
                .hasMessageContaining("at_z");
        refused(NoPart.class, "'others'", "@JsonUnwrapped");
    }

    record Mirrored(int y, int x) {}

    @Test
    void whatLooksAlikeAndIsAnotherValueHasAnotherShape() {
        record AsList(
                @JsonFormat(shape = JsonFormat.Shape.ARRAY) Point value) {}
        record AsOther(
                @JsonFormat(shape = JsonFormat.Shape.ARRAY) Mirrored value) {}
        record Moment(Instant value) {}
        record Old(Date value) {}
        record Tokyo(@JsonFormat(timezone = "Asia/Tokyo") Date value) {}
        assertThat(Codec.json(AsList.class).shape()).isEqualTo("value array:x,y\nvalue.x integer\nvalue.y integer");
        assertThat(Codec.json(AsOther.class).shape()).startsWith("value array:y,x\n");
        assertThat(Codec.json(Moment.class).shape()).isEqualTo("value instant");
        assertThat(Codec.json(Old.class).shape()).isEqualTo("value instant-millis");
        assertThat(Codec.json(Tokyo.class).shape()).isEqualTo("value instant-millis@Asia/Tokyo");
    }
}
