package dev.pagurus.store.spi;

import dev.pagurus.store.spi.Condition.Operator;
import java.util.ArrayList;
import java.util.HashSet;
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

    private static List<IndexPath> toFilter(CollectionDefinition collection, List<Condition> parts) {
        List<IndexPath> found = new ArrayList<>();
        addBest(found, stretch(null, List.of(new Sort("id", false)), parts));
        for (IndexDefinition index : collection.indexes()) {
            String field = index.terms().get(0).field();
            if (collection.kind(field) != FieldKind.MANY) {
                addBest(found, stretch(index, index.columns(), parts));
                continue;
            }
            for (Condition part : parts) {
                if (part instanceof Condition.ContainsAny any && any.field().equals(field)) {
                    addBest(found, new IndexPath.Values(any));
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
        if (path.bounds().isEmpty()
                || found.stream().anyMatch(other -> other.bounds().containsAll(path.bounds()))) {
            return;
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
                bounds.addAll(ranges(column.field(), parts));
                break;
            }
            bounds.add(point);
        }
        return new IndexPath.Stretch(index, bounds);
    }

    private static Optional<IndexPath.Stretch> inOrder(
            CollectionDefinition collection, List<Condition> parts, List<Sort> order) {
        IndexPath.@Nullable Stretch most = ordered(null, List.of(new Sort("id", false)), parts, order);
        for (IndexDefinition index : collection.indexes()) {
            if (collection.kind(index.terms().get(0).field()) == FieldKind.MANY) {
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
        Set<String> fixed = new HashSet<>();
        for (Sort column : columns) {
            Condition point = point(column.field(), parts, false);
            if (point == null) {
                break;
            }
            bounds.add(point);
            fixed.add(column.field());
        }
        // What is equal everywhere does not order.
        List<Sort> rest =
                order.stream().filter(term -> !fixed.contains(term.field())).toList();
        List<Sort> led = new ArrayList<>(columns.subList(fixed.size(), columns.size()));
        if (index != null && index.unique()) {
            // What it leaves to be sorted by the id are the documents without a value.
            led.add(new Sort("id", columns.get(columns.size() - 1).descending()));
        }
        if (!begins(led, rest)) {
            return null;
        }
        if (!rest.isEmpty()) {
            bounds.addAll(ranges(rest.get(0).field(), parts));
        }
        return new IndexPath.Stretch(index, bounds);
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
        return parts.stream()
                .filter(part -> isPoint(part, field, several))
                .findFirst()
                .orElse(null);
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

    private static List<Condition> ranges(String field, List<Condition> parts) {
        return parts.stream().filter(part -> isRange(part, field)).toList();
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
