package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.File;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.StdConverter;

/** What could be written and not be read again, or would come back as something else, is refused before it is stored. */
class JsonRefusedTest {

    record Box<T>(T value) {}

    sealed interface Unnamed {}

    record One(int a) implements Unnamed {}

    interface Animal {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    interface NoneKnown {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Told.class))
    sealed interface Partly {}

    record Told() implements Partly {}

    record Untold() implements Partly {}

    record Deep(Map<String, List<Optional<Box<Animal>>>> held) {}

    record Key(String text) {}

    record Two(@JsonValue String text, int number) {}

    static class NoCreator {
        private final String name;

        NoCreator(String name, int size) {
            this.name = name + size;
        }

        public String getName() {
            return name;
        }
    }

    @SuppressWarnings("ClassCanBeStatic") // that is what is wrong with it
    class Inner {
        public int a;
    }

    static class Computed {
        public int a;

        public int getDouble() {
            return 2 * a;
        }
    }

    static class ReadOnly {
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public int a = 1;
    }

    static class WriteOnly {
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        public String secret = "";
    }

    static class NoGetter {
        private final int hidden;

        NoGetter(@JsonProperty("hidden") int hidden) {
            this.hidden = hidden;
        }

        int shown() {
            return hidden;
        }
    }

    static class GetterIgnored {
        private int a;

        @JsonIgnore
        public int getA() {
            return a;
        }

        @JsonProperty
        public void setA(int a) {
            this.a = a;
        }
    }

    static class Taking {
        @JsonAnySetter
        public void any(String key, String value) {}
    }

    static class Giving {
        @JsonAnyGetter
        public Map<String, String> any() {
            return Map.of("a", "b");
        }
    }

    record Raw(@JsonRawValue String json) {}

    enum Colour {
        RED
    }

    record Numbered(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Colour colour) {}

    static class Setter {
        private int b;

        @JsonProperty("old_name")
        public void rename(int a) {
            b = a;
        }

        public int getB() {
            return b;
        }

        public void setB(int b) {
            this.b = b;
        }
    }

    static class ForPeople {
        public int a;

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public int getDouble() {
            return 2 * a;
        }
    }

    static class Base {
        public int a;
    }

