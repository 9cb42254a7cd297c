package dev.pagurus.store.internal.query;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Field;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Row;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.internal.value.FieldCodec;
import dev.pagurus.store.internal.value.ValueRow;
import dev.pagurus.store.spi.ExactSum;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Groups as they were asked for, checked and compiled step by step: what an engine is to measure, and its answer as rows. An
 * engine counts, adds and compares; what is rounded, refused or put in order is so here, once for all of them.
 *
 * @param by what makes a group
 * @param order of which aggregate; null for the fields alone
 * @param limit at most so many groups; 0 means no limit
 */
public record GroupPlan<T>(
        QueryPlan<T> query, List<Field<? super T, ?>> by, Aggregate.@Nullable Order order, int limit) {

    /** Makes one without an order and a limit. */
    public static <T> GroupPlan<T> of(QueryPlan<T> query, String what, List<Field<? super T, ?>> by) {
        query.whole(what);
        by.forEach(query.mapping()::codecOf);
        if (by.size() > 1) {
            by.stream().filter(WordsField.class::isInstance).forEach(words -> {
                throw new InvalidValueException("The field '" + words.name() + "' of " + what
                        + " has words, by which documents are grouped alone: give no other field.");
            });
        }
        if (by.size() > 1) {
            Field<?, ?> one = by.get(0);
            Field<?, ?> other = by.get(1);
            if (one.name().equals(other.name())) {
                throw new InvalidValueException(what + " has the field '" + one.name() + "' twice; give it once.");
            }
            if (one instanceof ManyField && other instanceof ManyField) {
                throw new InvalidValueException("Of the fields '" + one.name() + "' and '" + other.name() + "' of "
                        + what + " only one may be a many-field.");
            }
        }
        return new GroupPlan<>(query, List.copyOf(by), null, 0);
    }

    public GroupPlan<T> orderBy(Aggregate.Order other) {
        if (other.aggregate().field().isPresent()) {
            codec(other.aggregate());
        }
        return new GroupPlan<>(query, by, other, limit);
    }

    public GroupPlan<T> limit(int groups) {
        if (groups < 1) {
            throw new InvalidValueException("The limit of groups must be 1 or more, not " + groups + ".");
        }
        return new GroupPlan<>(query, by, order, groups);
    }

    /** Returns what an engine is asked. */
    public Grouping grouping(List<Aggregate<?>> aggregates) {
        Set<Measure> measures = new LinkedHashSet<>();
        aggregates.forEach(aggregate -> measures(aggregate).forEach(measures::add));
        if (order != null) {
            measures(order.aggregate()).forEach(measures::add);
        }
        return new Grouping(
                query.mapping().definition(),
                query.condition(),
                by.stream().map(Field::name).toList(),
                List.copyOf(measures),
                limit == 0 ? null : first());
    }

    /** Returns which groups will do; null if that cannot be said to an engine. */
    private Grouping.@Nullable First first() {
        if (order == null) {
            return new Grouping.First(null, false, limit);
        }
        Aggregate<?> aggregate = order.aggregate();
        boolean isRounded = switch (aggregate.function()) {
            case AVERAGE -> true;
            case SUM -> !(field(aggregate) instanceof LongField);
            case COUNT, MIN, MAX -> false;
        };
        return isRounded
                ? null
                : new Grouping.First(measures(aggregate).findFirst().orElseThrow(), order.descending(), limit);
    }

    private Stream<Measure> measures(Aggregate<?> aggregate) {
        if (aggregate.field().isEmpty()) {
            return Stream.of(Measure.DOCUMENTS);
        }
        String field = codec(aggregate).name();
        return switch (aggregate.function()) {
            case COUNT -> Stream.of(new Measure(Measure.Kind.COUNT, field));
            case SUM -> Stream.of(new Measure(Measure.Kind.SUM, field));
            case AVERAGE -> Stream.of(new Measure(Measure.Kind.SUM, field), new Measure(Measure.Kind.COUNT, field));
            case MIN -> Stream.of(new Measure(Measure.Kind.MIN, field));
            case MAX -> Stream.of(new Measure(Measure.Kind.MAX, field));
        };
    }

    private FieldCodec codec(Aggregate<?> aggregate) {
        @SuppressWarnings("unchecked") // of another type of documents, it is not declared, and refused
        ScalarField<? super T, ?> field = (ScalarField<? super T, ?>) field(aggregate);
        return query.mapping().codecOf(field);
    }

    private static ScalarField<?, ?> field(Aggregate<?> aggregate) {
        return aggregate.field().orElseThrow();
    }

    /** Returns the groups in their order, no more than the limit. */
    public List<Group> ordered(Grouping grouping, List<Group> groups) {
        Comparator<Ranked> byRank = Comparator.comparing(Ranked::rank, nullsFirst());
        Comparator<Ranked> ordered = order != null && order.descending() ? byRank.reversed() : byRank;
        for (int i = 0; i < by.size(); i++) {
            int part = i;
            ordered = ordered.thenComparing(ranked -> ranked.group().key().get(part), nullsFirst());
        }
        return groups.stream()
                .map(group -> new Ranked(group, order == null ? null : rank(grouping, group)))
                .sorted(ordered)
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .map(Ranked::group)
                .toList();
    }

    /** What a group is ordered by before its key. */
    private record Ranked(Group group, @Nullable Object rank) {}

    private static Comparator<@Nullable Object> nullsFirst() {
        return Comparator.nullsFirst(FieldKind::compare);
    }

    private @Nullable Object rank(Grouping grouping, Group group) {
        Aggregate<?> aggregate = Objects.requireNonNull(order).aggregate();
        // A sum that is no long has its place among the others.
        return aggregate.function() == Aggregate.Function.SUM && field(aggregate) instanceof LongField
                ? value(grouping, group, Measure.Kind.SUM, aggregate)
                : raw(grouping, group, aggregate);
    }

    /** Returns groups as rows. */
    public List<Row> rows(Grouping grouping, List<Group> groups, List<Aggregate<?>> aggregates) {
        List<FieldCodec> columns = by.stream().map(query.mapping()::codecOf).toList();
        List<Row> rows = new ArrayList<>(groups.size());
        for (Group group : groups) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < by.size(); i++) {
                Object value = group.key().get(i);
                values.add(value != null && by.get(i) instanceof ManyField ? List.of(value) : value);
            }
            List<@Nullable Object> results = new ArrayList<>();
            aggregates.forEach(aggregate -> results.add(result(grouping, group, aggregate)));
            rows.add(new ValueRow(columns, values, aggregates, results));
        }
        return rows;
    }

    private @Nullable Object result(Grouping grouping, Group group, Aggregate<?> aggregate) {
        Object raw = raw(grouping, group, aggregate);
        return switch (aggregate.function()) {
            case COUNT, SUM -> raw;
            case AVERAGE ->
                field(aggregate) instanceof InstantField ? codec(aggregate).decode(raw) : raw;
            case MIN, MAX -> codec(aggregate).decode(raw);
        };
    }

    /** Returns an aggregate as the values of its field cross the SPI. */
    private @Nullable Object raw(Grouping grouping, Group group, Aggregate<?> aggregate) {
        return switch (aggregate.function()) {
            case COUNT -> value(grouping, group, Measure.Kind.COUNT, aggregate);
            case SUM -> sum(Objects.requireNonNull(value(grouping, group, Measure.Kind.SUM, aggregate)), aggregate);
            case AVERAGE -> average(grouping, group, aggregate);
            case MIN -> value(grouping, group, Measure.Kind.MIN, aggregate);
            case MAX -> value(grouping, group, Measure.Kind.MAX, aggregate);
        };
    }

    private Object sum(Object value, Aggregate<?> aggregate) {
        if (value instanceof ExactSum sum) {
            return sum.value();
        }
        BigInteger sum = (BigInteger) value;
        if (sum.bitLength() >= Long.SIZE) {
            throw new ArithmeticException("The " + aggregate + " of collection '"
                    + query.mapping().definition().name() + "' is " + sum
                    + ", which is not a long. Ask for its average, or sum smaller groups.");
        }
        return sum.longValue();
    }

    private @Nullable Object average(Grouping grouping, Group group, Aggregate<?> aggregate) {
        long count = (Long) Objects.requireNonNull(value(grouping, group, Measure.Kind.COUNT, aggregate));
        if (count == 0) {
            return null;
        }
        Object value = Objects.requireNonNull(value(grouping, group, Measure.Kind.SUM, aggregate));
        if (value instanceof ExactSum sum) {
            return sum.dividedBy(count);
        }
        BigInteger sum = (BigInteger) value;
        if (field(aggregate) instanceof InstantField) {
            return floored(sum, BigInteger.valueOf(count));
        }
        return new ExactSum().add(sum, 0).dividedBy(count);
    }

    /** An average lies between the values. */
    private static long floored(BigInteger sum, BigInteger count) {
        BigInteger[] quotient = sum.divideAndRemainder(count);
        return quotient[0].longValue() - (quotient[1].signum() < 0 ? 1 : 0);
    }

    private static @Nullable Object value(Grouping grouping, Group group, Measure.Kind kind, Aggregate<?> aggregate) {
        Measure measure =
                new Measure(kind, aggregate.field().map(ScalarField::name).orElse(null));
        return group.values().get(grouping.measures().indexOf(measure));
    }
}
