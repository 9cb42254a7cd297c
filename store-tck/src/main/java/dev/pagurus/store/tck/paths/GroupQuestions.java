package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Groups;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OrderedField;
import dev.pagurus.store.Row;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Model;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Questions about what is made of all documents: the ends, sums and distinct values of fields, how many there are of each two
 * values, and of which there are most.
 */
final class GroupQuestions {

    private static final Comparator<@Nullable Object> NULL_FIRST = Comparator.nullsFirst(Model::compare);

    private static final int MOST_GROUPS = 30;

    private static final int DIGITS = 80;

    private static final String NO_LONG = "no long";

    private final Questions questions;

    /** Of its own, so that all other questions stay what they were. */
    private final Random random;

    GroupQuestions(Questions questions) {
        this.questions = questions;
        this.random = new Random(questions.wanted.size());
    }

    void think() {
        List<Field<Parcel, ?>> fields = new ArrayList<>(FieldQuestions.fields(questions.schema));
        fields.removeIf(field -> field instanceof WordsField<?>);
        for (Field<Parcel, ?> field : fields) {
            distinct(field);
            if (field instanceof OrderedField<Parcel, ?> ordered) {
                ends(ordered);
            }
            if (field instanceof LongField<?>) {
                sum(field);
            }
        }
        ends(questions.schema.id());
        ends(questions.schema.updatedAt());
        Collections.shuffle(fields, random);
        for (int i = 0; i + 1 < fields.size(); i++) {
            if (fields.get(i) instanceof ScalarField<Parcel, ?> scalar) {
                pairs(fields.get(i + 1), scalar);
            }
        }
    }

    private void distinct(Field<Parcel, ?> field) {
        questions.once(
                () -> "distinct(" + field + ")",
                () -> WholeQuestions.countBy(questions.wanted, field).keySet().stream()
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList(),
                of -> of.query().distinct(field).stream()
                        .<Object>map(value -> value instanceof Enum<?> constant ? constant.name() : value)
                        .toList());
    }

    /** The sum, if it is a long, and the average, which tells of a sum that is none. */
    @SuppressWarnings("unchecked") // the fields of parcels
    private void sum(Field<Parcel, ?> field) {
        Aggregate<Long> sum = ((LongField<Parcel>) field).sum();
        Aggregate<Double> average = ((LongField<Parcel>) field).average();
        questions.once(
                () -> "the " + sum + " and the " + average,
                () -> {
                    BigInteger right = BigInteger.ZERO;
                    long count = 0;
                    for (Document<Parcel> document : questions.wanted) {
                        if (Model.value(field, document) instanceof Long number) {
                            right = right.add(BigInteger.valueOf(number));
                            count++;
                        }
                    }
                    return Arrays.<@Nullable Object>asList(
                            right.bitLength() < Long.SIZE ? right.longValue() : NO_LONG,
                            count == 0 ? null : divided(right, count));
                },
                of -> {
                    Object found;
                    try {
                        found = Objects.requireNonNull(of.query().aggregate(sum).get(sum), "sum");
                    } catch (ArithmeticException e) {
                        found = NO_LONG;
                    }
                    return Arrays.<@Nullable Object>asList(
                            found, of.query().aggregate(average).get(average));
                });
    }

    /** With far more digits than count. */
    private static Double divided(BigInteger sum, long count) {
        return new BigDecimal(sum)
                .divide(BigDecimal.valueOf(count), new MathContext(DIGITS))
                .doubleValue();
    }

    private void ends(OrderedField<Parcel, ?> field) {
        questions.once(
                () -> "the least and the greatest " + field + ", and how many have one",
                () -> {
                    List<Object> values = questions.wanted.stream()
                            .<@Nullable Object>map(document -> Model.value(field, document))
                            .filter(Objects::nonNull)
                            .map(Objects::requireNonNull)
                            .sorted(Model::compare)
                            .toList();
                    return values.isEmpty()
                            ? Arrays.<@Nullable Object>asList(null, null, 0L)
                            : List.of(values.get(0), values.get(values.size() - 1), (long) values.size());
                },
                of -> {
                    Row row = of.query().aggregate(field.min(), field.max(), field.count());
                    return Arrays.<@Nullable Object>asList(
                            row.get(field.min()), row.get(field.max()), row.get(field.count()));
                });
    }

    /** How many there are of each two values, all of them, and the first by how many there are. */
    private void pairs(Field<Parcel, ?> first, ScalarField<Parcel, ?> second) {
        questions.once(
                () -> "how many there are of each " + first + " and " + second,
                () -> pairs(first, second, Integer.MAX_VALUE),
                of -> pairs(of.query().groupBy(first, second), first, second));
        int limit = 1 + random.nextInt(MOST_GROUPS);
        questions.once(
                () -> "how many there are of the " + limit + " most frequent " + first + " and " + second,
                () -> pairs(first, second, limit),
                of -> pairs(
                        of.query()
                                .groupBy(first, second)
                                .orderBy(Aggregate.count().desc())
                                .limit(limit),
                        first,
                        second));
    }

    private Map<List<@Nullable Object>, Long> pairs(Field<Parcel, ?> first, ScalarField<Parcel, ?> second, int limit) {
        Map<List<@Nullable Object>, Long> counts = new TreeMap<>(GroupQuestions::compare);
        for (Document<Parcel> document : questions.wanted) {
            WholeQuestions.countBy(List.of(document), first)
                    .keySet()
                    .forEach(value -> counts.merge(Arrays.asList(value, Model.value(second, document)), 1L, Long::sum));
        }
        if (limit == Integer.MAX_VALUE) {
            return new LinkedHashMap<>(counts);
        }
        Map<List<@Nullable Object>, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<List<@Nullable Object>, Long>comparingByValue()
                        .reversed())
                .limit(limit)
                .forEach(count -> most.put(count.getKey(), count.getValue()));
        return most;
    }

    private static Map<List<@Nullable Object>, Long> pairs(
            Groups groups, Field<Parcel, ?> first, ScalarField<Parcel, ?> second) {
        Map<List<@Nullable Object>, Long> counts = new LinkedHashMap<>();
        for (Row row : groups.aggregate(Aggregate.count())) {
            counts.put(
                    Arrays.asList(value(row, first), value(row, second)),
                    Objects.requireNonNull(row.get(Aggregate.count()), "count"));
        }
        return counts;
    }

    /** Constants by name, as the model has them. */
    private static @Nullable Object value(Row row, Field<Parcel, ?> field) {
        if (field instanceof ManyField<?> many) {
            return row.get(many).get(0);
        }
        Object value = row.get((ScalarField<Parcel, ?>) field);
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private static int compare(List<@Nullable Object> one, List<@Nullable Object> other) {
        int first = NULL_FIRST.compare(one.get(0), other.get(0));
        return first == 0 ? NULL_FIRST.compare(one.get(1), other.get(1)) : first;
    }
}
