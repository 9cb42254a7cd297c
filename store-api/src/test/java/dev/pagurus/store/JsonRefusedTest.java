package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Type;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

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

    record Sparse(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags) {}

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
        refused(new TypeReference<Box<IllegalStateException>>() {}, "'value'", "Throwable");
        refused(new TypeReference<Box<Iterator<String>>>() {}, "'value'", "List");
        refused(new TypeReference<Box<Optional<Optional<String>>>>() {}, "'value'", "Optional");
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
        refused(Sparse.class, "'tags'", "NON_NULL");
        refused(Numbered.class, "'colour'", "number");
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
