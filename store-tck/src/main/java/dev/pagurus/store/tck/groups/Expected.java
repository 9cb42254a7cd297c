package dev.pagurus.store.tck.groups;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is made of documents, in plain Java: every value as a decimal, which all of them are, and so added without a loss. It
 * shares no code with what it checks.
 */
final class Expected {

    /**
     * More than the 1,075 that what lies in the middle between two doubles can have; a quotient that does not is further away
     * from it than any digit after these. By their number and not by that of all digits, which would have zeros taken off.
     */
    private static final int DECIMALS = 1_200;

    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);

    private Expected() {}

    /** A group: the values of its fields, and its documents. */
    record Group(List<@Nullable Object> key, List<Document<Item>> documents) {}

    /** Returns an aggregate of documents. */
    static @Nullable Object of(Aggregate<?> aggregate, List<Document<Item>> documents) {
        if (aggregate.field().isEmpty()) {
            return (long) documents.size();
        }
        @SuppressWarnings("unchecked") // all documents here are items
        ScalarField<Item, ?> field = (ScalarField<Item, ?>) aggregate.field().get();
        List<Object> values = new ArrayList<>();
        for (Document<Item> document : documents) {
            Object value = Model.value(field, document);
            if (value != null) {
                values.add(value);
            }
        }
        return switch (aggregate.function()) {
            case COUNT -> (long) values.size();
            case MIN -> values.stream().min(Model::compare).orElse(null);
            case MAX -> values.stream().max(Model::compare).orElse(null);
            case SUM ->
                field instanceof DoubleField
                        ? real(values, 1)
                        : (Object) sum(values).longValueExact();
            case AVERAGE ->
                values.isEmpty() ? null : field instanceof InstantField ? time(values) : real(values, values.size());
        };
    }

    /** Returns the exact sum, for an order. */
    static BigDecimal sum(List<Object> values) {
        return values.stream().map(Expected::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof Instant time) {
            return BigDecimal.valueOf(time.getEpochSecond())
                    .multiply(MICROS_PER_SECOND)
                    .add(BigDecimal.valueOf(time.getNano() / 1000));
        }
        return value instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf((Long) value);
    }

    private static double real(List<Object> values, int count) {
        double infinities = 0;
        for (Object value : values) {
            infinities += value instanceof Double real && real.isInfinite() ? real : 0;
        }
        if (infinities != 0) {
            return infinities;
        }
        BigDecimal sum = sum(values);
        return (count == 1 ? sum : sum.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_EVEN))
                        .doubleValue()
                // There is one zero.
                + 0.0;
    }

    private static Instant time(List<Object> values) {
        BigDecimal micros = sum(values).divide(BigDecimal.valueOf(values.size()), 0, RoundingMode.FLOOR);
        BigDecimal[] seconds = micros.divideAndRemainder(MICROS_PER_SECOND);
        return Instant.ofEpochSecond(seconds[0].longValueExact(), seconds[1].longValueExact() * 1000);
    }

    /** Returns the groups of documents in the order of their fields' values. */
    static List<Group> groups(List<Document<Item>> documents, List<Field<Item, ?>> by) {
        Map<List<@Nullable Object>, List<Document<Item>>> groups = new TreeMap<>(keys());
        for (Document<Item> document : documents) {
            List<List<@Nullable Object>> keys = List.of(List.of());
            for (Field<Item, ?> field : by) {
                List<List<@Nullable Object>> longer = new ArrayList<>();
                for (List<@Nullable Object> key : keys) {
                    for (Object value : values(field, document)) {
                        List<@Nullable Object> more = new ArrayList<>(key);
                        more.add(value);
                        longer.add(more);
                    }
                }
                keys = longer;
            }
            keys.forEach(key ->
                    groups.computeIfAbsent(key, first -> new ArrayList<>()).add(document));
        }
        List<Group> all = new ArrayList<>();
        groups.forEach((key, members) -> all.add(new Group(key, members)));
        return all;
    }

    private static List<? extends @Nullable Object> values(Field<Item, ?> field, Document<Item> document) {
        if (field instanceof ManyField) {
            Object several = field.extract(document.value());
            return several == null ? List.of() : List.copyOf((Collection<?>) several);
        }
        return Collections.singletonList(Model.value(field, document));
    }

    private static Comparator<List<@Nullable Object>> keys() {
        Comparator<@Nullable Object> one = Comparator.nullsFirst(Model::compare);
        return (left, right) -> {
            for (int i = 0; i < left.size(); i++) {
                int compared = one.compare(left.get(i), right.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    /** Returns groups in the order of an aggregate; those that it leaves equal stay as they were. */
    static List<Group> ordered(List<Group> groups, Aggregate.Order order) {
        // Once for each: an exact quotient takes longer than all else here.
        IdentityHashMap<Group, @Nullable Object> ranks = new IdentityHashMap<>();
        groups.forEach(group -> ranks.put(group, rank(order.aggregate(), group)));
        Comparator<Group> ascending = Comparator.comparing(ranks::get, Comparator.nullsFirst(Model::compare));
        return groups.stream()
                .sorted(order.descending() ? ascending.reversed() : ascending)
                .toList();
    }

    /** A sum of integers has a place also if it is no long. */
    private static @Nullable Object rank(Aggregate<?> aggregate, Group group) {
        if (aggregate.equals(Item.NUMBER.sum())) {
            return sum(group.documents().stream()
                    .map(document -> document.value().number())
                    .filter(Objects::nonNull)
                    .<Object>map(number -> number)
                    .toList());
        }
        return of(aggregate, group.documents());
    }
}
