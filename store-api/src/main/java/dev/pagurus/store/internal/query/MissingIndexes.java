package dev.pagurus.store.internal.query;

import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the indexes that a query lacks: each that could be declared is held against {@link IndexPaths}, by which the stores
 * choose, and counts only if there is more of the filter or the order on the ways with it than without. So whoever declares
 * them is told of no further ones.
 */
final class MissingIndexes {

    private static final int NUMBER_BYTES = 8;

    private final Scan scan;
    private final List<IndexDefinition> found = new ArrayList<>();
    private int forOrder;

    private MissingIndexes(Scan scan) {
        this.scan = scan;
    }

    static MissingLines of(Scan scan) {
        MissingIndexes missing = new MissingIndexes(scan);
        missing.find();
        List<String> lines = missing.found.stream().map(MissingIndexes::line).toList();
        return new MissingLines(lines.subList(0, missing.forOrder), lines.subList(missing.forOrder, lines.size()));
    }

    private void find() {
        List<Condition> parts = IndexPaths.parts(scan.filter());
        if (parts.contains(Condition.NOTHING) || areFew(parts)) {
            return;
        }
        boolean byId = scan.order().get(0).field().equals("id");
        if (!byId) {
            addIfInOrder(join(points(parts, false), scan.order()));
            forOrder = found.size();
        }
        addIfMore(join(points(parts, true), range(parts)));
        for (Condition part : parts) {
            if (covered(definition()) > 0) {
                return;
            }
            @Nullable String many = many(part);
            if (many != null) {
                addIfMore(List.of(new Sort(many, false)));
            } else if (part instanceof Condition.Or or) {
                addSides(or);
            }
        }
    }

    /** Where ids or the values of a unique index are given, there are no more documents than these; nor is anything slow. */
    private boolean areFew(List<Condition> parts) {
        Set<String> given = new HashSet<>();
        for (Condition part : parts) {
            if (part instanceof Condition.Compare compare && compare.operator() == Operator.EQ) {
                given.add(compare.field());
            } else if (part instanceof Condition.In in) {
                given.add(in.field());
            } else if (part instanceof Condition.Or or
                    && or.conditions().stream().allMatch(side -> areFew(IndexPaths.parts(side)))) {
                return true;
            }
        }
        return given.contains("id")
                || scan.collection().indexes().stream()
                        .anyMatch(index -> index.unique()
                                && index.terms().stream().allMatch(term -> given.contains(term.field())));
    }

    /** An index that has what is equal first, and then the order, gives each page by itself. */
    private void addIfInOrder(List<Sort> terms) {
        @Nullable IndexDefinition index = index(terms);
        if (index != null
                && IndexPaths.of(on(with(index)))
                        .inOrder()
                        .filter(path -> index.equals(path.index()))
                        .isPresent()) {
            found.add(index);
        }
    }

    /** An index that has more of the filter than any other way. */
    private void addIfMore(List<Sort> terms) {
        @Nullable IndexDefinition index = index(terms);
        if (index != null && covered(with(index)) > covered(definition())) {
            found.add(index);
        }
    }

    /** An "or" has a way if each of its sides has one. */
    private void addSides(Condition.Or or) {
        List<IndexDefinition> before = List.copyOf(found);
        for (Condition side : or.conditions()) {
            List<Condition> parts = IndexPaths.parts(side);
            if (IndexPaths.of(definition(), side).toFilter().isEmpty()) {
                List<Sort> terms = join(points(parts, true), range(parts));
                for (Condition part : parts) {
                    @Nullable String many = many(part);
                    if (terms.isEmpty() && many != null) {
                        terms = List.of(new Sort(many, false));
                    }
                }
                @Nullable IndexDefinition index = index(terms);
                if (index == null) {
                    // Of this side every document must be looked at, so the other ones need no way either.
                    found.retainAll(before);
                    return;
                }
                found.add(index);
            }
        }
    }

    /** Returns the field of several values that an index would serve; null if it is another condition. */
    private static @Nullable String many(Condition part) {
        if (part instanceof Condition.ContainsPrefix begun) {
            return begun.field();
        }
        return part instanceof Condition.ContainsAny contains ? contains.field() : null;
    }

