package dev.pagurus.store.tck.schemas;

import dev.pagurus.store.Codec;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UnknownPropertyException;
import dev.pagurus.store.Upgrade;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * A collection over three revisions, in each of which its documents look different. Each upgrade also writes its number behind
 * the headline, so that one that was done twice, left out or done in another order shows.
 */
final class Letters {

    record First(String title, @Nullable String colour, long price) {}

    record Second(String headline, long price) {}

    record Third(String headline, long cents, String kind) {}

    /** The same to one who does not know what its bodies mean. */
    static final Codec<String> RAW = Codec.of(text -> text, text -> text);

    static final JsonUpgrade TO_SECOND =
            numbered(JsonUpgrade.start().rename("title", "headline").drop("colour"), 1);

    static final JsonUpgrade TO_THIRD =
            numbered(JsonUpgrade.start().rename("price", "cents").add("kind", "letter"), 2);

    static final Schema<First> FIRST = firstOf("letters");

    static final TextField<Second> SECOND_HEADLINE = TextField.of("headline", Second::headline);

    static final Schema<Second> SECOND = secondOf("letters");

    static final TextField<Third> HEADLINE = TextField.of("headline", Third::headline);
    static final LongField<Third> CENTS = LongField.of("cents", Third::cents);

    static final Schema<Third> THIRD = third(TO_SECOND, TO_THIRD);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Letters() {}

    static Schema<First> firstOf(String name) {
        return Schema.of(name, strict(First.class))
                .index(TextField.of("title", First::title))
                .field(LongField.of("price", First::price));
    }

    static Schema<Second> secondOf(String name) {
        return Schema.of(name, strict(Second.class))
                .index(SECOND_HEADLINE)
                .field(LongField.of("price", Second::price))
                .revision(2)
                .upgrade(1, TO_SECOND);
    }

    static Schema<Third> third(Upgrade toSecond, Upgrade toThird) {
        return thirdOf("letters").upgrade(1, toSecond).upgrade(2, toThird);
    }

    /** Without upgrades. */
    static Schema<Third> thirdOf(String name) {
        return Schema.of(name, strict(Third.class)).index(HEADLINE).field(CENTS).revision(3);
    }

    static First first(int number) {
        return new First("letter " + number, number % 2 == 0 ? "red" : null, number);
    }

    /** What becomes of the letter of this number. */
    static Third third(int number) {
        return new Third("letter " + number + " 1 2", number, "letter");
    }

    static JsonUpgrade numbered(JsonUpgrade upgrade, int number) {
        return upgrade.map("headline", old -> StringNode.valueOf(old.stringValue() + " " + number));
    }

    /** A codec to which a property that its type does not know is an error, as the store's own is. */
    static <T> Codec<T> strict(Class<T> type) {
        return Codec.of(value -> MAPPER.writeValueAsString(value), text -> {
            try {
                return MAPPER.readValue(text, type);
            } catch (UnrecognizedPropertyException e) {
                throw new UnknownPropertyException(path(e), type.getSimpleName(), e);
            }
        });
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            path.append(name == null ? "[]" : (path.isEmpty() ? "" : ".") + name);
        }
        return path.toString();
    }
}
