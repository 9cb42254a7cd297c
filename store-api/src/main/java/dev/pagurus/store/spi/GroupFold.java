package dev.pagurus.store.spi;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes groups of documents that an engine reads in one statement, one after the other: for what its SQL cannot say, as the
 * exact sum of doubles. In memory are the groups, and no document. It is all that {@link Reads#groups} needs; {@link
 * Grouping#first} is left to others. Used by one thread.
 */
public final class GroupFold {

    private static final int HALF = 32;

    private final Grouping grouping;
    private final List<Integer> columns = new ArrayList<>();
    private final Map<List<@Nullable Object>, Tally[]> groups = new LinkedHashMap<>();

    /** Starts without a document. */
    public GroupFold(Grouping grouping) {
        this.grouping = grouping;
        List<String> measured = grouping.measured();
        grouping.measures().forEach(measure -> columns.add(measured.indexOf(measure.field())));
        if (grouping.by().isEmpty()) {
            of(List.of());
        }
    }

    /**
     * Adds a document to a group; one that is in several groups is added to each.
     *
     * @param key its values of {@link Grouping#by}; of a many-field, one text
     * @param values its values of {@link Grouping#measured}
     */
    public void add(List<@Nullable Object> key, List<@Nullable Object> values) {
        Tally[] tallies = of(key);
        for (int i = 0; i < tallies.length; i++) {
            int column = columns.get(i);
            // Where documents are counted, it is only not null.
            Object value = column < 0 ? key : values.get(column);
            if (value != null) {
                tallies[i].add(value);
            }
        }
    }

    /** Adds documents of one group that were measured together. */
    public void add(Group part) {
        Tally[] tallies = of(part.key());
        for (int i = 0; i < tallies.length; i++) {
            Object value = part.values().get(i);
            if (value != null) {
                tallies[i].join(value);
            }
        }
    }

    /** Returns all groups. */
    public List<Group> groups() {
        List<Group> all = new ArrayList<>(groups.size());
        groups.forEach((key, tallies) -> {
            List<@Nullable Object> values = new ArrayList<>(tallies.length);
            for (Tally tally : tallies) {
                values.add(tally.value());
            }
            all.add(new Group(key, values));
        });
        return all;
    }

    private Tally[] of(List<@Nullable Object> key) {
        Tally[] known = groups.get(key);
        if (known != null) {
            return known;
        }
        Tally[] tallies = grouping.measures().stream().map(this::tally).toArray(Tally[]::new);
        groups.put(new ArrayList<>(key), tallies);
        return tallies;
    }

    private Tally tally(Measure measure) {
        return switch (measure.kind()) {
            case COUNT -> new Count();
            case SUM -> grouping.isSumOfDoubles(measure) ? new DoubleSum() : new LongSum();
            case MIN -> new End(-1);
            case MAX -> new End(1);
        };
    }

    /** What one measure is so far. */
    private sealed interface Tally {
        /** Adds the value of one document. */
        void add(Object value);

        /** Adds what the measure is of some documents. */
        void join(Object value);

        @Nullable
        Object value();
    }

    private static final class Count implements Tally {
        private long count;

        @Override
        public void add(Object value) {
            count++;
        }

        @Override
        public void join(Object value) {
            count += (Long) value;
        }

        @Override
        public Object value() {
            return count;
        }
    }

    /** The upper halves and the lower ones, whose sums have room for billions. */
    private static final class LongSum implements Tally {
        private BigInteger joined = BigInteger.ZERO;
        private long high;
        private long low;

        @Override
        public void add(Object value) {
            long number = (Long) value;
            high += number >> HALF;
            low += number & ((1L << HALF) - 1);
        }

        @Override
        public void join(Object value) {
            joined = joined.add((BigInteger) value);
        }

        @Override
        public Object value() {
            return joined.add(BigInteger.valueOf(high).shiftLeft(HALF)).add(BigInteger.valueOf(low));
        }
    }

    private static final class DoubleSum implements Tally {
        private final ExactSum sum = new ExactSum();

        @Override
        public void add(Object value) {
            sum.add((Double) value);
        }

        @Override
        public void join(Object value) {
            sum.add((ExactSum) value);
        }

        @Override
        public Object value() {
            return sum;
        }
    }

    /** The least or the greatest. */
    private static final class End implements Tally {
        private final int sign;
        private @Nullable Object end;

        End(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(Object value) {
            Object known = end;
            if (known == null || FieldKind.compare(value, known) * sign > 0) {
                end = Objects.requireNonNull(value);
            }
        }

        @Override
        public void join(Object value) {
            add(value);
        }

        @Override
        public @Nullable Object value() {
            return end;
        }
    }
}
