package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.ExactSum;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.GroupFold;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores that make something else of many documents. */
final class GroupMutants {

    /** As some engines keep an integer on its way. */
    private static final int LONGEST_SUM = 128;

    private GroupMutants() {}

    @Breaks(Clause.Q52)
    static Mutant countsOfAFieldCountNullsToo() {
        return Mutant.answers(new Answers() {
            @Override
            public @Nullable Object measure(Grouping grouping, Measure measure, List<Row> rows) {
                return measure.kind() == Measure.Kind.COUNT
                        ? (Object) (long) rows.size()
                        : super.measure(grouping, measure, rows);
            }
        });
    }

    @Breaks(Clause.Q52)
    static Mutant theLeastTextIsTheLeastByUtf16() {
        return Mutant.answers(new Answers() {
            @Override
            public @Nullable Object measure(Grouping grouping, Measure measure, List<Row> rows) {
                boolean isText = measure.field() != null && grouping.kind(measure) == FieldKind.TEXT;
                if (!isText || measure.kind() == Measure.Kind.COUNT) {
                    return super.measure(grouping, measure, rows);
                }
                List<String> texts = new ArrayList<>();
                for (Row row : rows) {
                    if (row.value(grouping.collection(), Objects.requireNonNull(measure.field()))
                            instanceof String text) {
                        texts.add(text);
                    }
                }
                return measure.kind() == Measure.Kind.MIN
                        ? texts.stream().min(Comparator.naturalOrder()).orElse(null)
                        : texts.stream().max(Comparator.naturalOrder()).orElse(null);
            }
        });
    }

    /** The index leads from null on. */
    @Breaks(Clause.Q52)
    static Mutant theLeastOfAllIsNullIfOneIs() {
        return Mutant.answers(new Answers() {
            @Override
            public @Nullable Object measure(Grouping grouping, Measure measure, List<Row> rows) {
                boolean hasNull = measure.kind() == Measure.Kind.MIN
                        && rows.stream()
                                .anyMatch(
                                        row -> row.value(grouping.collection(), Objects.requireNonNull(measure.field()))
                                                == null);
                return hasNull ? null : super.measure(grouping, measure, rows);
            }
        });
    }

    @Breaks(Clause.Q53)
    static Mutant integersAreAddedAsDoubles() {
        return Mutant.answers(new Answers() {
            @Override
            protected BigInteger sumOfLongs(List<Object> values) {
                return new BigDecimal(values.stream()
                                .mapToDouble(value -> ((Long) value).doubleValue())
                                .sum())
                        .toBigInteger();
            }
        });
    }

    @Breaks(Clause.Q53)
    static Mutant theSumOfIntegersWrapsAround() {
        return Mutant.answers(new Answers() {
            @Override
            protected BigInteger sumOfLongs(List<Object> values) {
                return BigInteger.valueOf(
                        values.stream().mapToLong(value -> (Long) value).sum());
            }
        });
    }

    @Breaks(Clause.Q53)
    static Mutant theSumThatIsNoLongIsCut() {
        return Mutant.source("internal/query/GroupPlan", "sum.bitLength() >= Long.SIZE", "sum.bitLength() >= 999");
    }

    @Breaks(Clause.Q53)
    static Mutant anAverageOfIntegersIsThatOfDoubles() {
        return Mutant.source(
                "internal/query/GroupPlan",
                "new ExactSum().add(sum, 0).dividedBy(count)",
                "(Object) (sum.doubleValue() / count)");
    }

    @Breaks(Clause.Q54)
    static Mutant realNumbersAreAddedOneByOne() {
        return doubles(values -> {
            double sum = 0;
            for (Object value : values) {
                sum += (Double) value;
            }
            return sum;
        });
    }

    /** As SQLite does it, which loses what is smaller than the loss. */
    @Breaks(Clause.Q54)
    static Mutant realNumbersAreAddedWithACompensation() {
        return doubles(values -> {
            double sum = 0;
            double lost = 0;
            for (Object one : values) {
                double value = (Double) one;
                double next = sum + value;
                lost += Math.abs(sum) > Math.abs(value) ? sum - next + value : value - next + sum;
                sum = next;
            }
            return Double.isFinite(sum) ? sum + lost : sum;
        });
    }

    @Breaks(Clause.Q54)
    static Mutant realNumbersAreAddedWithSomeDigits() {
        return doubles(values -> {
            BigDecimal sum = BigDecimal.ZERO;
            double infinities = 0;
            for (Object value : values) {
                double number = (Double) value;
                if (Double.isInfinite(number)) {
                    infinities += number;
                } else {
                    sum = sum.add(new BigDecimal(number)).round(new MathContext(LONGEST_SUM));
                }
            }
            return infinities == 0 ? sum.doubleValue() : infinities;
        });
    }

    private static Mutant doubles(Function<List<Object>, Double> sum) {
        return Mutant.answers(new Answers() {
            @Override
            protected ExactSum sumOfDoubles(List<Object> values) {
                double added = sum.apply(values);
                return Double.isNaN(added)
                        ? new ExactSum().addInfinity(true).addInfinity(false)
                        : new ExactSum().add(added);
            }
        });
    }

