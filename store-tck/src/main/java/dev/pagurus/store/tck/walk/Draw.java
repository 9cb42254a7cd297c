package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OrderedField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.samples.Hazards;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws ids, values and filters for a walk: few of each, so that the steps meet. */
final class Draw {

    private static final int SMALL_IDS = 12;
    private static final int HAZARDOUS_IDS = 10;
    private static final int ITEMS = 16;
    private static final int CODES = 4;

    /** What each kind of comparison asks for. */
    private static final List<Field<Item, ?>> ASKED = List.of(
            Item.TEXT,
            Item.TEXT,
            Item.NUMBER,
            Item.REAL,
            Item.TIME,
            Item.COLOR,
            Item.CODE,
            Item.TAGS,
            Item.SCHEMA.id());

    private static final List<Item.Color> COLORS = List.of(Item.Color.values());

    /** Of how many documents of a large collection one is not small. */
    private static final int ONE_IN = 60;

    /** What is numbered from here on is no document that is there. */
    private static final int UNSEEN = 50_000;

    /** Of how many documents of a large collection one has a code. */
    private static final int ONE_IN_CODES = 10;

    private final Random random;
    private final Terrain terrain;
    private final Hazards hazards;
    private final List<String> ids = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private Field<Item, ?> askedLast = Item.TEXT;
    private int unseen;

    Draw(Random random, Terrain terrain) {
        this.random = random;
        this.terrain = terrain;
        this.hazards = new Hazards(random);
        IntStream.range(0, SMALL_IDS).forEach(i -> ids.add("p" + i));
        IntStream.range(0, CODES).forEach(i -> codes.add("code " + i));
        if (terrain.land().hazards()) {
            ids.addAll(hazards.ids(HAZARDOUS_IDS));
            codes.addAll(hazards.texts(CODES));
        }
        for (int i = 0; i < ITEMS; i++) {
            items.add(terrain.land().hazards() && i % 4 > 0 ? hazards.item() : Samples.item(random));
        }
    }

    <V> V any(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }

    String id() {
        return isLarge() && random.nextInt(3) == 0
                ? numbered(random.nextInt(terrain.land().documents()))
                : any(ids);
    }

    /** An id and a value, with a code or without. */
    Parts.Given given() {
        Item item = random.nextBoolean() ? any(items) : Samples.item(random);
        String text = item.text();
        if (terrain.land().hazards() && text != null && random.nextInt(4) == 0) {
            item = item.withText(hazards.textThatIsNot(text));
        }
        return new Parts.Given(id(), random.nextInt(3) == 0 ? item.withCode(any(codes)) : item);
    }

    private static String codeOf(int number) {
        return "code of " + number;
    }

