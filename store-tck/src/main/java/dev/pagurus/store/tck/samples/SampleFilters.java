package dev.pagurus.store.tck.samples;

import dev.pagurus.store.Filter;
import dev.pagurus.store.OrderedField;
import dev.pagurus.store.ScalarField;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Filters of every kind over the standard items. */
public final class SampleFilters {

    private SampleFilters() {}

    /** Returns every comparison of a field with every one of some values. */
    public static <V> List<Filter<Item>> comparisons(OrderedField<Item, V> field, List<V> values) {
        List<Filter<Item>> filters = new ArrayList<>(equalities(field, values));
        for (V value : values) {
            filters.add(field.lt(value));
            filters.add(field.lte(value));
            filters.add(field.gt(value));
            filters.add(field.gte(value));
            filters.add(field.between(value, values.get(values.size() / 2)));
        }
        return filters;
    }

    /** Returns what fields without an order can be compared by. */
    public static <V> List<Filter<Item>> equalities(ScalarField<Item, V> field, List<V> values) {
        List<Filter<Item>> filters = new ArrayList<>(List.of(field.isNull(), field.isNotNull(), field.in(List.of())));
        for (V value : values) {
            filters.add(field.eq(value));
            filters.add(field.ne(value));
        }
        for (int i = 0; i + 2 < values.size(); i += 3) {
            filters.add(field.in(values.subList(i, i + 3)));
        }
        return filters;
    }

    /** Returns prefixes of every kind: wildcards, halves of letters, the ends of the code points, nothing. */
    public static List<Filter<Item>> prefixes() {
        List<Filter<Item>> filters = new ArrayList<>();
        for (String text : Samples.TEXTS) {
            filters.add(Item.TEXT.startsWith(text));
        }
        filters.add(Item.TEXT.startsWith("a" + Samples.UD7FF));
        filters.add(Item.TEXT.startsWith(Samples.U10FFFF + "x"));
        filters.add(Item.SCHEMA.id().startsWith(Samples.U10000));
        return filters;
    }

    public static List<Filter<Item>> many() {
        List<Filter<Item>> filters = new ArrayList<>(List.of(
                Item.TAGS.isEmpty(),
                Item.TAGS.containsAny(List.of()),
                Item.TAGS.containsAny("home", "work"),
                Item.TAGS.containsAny("home", "home", "missing"),
                Item.TAGS.contains("home").and(Item.TAGS.contains("work")),
                Item.TAGS.contains("home").or(Item.TAGS.isEmpty())));
        for (String tag : Samples.TAGS) {
            filters.add(Item.TAGS.contains(tag));
        }
        return filters;
    }

    /** Returns one filter of every kind for each field, and joins of them. */
    public static List<Filter<Item>> every() {
        List<Filter<Item>> filters = new ArrayList<>();
        filters.addAll(comparisons(Item.TEXT, List.of("", "a", "a%b", Samples.UFFFF, Samples.U10000)));
        filters.addAll(comparisons(Item.NUMBER, List.of(Long.MIN_VALUE, 0L, 9L, Long.MAX_VALUE)));
        filters.addAll(comparisons(Item.REAL, List.of(-0.0, 0.1, Double.POSITIVE_INFINITY)));
        filters.addAll(comparisons(Item.TIME, Samples.TIMES.subList(2, 5)));
        filters.addAll(comparisons(Item.SCHEMA.id(), List.of("b", "missing", Samples.U10000)));
        filters.addAll(equalities(Item.FLAG, List.of(true, false)));
        filters.addAll(equalities(Item.COLOR, List.of(Item.Color.values())));
        filters.addAll(prefixes());
        filters.addAll(many());
        filters.add(Filter.allOf(List.of()));
        filters.add(Filter.anyOf(List.of()));
        return filters;
    }

    /** Returns a tree of filters, as the seed brings it. */
    public static Filter<Item> random(Random random, int depth) {
        if (depth == 0) {
            List<Filter<Item>> leaves = every();
            return leaves.get(random.nextInt(leaves.size()));
        }
        List<Filter<Item>> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(random(random, random.nextInt(depth)));
        }
        Filter<Item> joined = random.nextBoolean() ? Filter.allOf(parts) : Filter.anyOf(parts);
        return random.nextInt(3) == 0 ? joined.not() : joined;
    }
}