    @Breaks(Clause.Q54)
    static Mutant anAverageOfRealNumbersIsRoundedTwice() {
        return Mutant.source("internal/query/GroupPlan", "sum.dividedBy(count)", "(Object) (sum.value() / count)");
    }

    @Breaks(Clause.Q55)
    static Mutant anAverageOfInstantsIsTruncated() {
        return Mutant.source("internal/query/GroupPlan", "quotient[1].signum() < 0 ? 1 : 0", "0");
    }

    @Breaks(Clause.Q55)
    static Mutant anAverageOfInstantsIsOfMilliseconds() {
        return Mutant.source(
                "internal/query/GroupPlan",
                "return quotient[0].longValue()",
                "return quotient[0].longValue() / 1000 * 1000");
    }

    @Breaks(Clause.Q56)
    static Mutant documentsWithoutOneOfTwoFieldsAreInNoGroup() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                return super.groups(state, grouping).stream()
                        .filter(group -> group.key().size() < 2 || !group.key().contains(null))
                        .toList();
            }
        });
    }

    /** The join with the values of a many-field is made once for each of two that match. */
    @Breaks(Clause.Q56)
    static Mutant aGroupOfAManyFieldMeasuresEachDocumentOfItsTagsTwice() {
        return Mutant.answers(new Answers() {
            @Override
            public @Nullable Object measure(Grouping grouping, Measure measure, List<Row> rows) {
                boolean isDoubled = grouping.many() != null && measure.kind() == Measure.Kind.COUNT;
                Object value = super.measure(grouping, measure, rows);
                return isDoubled && value instanceof Long count && rows.size() > 2 ? (Object) (count + 1) : value;
            }
        });
    }

    @Breaks(Clause.Q56)
    static Mutant distinctValuesHaveNullAmongThem() {
        return Mutant.source("internal/collection/TypedReadQuery", "if (value != null)", "if (values != null)");
    }

    @Breaks(Clause.Q57)
    static Mutant theLimitIsInFrontOfTheOrder() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                List<Group> groups = super.groups(state, grouping);
                Grouping.First first = grouping.first();
                return first == null ? groups : groups.subList(0, Math.min(groups.size(), first.groups()));
            }
        });
    }

    /** Which of those that are equal is first, the engine leaves open. */
    @Breaks(Clause.Q57)
    static Mutant equalGroupsAreCutAnywhere() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                List<Group> groups = new ArrayList<>(super.groups(state, grouping));
                Grouping.First first = grouping.first();
                Measure by = first == null ? null : first.by();
                if (first == null || by == null) {
                    return groups;
                }
                int measure = grouping.measures().indexOf(by);
                Collections.reverse(groups);
                Comparator<Group> order = Comparator.comparing(
                        group -> group.values().get(measure), Comparator.nullsFirst(this::compare));
                groups.sort(first.descending() ? order.reversed() : order);
                return groups.subList(0, Math.min(groups.size(), first.groups()));
            }
        });
    }

    @Breaks(Clause.Q57)
    static Mutant aDescendingOrderHasNullFirst() {
        return Mutant.source(
                "internal/query/GroupPlan",
                "Comparator<Ranked> byRank = Comparator.comparing(Ranked::rank, nullsFirst())",
                "Comparator<Ranked> byRank = Comparator.comparing(Ranked::rank, order != null && order.descending() ?"
                        + " Comparator.nullsLast(FieldKind::compare) : nullsFirst())");
    }

    @Breaks(Clause.Q58)
    static Mutant aggregatesTakeALimit() {
        return Mutant.source("internal/query/GroupPlan", "query.whole(what);", "");
    }

    @Breaks(value = Clause.T33, race = true)
    static Mutant groupsAreNotValidated() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean ofGroups;

            @Override
            public List<Group> groups(Grouping grouping) {
                ofGroups = true;
                try {
                    return super.groups(grouping);
                } finally {
                    ofGroups = false;
                }
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                return ofGroups
                        ? super.read(state -> new Unvalidated<>(call.apply(state)))
                                .answer()
                        : super.read(call);
            }
        });
    }

    /** As an engine does that measures one part after the other. */
    @Breaks(value = Clause.Q39, race = true)
    static Mutant eachHalfIsMeasuredInAStateOfItsOwn() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<Group> groups(Grouping grouping) {
                GroupFold fold = new GroupFold(grouping);
                read(state -> half(0).groups(state, grouping)).forEach(fold::add);
                Mutant.pause();
                read(state -> half(1).groups(state, grouping)).forEach(fold::add);
                return fold.groups();
            }
        });
    }

    private static Answers half(int which) {
        return new Answers() {
            @Override
            public List<Row> matching(State state, CollectionDefinition collection, Condition filter) {
                return super.matching(state, collection, filter).stream()
                        .filter(row -> Math.floorMod(row.id().hashCode(), 2) == which)
                        .toList();
            }
        };
    }
}
