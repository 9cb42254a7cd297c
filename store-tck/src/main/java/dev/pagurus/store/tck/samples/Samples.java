package dev.pagurus.store.tck.samples;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values where engines like to differ, and sets of items made of them. There are few of each kind, so that items tie in
 * every order.
 */
public final class Samples {

    /** The least and the greatest character that Java writes with two chars, and those that surround all surrogates. */
    public static final String U10000 = "\uD800\uDC00";

    public static final String U10FFFF = "\uDBFF\uDFFF";
    public static final String UD7FF = "\uD7FF";
    public static final String UE000 = "\uE000";
    public static final String UFFFF = "\uFFFF";

    /** Two ways to write the same letter. */
    public static final String E_ACUTE = "\u00E9";

    public static final String E_WITH_ACUTE = "e\u0301";

    public static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "a ",
            "aa",
            "ab",
            "a%b",
            "a_b",
            "axb",
            "%",
            "_",
            "\\",
            "\\%",
            "'",
            "\"",
            "''--",
            "B",
            "Z",
            "z",
            "10",
            "9",
            "\u00DF",
            "ss",
            "\u0130",
            "i",
            E_ACUTE,
            E_WITH_ACUTE,
            UD7FF,
            UE000,
            UFFFF,
            U10000,
            U10FFFF,
            "a" + UFFFF,
            "a" + U10000,
            U10FFFF + U10FFFF,
            "\u0001",
            "\t",
            "\n");

    public static final List<Long> NUMBERS = List.of(
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -9_007_199_254_740_993L,
            -10L,
            -9L,
            -1L,
            0L,
            1L,
            2L,
            9L,
            10L,
            9_007_199_254_740_992L,
            9_007_199_254_740_993L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE);

    public static final List<Double> REALS = List.of(
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -1.5,
            -Double.MIN_NORMAL,
            -Double.MIN_VALUE,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0.1,
            0.3,
            0.30000000000000004,
            1.0,
            9_007_199_254_740_992.0,
            1e300,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY);

    public static final List<Instant> TIMES = List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1582-10-10T12:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("1970-01-01T00:00:00.000001Z"),
            Instant.parse("2024-02-29T12:30:00.123456Z"),
            Instant.parse("2024-02-29T12:30:00.123457Z"),
            Instant.parse("2024-10-27T01:30:00Z"),
            Instant.parse("2038-01-19T03:14:08Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));

    static final List<String> TAGS =
            List.of("", "home", "Home", "work", "a%", "a_", "ab", E_ACUTE, E_WITH_ACUTE, U10FFFF, "',(");

    private Samples() {}

    /**
     * Returns items with the sample values in every combination that the seed brings; about one field in six is null. The
     * payload of each is its id.
     */
    public static List<Item> items(long seed, int count) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = List.of("", "b", "B", E_ACUTE, UFFFF, U10000).get(random.nextInt(6)) + i;
            items.add(item(random)
                    .withCode(random.nextBoolean() ? null : "code " + id)
                    .withPayload(id));
        }
        return items;
    }

    /** Returns one item, without a code, which is unique. */
    public static Item item(Random random) {
        return Item.of(any(random, TEXTS))
                .withNumber(any(random, NUMBERS))
                .withReal(any(random, REALS))
                .withFlag(any(random, List.of(true, false)))
                .withTime(any(random, TIMES))
                .withColor(any(random, Arrays.asList(Item.Color.values())))
                .withTags(tags(random));
    }

    /** Returns one item for each value, and one without; the payload of each is its id. */
    public static <V> List<Item> each(List<V> values, Function<@Nullable V, Item> with) {
        List<Item> items = new ArrayList<>();
        for (V value : values) {
            items.add(with.apply(value).withPayload("item " + items.size()));
        }
        items.add(with.apply(null).withPayload("without"));
        return items;
    }

    /** Stores items whose payload is their id, and returns them as documents. */
    public static List<Document<Item>> store(DocumentCollection<Item> collection, List<Item> items) {
        BulkResult result = collection.insertAll(items.stream(), Samples::id, OnConflict.FAIL);
        if (result.written() != items.size()) {
            throw new AssertionError("The samples could not be stored: " + result);
        }
        return List.copyOf(
                collection.getAll(items.stream().map(Samples::id).toList()).values());
    }

    private static String id(Item item) {
        return Objects.requireNonNull(item.payload());
    }

    private static <V> @Nullable V any(Random random, List<V> values) {
        return random.nextInt(6) == 0 ? null : values.get(random.nextInt(values.size()));
    }

    private static @Nullable Set<String> tags(Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        List<String> shuffled = new ArrayList<>(TAGS);
        Collections.shuffle(shuffled, random);
        return new LinkedHashSet<>(shuffled.subList(0, random.nextInt(4)));
    }
}