    /** Returns how many parts of the filter hold on the way that has most of them. */
    private int covered(CollectionDefinition definition) {
        IndexPaths paths = IndexPaths.of(on(definition));
        int most = paths.inOrder().map(path -> path.bounds().size()).orElse(0);
        for (IndexPath path : paths.toFilter()) {
            most = Math.max(most, path.bounds().size());
        }
        return most;
    }

    private Scan on(CollectionDefinition definition) {
        return new Scan(definition, scan.filter(), scan.order(), scan.ranges(), scan.maxDocuments(), scan.maxBytes());
    }

    private CollectionDefinition definition() {
        return with(null);
    }

    private CollectionDefinition with(@Nullable IndexDefinition another) {
        CollectionDefinition stored = scan.collection();
        List<IndexDefinition> indexes = new ArrayList<>(stored.indexes());
        indexes.addAll(found);
        if (another != null) {
            indexes.add(another);
        }
        return new CollectionDefinition(stored.name(), stored.revision(), stored.fields(), indexes);
    }

    /** Returns an index over as many of these fields as a schema can declare, by a name that none has; null if it cannot. */
    private @Nullable IndexDefinition index(List<Sort> terms) {
        int fields = 0;
        int bytes = 0;
        while (fields < Math.min(terms.size(), Schema.MAX_INDEX_FIELDS)) {
            bytes += bytesOf(terms.get(fields).field());
            if (bytes > Schema.MAX_INDEX_BYTES) {
                break;
            }
            fields++;
        }
        boolean full = scan.collection().indexes().size() + found.size() >= Schema.MAX_INDEXES;
        List<Sort> fitting = terms.subList(0, fields);
        return fitting.isEmpty() || full ? null : new IndexDefinition("?" + Sort.text(fitting), false, fitting);
    }

    private int bytesOf(String name) {
        if (name.equals("id")) {
            return Schema.MAX_ID_BYTES;
        }
        for (FieldDefinition field : scan.collection().fields()) {
            if (field.name().equals(name) && field.maxBytes() > 0) {
                return field.maxBytes();
            }
        }
        return NUMBER_BYTES;
    }

    /** Returns the fields that are equal to a value or null, and perhaps those that are one of several. */
    private static List<Sort> points(List<Condition> parts, boolean several) {
        Set<Sort> points = new LinkedHashSet<>();
        for (Condition part : parts) {
            if (part instanceof Condition.Compare compare && compare.operator() == Operator.EQ) {
                points.add(new Sort(compare.field(), false));
            } else if (part instanceof Condition.IsNull isNull) {
                points.add(new Sort(isNull.field(), false));
            } else if (several && part instanceof Condition.In in) {
                points.add(new Sort(in.field(), false));
            }
        }
        return List.copyOf(points);
    }

    /** Returns the first field that is bounded. */
    private static List<Sort> range(List<Condition> parts) {
        for (Condition part : parts) {
            if (part instanceof Condition.Compare compare
                    && compare.operator() != Operator.EQ
                    && compare.operator() != Operator.NE) {
                return List.of(new Sort(compare.field(), false));
            }
            if (part instanceof Condition.IsNotNull isNotNull) {
                return List.of(new Sort(isNotNull.field(), false));
            }
        }
        return List.of();
    }

    /** Joins terms; an order that is descending throughout is that of an ascending index, read backwards. */
    private static List<Sort> join(List<Sort> points, List<Sort> behind) {
        boolean backwards = !behind.isEmpty() && behind.stream().allMatch(Sort::descending);
        List<Sort> terms = new ArrayList<>(points);
        for (Sort term : behind) {
            if (terms.stream().noneMatch(one -> one.field().equals(term.field()))) {
                terms.add(new Sort(term.field(), term.descending() && !backwards));
            }
        }
        int last = terms.size() - 1;
        // Every index ends with the id, in the direction of what is before it.
        boolean isEnd = last >= 0
                && terms.get(last).field().equals("id")
                && (last == 0
                        || terms.get(last).descending() == terms.get(last - 1).descending());
        return isEnd ? terms.subList(0, last) : terms;
    }

    private static String line(IndexDefinition index) {
        return index.terms().stream()
                .map(term -> constant(term.field()) + (term.descending() ? ".desc()" : ""))
                .collect(Collectors.joining(", ", ".index(", ")"));
    }

    /** Fields are constants of the application, which are called as they are. */
    private static String constant(String field) {
        return field.equals("version") ? "UPDATED_AT" : field.toUpperCase(Locale.ROOT);
    }
}
