package dev.pagurus.store.internal.value;

import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an order goes on after a position, as disjoint ranges in the order of the scan, each one stretch of an index.
 *
 * <p>In one direction and without nulls that is a single row comparison: {@code (a, b, id) > (?, ?, ?)}. Where a term's
 * value is null, where nulls may follow (descending, they come last), and where the direction changes, the row is cut:
 * first the documents that are equal up to the cut, then those that are beyond it.
 */
public final class Keyset {

    private final List<Sort> order;
    private final List<@Nullable Object> position;
    private final List<Range> ranges = new ArrayList<>();

    private Keyset(List<Sort> order, List<@Nullable Object> position) {
        this.order = order;
        this.position = position;
    }

    /** Returns the ranges after a position; the whole order if there is none. */
    public static List<Range> after(List<Sort> order, @Nullable List<@Nullable Object> position) {
        if (position == null) {
            return List.of(Range.ALL);
        }
        Keyset keyset = new Keyset(order, position);
        keyset.addAfter(0);
        return keyset.ranges;
    }

    /** Adds what is equal in the terms before the cut and comes after the position in the others. */
    private void addAfter(int cut) {
        if (cut == order.size()) {
            return;
        }
        boolean descending = order.get(cut).descending();
        if (position.get(cut) == null) {
            addAfter(cut + 1);
            if (!descending) {
                add(cut, new Range.Tail.NotNull());
            }
            return;
        }
        int end = endOfRow(cut);
        addAfter(end);
        List<Object> row = new ArrayList<>();
        for (Object value : position.subList(cut, end)) {
            if (value != null) {
                row.add(value);
            }
        }
        add(cut, new Range.Tail.After(row));
        if (descending && Mapping.isNullable(order.get(cut).field())) {
            add(cut, new Range.Tail.IsNull());
        }
    }

    private int endOfRow(int start) {
        boolean descending = order.get(start).descending();
        int end = start + 1;
        while (end < order.size()
                && order.get(end).descending() == descending
                && position.get(end) != null
                && !(descending && Mapping.isNullable(order.get(end).field()))) {
            end++;
        }
        return end;
    }

    private void add(int cut, Range.Tail tail) {
        ranges.add(new Range(new ArrayList<>(position.subList(0, cut)), tail));
    }
}
