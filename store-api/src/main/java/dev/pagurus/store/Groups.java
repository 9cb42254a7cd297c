package dev.pagurus.store;

import java.util.List;

/**
 * The documents of a query in groups that have the same values of one or two fields; made by {@link ReadQuery#groupBy}.
 *
 * <pre>{@code
 * List<Row> best = invoices.where(PAID.isTrue())
 *         .groupBy(CUSTOMER)
 *         .orderBy(CENTS.sum().desc())
 *         .limit(10)
 *         .aggregate(CENTS.sum(), Aggregate.count());
 * String customer = best.get(0).get(CUSTOMER);
 * }</pre>
 *
 * <p>Immutable; {@link #orderBy} and {@link #limit} return another one, {@link #aggregate} runs it.
 */
public interface Groups {

    /**
     * Sets the order of the groups, in place of any set before; without one they come in the order of their first field, then
     * the second: text by code point, numbers by size, null first. Groups that the order leaves equal come in that order too.
     *
     * @param order made by {@link Aggregate#asc()} or {@link Aggregate#desc()}; need not be of what is asked for
     * @throws SchemaException if the schema does not declare the field
     */
    Groups orderBy(Aggregate.Order order);

    /**
     * Sets how many groups to return at most, the first ones of the order. The database looks for them, and no others come
     * over, unless the order is by an average or by a sum of real numbers, which are made of all groups here.
     *
     * @throws InvalidValueException if less than 1
     */
    Groups limit(int groups);

    /**
     * Returns a row for each group, all from one state: its fields, and what is asked for. The groups are in memory together,
     * so there should not be millions, but for the documents of a group there is no limit.
     *
     * @param aggregates what to ask of each group; with none, the rows say which groups there are
     * @throws SchemaException if the schema does not declare a field
     * @throws ArithmeticException as {@link LongField#sum()} says
     */
    List<Row> aggregate(Aggregate<?>... aggregates);
}
