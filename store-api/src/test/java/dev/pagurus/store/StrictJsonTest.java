package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What is read is what the type knows, and nothing is taken for something else. */
class StrictJsonTest {

    record Line(String text, int count) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Part {}

    @JsonTypeName("wheel")
    record Wheel(int spokes) implements Part {}

    record Order(Line first, List<Line> lines, Map<String, Line> named, Part part, List<List<Line>> grid) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Shared(String text) {}

    @JsonIgnoreProperties("legacy")
    record Named(String text) {}

    record Renamed(@JsonAlias("old") String text) {}

    enum Mood {
        GOOD
    }

    record Values(
            int integer,
            double real,
            @Nullable String text,
            boolean truth,
            @Nullable Mood mood,
            @Nullable Instant time,
            @Nullable BigDecimal decimal,
            @Nullable BigInteger big,
            @Nullable UUID id,
            @Nullable List<String> list,
            @Nullable JsonNode json) {}

    record Nest(List<Nest> in) {}

    record Checked(int count) {
        Checked {
            if (count < 0) {
                throw new IllegalArgumentException("secret " + count);
            }
        }
    }

    private static void unknown(Class<?> type, String body, String path) {
        assertThatThrownBy(() -> Codec.json(type).decode(body))
                .isInstanceOfSatisfying(
                        UnknownPropertyException.class,
                        e -> assertThat(e.path()).isEqualTo(path))
                .hasMessageContaining("'" + path + "'");
    }

    @Test
    void aPropertyThatTheTypeDoesNotKnowIsToldWithItsPath() {
        unknown(Line.class, "{\"text\":\"a\",\"count\":1,\"colour\":1}", "colour");
        unknown(Line.class, "{\"colour\":{\"a\":[1]},\"text\":\"a\",\"count\":1}", "colour");
        unknown(Order.class, "{\"first\":{\"text\":\"a\",\"colour\":null}}", "first.colour");
        unknown(Order.class, "{\"lines\":[{\"text\":\"a\"},{\"colour\":1}]}", "lines[].colour");
        unknown(Order.class, "{\"named\":{\"x.y\":{\"colour\":1}}}", "named{}.colour");
        unknown(Order.class, "{\"grid\":[[{\"colour\":1}]]}", "grid[][].colour");
        unknown(Order.class, "{\"part\":{\"@type\":\"wheel\",\"spokes\":1,\"colour\":1}}", "part<wheel>.colour");
        unknown(Part.class, "{\"@type\":\"wheel\",\"spokes\":1,\"colour\":1}", "<wheel>.colour");
        unknown(Line.class, "{\"a.b c\":1}", "a\\.b\\ c");
    }

    @Test
    void anAnnotationThatIgnoresAllThatIsUnknownDoesNotCount() {
        unknown(Shared.class, "{\"text\":\"a\",\"other\":1}", "other");
    }

    @Test
    void anAnnotationThatNamesAPropertyCounts() throws Exception {
        assertThat(Codec.json(Named.class).decode("{\"text\":\"a\",\"legacy\":1}"))
                .isEqualTo(new Named("a"));
        assertThat(Codec.json(Renamed.class).decode("{\"old\":\"a\"}")).isEqualTo(new Renamed("a"));
    }

