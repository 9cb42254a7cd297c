package dev.pagurus.store.spi;

import dev.pagurus.store.spi.Condition.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the indexes of a collection can do for a filter and an order: what is known before any value is looked at, so that
 * an engine can choose by looking instead of leaving it to its planner's guesses.
 *
 * @param toFilter the ways to what the filter asks for, none of which has less of the filter than another
 * @param inOrder a way that gives documents in the order asked for, if there is one: the one with most of the filter; of
 *     its bounds, all but those of the order's first field are equal to a value, or null
 */
public record IndexPaths(List<IndexPath> toFilter, Optional<IndexPath.Stretch> inOrder) {

    private static final List<Sort> BY_ID = List.of(new Sort("id", false));

    /** Copies the list. */
    public IndexPaths {
        toFilter = List.copyOf(toFilter);
    }

    /** Returns what there is for a scan. */
    public static IndexPaths of(Scan scan) {
        List<Condition> parts = parts(scan.filter());
        return new IndexPaths(toFilter(scan.collection(), parts), inOrder(scan.collection(), parts, scan.order()));
    }

    /** Returns what there is for a filter alone, without any order. */
    public static IndexPaths of(CollectionDefinition collection, Condition filter) {
        return new IndexPaths(toFilter(collection, parts(filter)), Optional.empty());
    }

    /**
     * Whether the way that is in order has all that any other way has of the filter. Then there is one sensible plan,
     * whatever the values are.
     */
    public boolean isServedInOrder() {
        return inOrder.filter(
                        led -> toFilter.stream().allMatch(path -> led.bounds().containsAll(path.bounds())))
                .isPresent();
    }

    /** Returns the conditions that must all hold for a filter to hold. */
    public static List<Condition> parts(Condition filter) {
        return filter instanceof Condition.And and ? and.conditions() : List.of(filter);
    }

    /**
     * Returns how a filter that is an "or" of two can be counted, if an index has each of them as a whole: those that match
     * are as many as match one, and as match the other, less those that match both. The large counts then need indexes only.
     *
     * @return the one, the other, and both together; or nothing
     */
    public static List<Condition> counted(CollectionDefinition collection, Condition filter) {
        if (!(filter instanceof Condition.Or or) || or.conditions().size() != 2) {
            return List.of();
        }
        Condition one = or.conditions().get(0);
        Condition other = or.conditions().get(1);
        if (!isServed(collection, parts(one)) || !isServed(collection, parts(other))) {
            return List.of();
        }
        Set<Condition> both = new LinkedHashSet<>(parts(one));
        both.addAll(parts(other));
        return List.of(one, other, new Condition.And(List.copyOf(both)));
    }

    private static boolean isServed(CollectionDefinition collection, List<Condition> parts) {
        return toFilter(collection, parts).stream()
                .anyMatch(path ->
                        path instanceof IndexPath.Stretch && path.bounds().containsAll(parts));
    }