    static class Sub extends Base {
        public int b;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Cat.class))
    interface Pet {}

    record Cat(int lives) implements Pet {}

    record Dog(int years) implements Pet {}

    static class Labels extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        public String owner = "";
    }

    record Wrapped(@JsonValue List<Base> held) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Wrapped {}
    }

    static class ToPattern extends ValueSerializer<Pattern> {
        @Override
        public void serialize(Pattern pattern, JsonGenerator json, SerializationContext context) {
            json.writeString(pattern.pattern());
        }
    }

    static class FromPattern extends ValueDeserializer<Pattern> {
        @Override
        public Pattern deserialize(JsonParser json, DeserializationContext context) {
            return Pattern.compile(json.getString());
        }
    }

    static class ToText extends StdConverter<Key, String> {
        @Override
        public String convert(Key key) {
            return key.text();
        }
    }

    static class FromText extends StdConverter<String, Key> {
        @Override
        public Key convert(String text) {
            return new Key(text);
        }
    }

    static class Nameless {
        private int a;

        int a() {
            return a++;
        }
    }

    static class Hidden {
        public int a;
        int secret;
    }

    static class Account {
        private long balance;

        long pay(long amount) {
            balance += amount;
            return balance;
        }
    }

    static class Heir extends Account {
        public int a;
    }

    /** Its fields have other names than its properties, and some are not to be kept. */
    static class NamedOtherwise {
        static int count;
        private boolean isActive;
        private String theName = "";
        transient int hash;

        @JsonIgnore
        private int cached;

        public boolean isActive() {
            return isActive;
        }

        public void setActive(boolean active) {
            isActive = active;
        }

        public String getName() {
            return theName + hash + cached++;
        }

        public void setName(String name) {
            theName = name;
        }
    }

    private static void refused(TypeReference<?> type, String... words) {
        assertThatThrownBy(() -> Codec.json(type).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll(words);
    }

    private static void refused(Class<?> type, String... words) {
        refused(
                new TypeReference<Object>() {
                    @Override
                    public Type getType() {
                        return type;
                    }
                },
                words);
    }

    @Test
    void typesWhoseSubtypesAreNotTold() {
        refused(new TypeReference<Box<Unnamed>>() {}, "'value'", "sealed interface", "Unnamed", "@JsonTypeInfo");
        refused(
                new TypeReference<Box<Animal>>() {},
                "'value'",
                "interface",
                "Animal",
                "@JsonTypeInfo",
                "@JsonSubTypes");
        refused(new TypeReference<Box<NoneKnown>>() {}, "'value'", "NoneKnown", "@JsonSubTypes");
        refused(new TypeReference<Box<Partly>>() {}, "'value'", "Untold", "@JsonSubTypes");
        refused(Unnamed.class, "the type", "Unnamed");
        refused(Deep.class, "'held{}[].value'", "Animal");
    }

    @Test
    void typesThatSayTooLittle() {
        refused(new TypeReference<Box<Object>>() {}, "'value'", "Object", "JsonNode");
        refused(new TypeReference<Box<Number>>() {}, "'value'", "Number");
        refused(new TypeReference<Box<Map<String, Object>>>() {}, "'value{}'", "Object");
        refused(new TypeReference<Box<List<?>>>() {}, "'value[]'", "Object");
        refused(Box.class, "'value'", "Object");
        refused(new TypeReference<Box<Calendar>>() {}, "'value'", "ZonedDateTime");
        refused(new TypeReference<Box<Timestamp>>() {}, "'value'", "Instant");
        refused(new TypeReference<Box<IllegalStateException>>() {}, "'value'", "Keep its text");
        refused(new TypeReference<Box<Iterator<String>>>() {}, "'value'", "List");
        refused(new TypeReference<Box<Optional<Optional<String>>>>() {}, "'value'", "Optional");
    }

    @Test
    void classesOfWhichNobodyKnowsThatTheyComeBack() {
        refused(new TypeReference<Box<Pattern>>() {}, "'value'", "java.util.regex.Pattern", "its text");
        refused(new TypeReference<Box<TimeZone>>() {}, "'value'", "ZoneId");
        refused(new TypeReference<Box<SimpleTimeZone>>() {}, "'value'", "ZoneId");
        refused(new TypeReference<Box<java.sql.Date>>() {}, "'value'", "LocalDate");
        refused(new TypeReference<Box<File>>() {}, "'value'", "java.io.File");
        refused(new TypeReference<Box<Path>>() {}, "'value'", "java.nio.file.Path");
        refused(new TypeReference<Box<InetAddress>>() {}, "'value'", "InetAddress");
        refused(new TypeReference<Box<URL>>() {}, "'value'", "java.net.URL");
        refused(new TypeReference<Box<LongAdder>>() {}, "'value'", "LongAdder");
        refused(new TypeReference<Box<AtomicInteger>>() {}, "'value'", "AtomicInteger");
        refused(new TypeReference<Box<AtomicReference<String>>>() {}, "'value'", "AtomicReference");
        refused(new TypeReference<Box<BitSet>>() {}, "'value'", "BitSet");
        refused(new TypeReference<Box<StringBuilder>>() {}, "'value'", "StringBuilder");
        refused(new TypeReference<Box<StringNode>>() {}, "'value'", "StringNode");
        refused(new TypeReference<Box<Map.Entry<String, Integer>>>() {}, "'value'", "record");
        refused(new TypeReference<Box<Iterable<String>>>() {}, "'value'", "List");
        refused(new TypeReference<Box<Collection<String>>>() {}, "'value'", "List");
        refused(new TypeReference<Box<Deque<String>>>() {}, "'value'", "List");
        refused(new TypeReference<Box<Properties>>() {}, "'value'", "Map");
        refused(new TypeReference<Box<List<Labels>>>() {}, "'value[]'", "Labels");
        refused(new TypeReference<Box<Optional<OptionalInt>>>() {}, "'value'", "Optional");
    }

    @Test
    void whatTheApplicationWritesAndReadsItselfIsItsOwn() throws Exception {
        record Match(
                @JsonSerialize(using = ToPattern.class) @JsonDeserialize(using = FromPattern.class)
                Pattern pattern,

                @JsonSerialize(converter = ToText.class) @JsonDeserialize(converter = FromText.class)
                Key key) {}
        Codec<Match> codec = Codec.json(Match.class);
        assertThat(codec.shape()).isEqualTo("key text\npattern any");
        Match match = codec.decode(codec.encode(new Match(Pattern.compile("a.b"), new Key("k"))));
        assertThat(match.pattern().pattern()).isEqualTo("a.b");
        assertThat(match.key()).isEqualTo(new Key("k"));
    }

    @Test
    void fieldsThatNoPropertyIsOf() throws Exception {
        refused(Hidden.class, "'secret'", "neither written nor read", "@JsonIgnore");
        refused(new TypeReference<Box<List<Heir>>>() {}, "'value[].balance'");
        refused(Nameless.class, "'a'");
        assertThat(Codec.json(NamedOtherwise.class).shape()).isEqualTo("active boolean\nname text");
    }

    @Test
    void keysThatDoNotComeBack() {
        refused(new TypeReference<Box<Map<Key, String>>>() {}, "'value'", "Key", "@JsonValue");
        refused(new TypeReference<Box<Map<List<String>, String>>>() {}, "'value'", "java.util.List");
        refused(new TypeReference<Box<Map<Object, String>>>() {}, "'value'", "Object");
        refused(new TypeReference<Box<Map<byte[], String>>>() {}, "'value'");
    }

    @Test
    void classesThatCannotBeMade() {
        refused(NoCreator.class, "NoCreator", "@JsonCreator", "jackson-module-kotlin");
        refused(new TypeReference<Box<List<NoCreator>>>() {}, "'value[]'", "NoCreator");
        refused(new TypeReference<List<Inner>>() {}, "'[]'", "Inner", "static");
        refused(new TypeReference<Box<Two>>() {}, "'value'", "@JsonValue", "Two");
    }

    @Test
    void propertiesOfOneWayOnly() {
        refused(Computed.class, "'double'", "nothing reads it", "@JsonIgnore");
        refused(ReadOnly.class, "'a'", "ignored when it is read");
        refused(WriteOnly.class, "'secret'", "never written");
        refused(NoGetter.class, "'hidden'", "never written", "getter");
        refused(GetterIgnored.class, "'a'", "never written");
        refused(Taking.class, "@JsonAnyGetter");
        refused(Giving.class, "@JsonAnySetter");
        refused(Raw.class, "'json'", "JsonNode");
        refused(Numbered.class, "'colour'", "RED is written as 0 and cannot be read");
    }

    @Test
    void namesForReadingOrForPeopleOnlyAreNoPartOfTheShape() throws Exception {
        Codec<Setter> setter = Codec.json(Setter.class);
        assertThat(setter.shape()).isEqualTo("b integer");
        assertThat(setter.decode("{\"old_name\":3}").getB()).isEqualTo(3);
        Codec<ForPeople> people = Codec.json(ForPeople.class);
        assertThat(people.shape()).isEqualTo("a integer");
        ForPeople value = new ForPeople();
        value.a = 2;
        assertThat(people.encode(value)).isEqualTo("{\"a\":2,\"double\":4}");
        assertThat(people.decode("{\"a\":2,\"double\":4}").a).isEqualTo(2);
    }

    @Test
    void aValueOfASubclassThatNothingTells() throws Exception {
        refusedWhenWritten(Codec.json(Base.class), new Sub(), "Sub", "Base", "@JsonTypeInfo");
        refusedWhenWritten(
                Codec.json(new TypeReference<Box<Base>>() {}), new Box<>(new Sub()), "'value'", "Sub", "Base");
        refusedWhenWritten(
                Codec.json(new TypeReference<Box<List<Base>>>() {}),
                new Box<>(List.of(new Sub())),
                "'value'",
                "Sub",
                "Base");
        refusedWhenWritten(Codec.json(Pet.class), new Dog(1), "Dog", "Cat");
        refusedWhenWritten(
                Codec.json(new TypeReference<List<Base>>() {}), List.of(new Base(), new Sub()), "Sub", "Base");
        refusedWhenWritten(
                Codec.json(new TypeReference<Map<String, List<Base>>>() {}),
                Map.of("a", List.of(new Sub())),
                "Sub",
                "Base");
        refusedWhenWritten(Codec.json(Base[].class), new Base[] {new Sub()}, "Sub", "Base");
        refusedWhenWritten(Codec.json(new TypeReference<Optional<Base>>() {}), Optional.of(new Sub()), "Sub", "Base");
        refusedWhenWritten(Codec.json(new TypeReference<List<Pet>>() {}), List.of(new Dog(1)), "Dog", "Cat");
        refusedWhenWritten(Codec.json(new TypeReference<Box<Date>>() {}), new Box<>(new Timestamp(1)), "Timestamp");
        refused(Wrapped.class, "Base", "final or a record");
        refusedWhenWritten(Codec.json(new TypeReference<Box<Pet>>() {}), new Box<>(new Dog(1)), "'value'", "Dog");
        Codec<Box<List<Pet>>> pets = Codec.json(new TypeReference<>() {});
        refusedWhenWritten(pets, new Box<>(List.of(new Cat(7), new Dog(1))), "'value'", "Dog");
        Box<List<Pet>> cats = new Box<>(List.of(new Cat(7)));
        assertThat(pets.decode(pets.encode(cats))).isEqualTo(cats);
        Codec<Sub> subs = Codec.json(Sub.class);
        assertThat(subs.decode(subs.encode(new Sub())).b).isZero();
    }

    private static <T> void refusedWhenWritten(Codec<T> codec, T value, String... words) {
        assertThat(codec.shape()).isNotBlank();
        assertThatThrownBy(() -> codec.encode(value)).hasMessageContainingAll(words);
    }

    @Test
    void severalAtOnceAreToldTogether() {
        record Many(
                Object a,
                Animal b,
                Map<Key, String> c,
                Number d,
                Calendar e,
                Timestamp f,
                @Nullable Unnamed g) {}
        refused(Many.class, "Many", "'a'", "'b'", "'c'", "'d'", "'e'", "and 2 more", "Codec.json(type, mapper)");
    }

    @Test
    void withAMapperOfOnesOwnItsRulesHold() throws Exception {
        JsonMapper mapper = JsonMapper.builder().build();
        record Loose(Object any, Number number) {}
        Codec<Loose> loose = Codec.json(Loose.class, mapper);
        assertThat(loose.shape()).contains("any ", "number ");
        assertThat(loose.decode("{\"any\":[1],\"more\":2}").any()).isEqualTo(List.of(1));
        assertThat(Codec.json(Computed.class, mapper).decode("{\"a\":1,\"double\":2}").a)
                .isEqualTo(1);
        assertThatThrownBy(() -> Codec.json(Unnamed.class, mapper).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("Unnamed");
        assertThatThrownBy(() -> Codec.json(NoCreator.class, mapper).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("NoCreator");
    }
}
