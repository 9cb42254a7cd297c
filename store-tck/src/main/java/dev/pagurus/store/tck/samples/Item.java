package dev.pagurus.store.tck.samples;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document that most clauses store: a field of every kind, and a payload that is none. */
public record Item(
        @Nullable String text,
        @Nullable Long number,
        @Nullable Double real,
        @Nullable Boolean flag,
        @Nullable Instant time,
        @Nullable Color color,
        @Nullable Set<String> tags,
        @Nullable String code,
        @Nullable String payload) {

    /** Declared in another order than that of their names, by which they are ordered. */
    public enum Color {
        RED,
        GREEN,
        BLUE
    }

    public static final TextField<Item> TEXT = TextField.of("text", Item::text);
    public static final LongField<Item> NUMBER = LongField.of("number", Item::number);
    public static final DoubleField<Item> REAL = DoubleField.of("real", Item::real);
    public static final BooleanField<Item> FLAG = BooleanField.of("flag", Item::flag);
    public static final InstantField<Item> TIME = InstantField.of("time", Item::time);
    public static final EnumField<Item, Color> COLOR = EnumField.of("color", Color.class, Item::color);
    public static final ManyField<Item> TAGS = ManyField.of("tags", Item::tags);
    public static final TextField<Item> CODE = TextField.of("code", Item::code);

    /** Not in the standard schema. */
    public static final WordsField<Item> WORDS = WordsField.of("words", item -> beginning(item.text()));

    public static final Schema<Item> SCHEMA = schema("items");

    private static final int SOME_WORDS = 40;

    /** Everything null. */
    public static final Item NOTHING = new Item(null, null, null, null, null, null, null, null, null);

    /** The standard schema under another name. */
    public static Schema<Item> schema(String name) {
        return withoutCode(name).uniqueIndex(CODE);
    }

    /** The same for stores without unique indexes. */
    public static Schema<Item> schemaWithoutUnique(String name) {
        return withoutCode(name).index(CODE);
    }

    private static Schema<Item> withoutCode(String name) {
        return Schema.of(name, Item.class)
                .index(TEXT)
                .index(COLOR, TIME)
                .index(NUMBER.desc(), TEXT)
                .index(TAGS)
                .field(REAL)
                .field(FLAG);
    }

    /** Returns the beginning of a text, whose words are few and as odd as all of its. */
    public static @Nullable String beginning(@Nullable String text) {
        return text == null ? null : text.substring(0, Math.min(text.length(), SOME_WORDS));
    }

    public static Item of(@Nullable String text) {
        return NOTHING.withText(text);
    }

    public static Item ofNumber(long number) {
        return NOTHING.withNumber(number);
    }

    public Item withText(@Nullable String changed) {
        return new Item(changed, number, real, flag, time, color, tags, code, payload);
    }

    public Item withNumber(@Nullable Long changed) {
        return new Item(text, changed, real, flag, time, color, tags, code, payload);
    }

    public Item withNumber(long changed) {
        return withNumber((Long) changed);
    }

    public Item withReal(@Nullable Double changed) {
        return new Item(text, number, changed, flag, time, color, tags, code, payload);
    }

    public Item withFlag(@Nullable Boolean changed) {
        return new Item(text, number, real, changed, time, color, tags, code, payload);
    }

    public Item withTime(@Nullable Instant changed) {
        return new Item(text, number, real, flag, changed, color, tags, code, payload);
    }

    public Item withColor(@Nullable Color changed) {
        return new Item(text, number, real, flag, time, changed, tags, code, payload);
    }

    public Item withTags(@Nullable Set<String> changed) {
        return new Item(text, number, real, flag, time, color, changed, code, payload);
    }

    public Item tagged(String... changed) {
        return withTags(Set.of(changed));
    }

    /** The field that is unique. */
    public Item withCode(@Nullable String changed) {
        return new Item(text, number, real, flag, time, color, tags, changed, payload);
    }

    public Item withPayload(@Nullable String changed) {
        return new Item(text, number, real, flag, time, color, tags, code, changed);
    }

    /** Without what is null, so that failures can be read. */
    @Override
    public String toString() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("text", text);
        values.put("number", number);
        values.put("real", real);
        values.put("flag", flag);
        values.put("time", time);
        values.put("color", color);
        values.put("tags", tags);
        values.put("code", code);
        values.put("payload", payload);
        values.values().removeIf(Objects::isNull);
        return "Item" + values;
    }
}