    private static List<IndexPath> toFilter(CollectionDefinition collection, List<Condition> parts) {
        List<IndexPath> found = new ArrayList<>();
        addBest(found, stretch(null, BY_ID, parts));
        for (IndexDefinition index : collection.indexes()) {
            String field = index.terms().get(0).field();
            for (Condition part : parts) {
                if (part instanceof Condition.ContainsAny any && any.field().equals(field)) {
                    addBest(found, new IndexPath.Values(any));
                } else if (part instanceof Condition.ContainsPrefix prefix
                        && prefix.field().equals(field)) {
                    addBest(found, new IndexPath.Prefix(prefix));
                } else if (isPoint(part, field, true) || isRange(part, field)) {
                    addBest(found, stretch(index, index.columns(), parts));
                    break;
                }
            }
        }
        for (Condition part : parts) {
            if (part instanceof Condition.Or or) {
                union(collection, or).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Adds a way, unless another one has as much of the filter, and takes away those that have less. */
    private static void addBest(List<IndexPath> found, IndexPath path) {
        if (path.bounds().isEmpty()) {
            return;
        }
        for (IndexPath other : found) {
            if (other.bounds().containsAll(path.bounds())) {
                return;
            }
        }
        found.removeIf(other -> path.bounds().containsAll(other.bounds()));
        found.add(path);
    }

    private static Optional<IndexPath> union(CollectionDefinition collection, Condition.Or or) {
        List<IndexPath> paths = new ArrayList<>();
        for (Condition side : or.conditions()) {
            List<IndexPath> ways = toFilter(collection, parts(side));
            if (ways.isEmpty()) {
                return Optional.empty();
            }
            IndexPath most = ways.get(0);
            for (IndexPath way : ways) {
                most = way.bounds().size() > most.bounds().size() ? way : most;
            }
            paths.add(most);
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(new IndexPath.Union(or, paths));
    }

    private static IndexPath.Stretch stretch(
            @Nullable IndexDefinition index, List<Sort> columns, List<Condition> parts) {
        List<Condition> bounds = new ArrayList<>();
        for (Sort column : columns) {
            Condition point = point(column.field(), parts, true);
            if (point == null) {
                addRanges(bounds, column.field(), parts);
                break;
            }
            bounds.add(point);
        }
        return new IndexPath.Stretch(index, bounds);
    }

    private static Optional<IndexPath.Stretch> inOrder(
            CollectionDefinition collection, List<Condition> parts, List<Sort> order) {
        IndexPath.@Nullable Stretch most = ordered(null, BY_ID, parts, order);
        for (IndexDefinition index : collection.indexes()) {
            String first = index.terms().get(0).field();
            // Most are of no use, and this is asked before each search.
            if (!order.get(0).field().equals(first) && point(first, parts, false) == null) {
                continue;
            }
            IndexPath.Stretch path = ordered(index, index.columns(), parts, order);
            if (path != null
                    && (most == null || path.bounds().size() > most.bounds().size())) {
                most = path;
            }
        }
        return Optional.ofNullable(most);
    }

    /** Returns the stretch of an index that is in the order, or reversed; null if none is. */
    private static IndexPath.@Nullable Stretch ordered(
            @Nullable IndexDefinition index, List<Sort> columns, List<Condition> parts, List<Sort> order) {
        List<Condition> bounds = new ArrayList<>();
        List<Sort> rest = order;
        for (Sort column : columns) {
            Condition point = point(column.field(), parts, false);
            if (point == null) {
                break;
            }
            bounds.add(point);
            // What is equal everywhere does not order.
            rest = without(rest, column.field());
        }
        List<Sort> led = columns.subList(bounds.size(), columns.size());
        if (index != null && index.unique()) {
            // What it leaves to be sorted by the id are the documents without a value.
            led = new ArrayList<>(led);
            led.add(new Sort("id", columns.get(columns.size() - 1).descending()));
        }
        if (!begins(led, rest)) {
            return null;
        }
        if (!rest.isEmpty()) {
            addRanges(bounds, rest.get(0).field(), parts);
        }
        return new IndexPath.Stretch(index, bounds);
    }

    private static List<Sort> without(List<Sort> order, String field) {
        for (Sort term : order) {
            if (term.field().equals(field)) {
                List<Sort> rest = new ArrayList<>(order);
                rest.remove(term);
                return rest;
            }
        }
        return order;
    }

    private static boolean begins(List<Sort> columns, List<Sort> order) {
        if (columns.size() < order.size()) {
            return false;
        }
        for (int i = 0; i < order.size(); i++) {
            boolean reversed = columns.get(0).descending() != order.get(0).descending();
            Sort column = columns.get(i);
            if (!column.field().equals(order.get(i).field())
                    || (column.descending() != order.get(i).descending()) != reversed) {
                return false;
            }
        }
        return true;
    }

    /** Returns the part that says what a field is: one value, or null, or perhaps one of several. */
    private static @Nullable Condition point(String field, List<Condition> parts, boolean several) {
        for (Condition part : parts) {
            if (isPoint(part, field, several)) {
                return part;
            }
        }
        return null;
    }

    private static boolean isPoint(Condition part, String field, boolean several) {
        if (part instanceof Condition.Compare compare) {
            return compare.operator() == Operator.EQ && compare.field().equals(field);
        }
        if (part instanceof Condition.In in) {
            return several && in.field().equals(field);
        }
        return part instanceof Condition.IsNull isNull && isNull.field().equals(field);
    }

    private static void addRanges(List<Condition> bounds, String field, List<Condition> parts) {
        for (Condition part : parts) {
            if (isRange(part, field)) {
                bounds.add(part);
            }
        }
    }

    private static boolean isRange(Condition part, String field) {
        if (part instanceof Condition.Compare compare) {
            return compare.operator() != Operator.EQ
                    && compare.operator() != Operator.NE
                    && compare.field().equals(field);
        }
        return part instanceof Condition.IsNotNull isNotNull
                && isNotNull.field().equals(field);
    }
}