    @Test
    void aComponentThatIsNewIsNullOrZero() throws Exception {
        assertThat(Codec.json(Values.class).decode("{}"))
                .isEqualTo(new Values(0, 0, null, false, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"integer\":1.5}",
                "{\"integer\":1.0}",
                "{\"integer\":\"1\"}",
                "{\"integer\":true}",
                "{\"integer\":2147483648}",
                "{\"integer\":null}",
                "{\"integer\":\"\"}",
                "{\"real\":\"1\"}",
                "{\"real\":true}",
                "{\"text\":1}",
                "{\"text\":1.5}",
                "{\"text\":true}",
                "{\"text\":[\"a\"]}",
                "{\"text\":{}}",
                "{\"truth\":1}",
                "{\"truth\":\"true\"}",
                "{\"mood\":0}",
                "{\"mood\":\"BAD\"}",
                "{\"mood\":\"good\"}",
                "{\"time\":\"yesterday\"}",
                "{\"time\":1}",
                "{\"time\":1.5}",
                "{\"time\":\"\"}",
                "{\"time\":[1]}",
                "{\"mood\":\"\"}",
                "{\"truth\":\"\"}",
                "{\"decimal\":\"\"}",
                "{\"decimal\":\"1\"}",
                "{\"big\":1.5}",
                "{\"big\":\"1\"}",
                "{\"id\":\"\"}",
                "{\"id\":1}",
                "{\"list\":\"a\"}",
                "{\"list\":\"\"}",
                "{\"list\":[1]}",
                "{\"list\":{}}",
                "{} {}",
                "{}x",
                "",
                "[]",
                "1",
                "{\"text\":'a'}",
                "{\"text\":NaN}"
            })
    void whatIsOfAnotherKindIsNotTakenForIt(String body) {
        assertThatThrownBy(() -> Codec.json(Values.class).decode(body)).isNotInstanceOf(UnknownPropertyException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mood":"secret"}                     | 'mood' holds no constant of Mood
            {"integer":"secret"}                  | 'integer' holds no number of the kind int
            {"integer":null}                      | 'integer' holds no number of the kind int
            {"decimal":"secret"}                  | 'decimal' holds no number
            {"truth":"secret"}                    | 'truth' holds neither true nor false
            {"text":77}                           | 'text' holds no text
            {"time":"secret"}                     | 'time' holds no Instant
            {"list":"secret"}                     | 'list' holds no list
            {"list":["a",77]}                     | 'list[]' holds no text
            [77]                                  | the body holds no Values
            null                                  | the body is null
            {"text":secret}                       | the text is not JSON, at line 1, column 9
            """)
    void whatIsWrongIsToldWithItsPathAndWithoutAnyValue(String body, String words) {
        assertThatThrownBy(() -> Codec.json(Values.class).decode(body))
                .hasMessage(words)
                .satisfies(e -> {
                    UndecodableDocumentException told = new UndecodableDocumentException("c", "id", body, e);
                    assertThat(told.reason()).isEqualTo(words);
                    assertThat(told).hasMessageContaining(words).hasMessageNotContainingAny("secret", "77");
                });
    }

    @Test
    void whatASubtypeOrAConstructorRefusesIsTold() {
        assertThatThrownBy(() -> Codec.json(Order.class).decode("{\"part\":{\"@type\":\"secret\"}}"))
                .hasMessage("'part' has no name of a subtype of Part");
        assertThatThrownBy(() -> Codec.json(Checked.class).decode("{\"count\":-77}"))
                .hasMessage("the body is refused by Checked");
    }

    @Test
    void treesOfJsonKeepAllDigits() throws Exception {
        String body = "{\"value\":{\"a\":[1.10,123456789012345678901234567890.10,1E+3,12345678901234567890]}}";
        record Tree(JsonNode value) {}
        Codec<Tree> codec = Codec.json(Tree.class);
        assertThat(codec.encode(codec.decode(body))).isEqualTo(body);
        assertThat(codec.shape()).isEqualTo("value json");
    }

    @Test
    void asDeepAsIsWrittenIsRead() throws Exception {
        Codec<Nest> codec = Codec.json(Nest.class);
        Nest nest = new Nest(List.of());
        for (int depth = 2; depth < StrictJson.DEPTH; depth += 2) {
            nest = new Nest(List.of(nest));
        }
        Nest deepest = nest;
        assertThat(codec.decode(codec.encode(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> codec.encode(new Nest(List.of(deepest)))).hasMessageContaining("500");
        assertThatThrownBy(() -> codec.decode("{\"in\":[" + codec.encode(deepest) + "]}"))
                .hasMessageContaining("500");
    }

    @Test
    void aListOfListsIsAsDeep() throws Exception {
        Codec<JsonNode> codec = Codec.json(new TypeReference<>() {});
        String deepest = "[".repeat(500) + "]".repeat(500);
        assertThat(codec.encode(codec.decode(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> codec.decode("[" + deepest + "]")).hasMessageContaining("500");
    }
}
