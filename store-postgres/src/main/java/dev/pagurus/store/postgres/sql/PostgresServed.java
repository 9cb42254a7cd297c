package dev.pagurus.store.postgres.sql;

import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether one index gives what a scan asks for, in its order and with nothing between: some fields that are equal to a
 * value, then the fields of the order, of which the first may have bounds. Then there is one sensible plan, whatever the
 * values are.
 */
public final class PostgresServed {

    private final Set<String> equal = new HashSet<>();
    private final Set<String> bounded = new HashSet<>();

    private PostgresServed() {}

    public static boolean byAnIndex(Scan scan) {
        PostgresServed filter = new PostgresServed();
        return filter.hasOnlyBounds(scan.filter())
                && filter.bounded.stream().allMatch(scan.order().get(0).field()::equals)
                && (filter.isServed(List.of(new Sort("id", false)), scan.order())
                        || scan.collection().indexes().stream()
                                .map(IndexDefinition::columns)
                                .anyMatch(columns -> filter.isServed(columns, scan.order())));
    }

    private boolean hasOnlyBounds(Condition filter) {
        if (filter instanceof Condition.And and) {
            return and.conditions().stream().allMatch(this::hasOnlyBounds);
        }
        if (filter instanceof Condition.Compare compare) {
            (compare.operator() == Operator.EQ ? equal : bounded).add(compare.field());
            return compare.operator() != Operator.NE;
        }
        return false;
    }

    private boolean isServed(List<Sort> columns, List<Sort> order) {
        int first = equal.size();
        if (columns.size() < first + order.size()) {
            return false;
        }
        Set<String> before = new HashSet<>();
        columns.subList(0, first).forEach(column -> before.add(column.field()));
        List<Sort> rest = columns.subList(first, first + order.size());
        return before.equals(equal) && (rest.equals(order) || rest.equals(reversed(order)));
    }

    private static List<Sort> reversed(List<Sort> order) {
        List<Sort> reversed = new ArrayList<>(order.size());
        for (Sort term : order) {
            reversed.add(new Sort(term.field(), !term.descending()));
        }
        return reversed;
    }
}
