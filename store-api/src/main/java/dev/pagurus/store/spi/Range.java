package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contiguous part of an order: the first terms equal to given values, and the rest as the tail says. One index range,
 * without an OR in it.
 *
 * @param equal the values of the first terms, a null meaning that the term is null
 * @param tail which of those documents, by the terms that follow
 */
public record Range(List<@Nullable Object> equal, Tail tail) {

    /** All of an order. */
    public static final Range ALL = new Range(List.of(), new Tail.All());

    /** Copies the list. */
    public Range {
        equal = Collections.unmodifiableList(equal);
    }

    /**
     * Returns the same documents as conditions that compare one term each, disjoint and in the order of the scan, for engines
     * that have no row comparison or find no index for it: {@code (a, b) > (1, 2)} is {@code a = 1 and b > 2}, and then
     * {@code a > 1}.
     *
     * @param order the scan's order
     */
    public List<Condition> conditions(List<Sort> order) {
        List<Condition> same = equal(order, equal);
        if (tail instanceof Tail.All) {
            return List.of(new Condition.And(same));
        }
        String next = order.get(equal.size()).field();
        if (tail instanceof Tail.IsNull) {
            return List.of(with(same, new Condition.IsNull(next)));
        }
        if (tail instanceof Tail.After after) {
            return after(order, same, after.values());
        }
        return List.of(with(same, new Condition.IsNotNull(next)));
    }

    private static List<Condition> after(List<Sort> order, List<Condition> same, List<Object> row) {
        List<Sort> terms = order.subList(same.size(), order.size());
        List<Condition> conditions = new ArrayList<>();
        for (int i = row.size() - 1; i >= 0; i--) {
            List<Condition> before = new ArrayList<>(same);
            before.addAll(equal(terms, row.subList(0, i)));
            Sort term = terms.get(i);
            Condition.Operator beyond = term.descending() ? Condition.Operator.LT : Condition.Operator.GT;
            conditions.add(with(before, new Condition.Compare(term.field(), beyond, row.get(i))));
        }
        return conditions;
    }

    private static List<Condition> equal(List<Sort> terms, List<? extends @Nullable Object> values) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String field = terms.get(i).field();
            Object value = values.get(i);
            conditions.add(
                    value == null
                            ? new Condition.IsNull(field)
                            : new Condition.Compare(field, Condition.Operator.EQ, value));
        }
        return conditions;
    }

    private static Condition with(List<Condition> several, Condition last) {
        List<Condition> all = new ArrayList<>(several);
        all.add(last);
        return new Condition.And(all);
    }

    /** Which documents of a range. */
    public sealed interface Tail {

        /** Every one. */
        record All() implements Tail {}

        /** Those where the next term is null. */
        record IsNull() implements Tail {}

        /** Those where the next term is not null. */
        record NotNull() implements Tail {}

        /**
         * Those that come after these values, compared as a row: {@code (a, b) > (?, ?)}, or {@code <} where the terms are
         * descending.
         *
         * @param values of the next terms, none of them null; the terms have one direction
         */
        record After(List<Object> values) implements Tail {

            /** Copies the list. */
            public After {
                values = List.copyOf(values);
            }
        }
    }
}