    /** Returns what a bulk write is given: one id twice, now and then. */
    List<Parts.Given> bulk(int count) {
        List<Parts.Given> given = new ArrayList<>();
        int first = isLarge() ? random.nextInt(terrain.land().documents()) : 0;
        int turn = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            given.add(count < SMALL_IDS || i % ONE_IN == ONE_IN - 1 ? given() : small(first + i, turn));
            if (i % ONE_IN == ONE_IN / 2) {
                // It wants the code of one that came long before.
                Parts.Given wanting = given.get(i);
                given.set(i, new Parts.Given(wanting.id(), wanting.item().withCode(codeOf(round(first + i / 3)))));
            }
        }
        return given;
    }

    /** Returns documents that are new in each collection. */
    List<Parts.Given> unseen(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> small(UNSEEN + unseen++, 0))
                .toList();
    }

    /** Returns the number before this one that has a code. */
    private static int round(int number) {
        return number - number % ONE_IN_CODES;
    }

    /** Returns how many documents a bulk write is given. */
    int size() {
        return isLarge() && random.nextInt(3) == 0 ? hazards.size(2000) : 1 + random.nextInt(6);
    }

    /** Returns the limit of a query, or 0 for none. */
    int limit() {
        return random.nextBoolean() ? 0 : isLarge() ? hazards.size(1500) : 1 + random.nextInt(5);
    }

    boolean isLarge() {
        return terrain.land().documents() > 0;
    }

    Filter<Item> filter() {
        return switch (random.nextInt(8)) {
            case 0 -> Parts.EVERYTHING;
            case 1, 2 -> SampleFilters.random(random, 2);
            case 3 -> leaf().and(leaf());
            case 4 -> leaf().or(leaf()).not();
            default -> leaf();
        };
    }

    /** Returns a field that the last filter asks for: to count by it is another question than to count by any. */
    Field<Item, ?> askedLast() {
        return askedLast;
    }

    /** A filter that few documents match. */
    Filter<Item> narrowFilter() {
        List<String> some = IntStream.range(0, 12).mapToObj(i -> id()).toList();
        return Item.SCHEMA.id().in(some).and(filter());
    }

    /** A document of a large collection: like its neighbours in most of it, and another one at each turn. */
    private Parts.Given small(int number, int turn) {
        int kind = number + turn;
        Item item = Item.of("t" + kind % 7)
                .withNumber(kind % 5)
                .withReal(number / 4.0)
                .withFlag(kind % 2 == 0)
                .withColor(COLORS.get(kind % 3))
                .withTags(kind % 4 == 0 ? null : Set.of("all", "tag " + kind % 3))
                .withPayload("number " + number);
        return new Parts.Given(numbered(number), number % ONE_IN_CODES == 0 ? item.withCode(codeOf(number)) : item);
    }

    private static String numbered(int number) {
        return "d" + (10_000 + number);
    }

    /** One comparison with a value that some document has, or nearly has. */
    private Filter<Item> leaf() {
        Item item =
                isLarge() && random.nextBoolean() ? small(random.nextInt(50), 0).item() : any(items);
        int kind = random.nextInt(9);
        askedLast = ASKED.get(kind);
        return switch (kind) {
            case 0, 1 -> text(Item.TEXT, item.text());
            case 2 -> ordered(Item.NUMBER, item.number());
            case 3 -> ordered(Item.REAL, item.real());
            case 4 -> ordered(Item.TIME, item.time());
            case 5 -> equality(Item.COLOR, item.color());
            case 6 -> text(Item.CODE, any(codes));
            case 7 -> tags(item.tags());
            default -> text(Item.SCHEMA.id(), id());
        };
    }

    private Filter<Item> text(TextField<Item> field, @Nullable String value) {
        if (value == null || random.nextInt(3) > 0) {
            return ordered(field, value);
        }
        return switch (random.nextInt(3)) {
            case 0 ->
                field.startsWith(value.substring(
                        0, value.offsetByCodePoints(0, Math.min(3, value.codePointCount(0, value.length())))));
            case 1 -> field.startsWith(value);
            default -> field.eq(hazards.textThatIsNot(value));
        };
    }

    private <V> Filter<Item> ordered(OrderedField<Item, V> field, @Nullable V value) {
        if (value == null) {
            return field.isNull();
        }
        return switch (random.nextInt(8)) {
            case 0 -> field.lt(value);
            case 1 -> field.lte(value);
            case 2 -> field.gt(value);
            case 3 -> field.gte(value);
            default -> equality(field, value);
        };
    }

    private <V> Filter<Item> equality(ScalarField<Item, V> field, @Nullable V value) {
        if (value == null) {
            return random.nextBoolean() ? field.isNull() : field.isNotNull();
        }
        return switch (random.nextInt(4)) {
            case 0 -> field.ne(value);
            case 1 -> field.in(List.of(value));
            default -> field.eq(value);
        };
    }

    private Filter<Item> tags(@Nullable Set<String> values) {
        Set<String> all = new LinkedHashSet<>(values == null ? Set.of() : values);
        if (all.isEmpty()) {
            return Item.TAGS.isEmpty();
        }
        String one = any(List.copyOf(all));
        return switch (random.nextInt(3)) {
            case 0 -> Item.TAGS.containsAny(all);
            case 1 -> Item.TAGS.contains(one).not();
            default -> Item.TAGS.contains(one);
        };
    }
}
