package dev.pagurus.store.tck.reference;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.ExactSum;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.reference.State.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each read means, in one state, said as plainly as it goes: look at every document. Each method may be overridden
 * by a broken store.
 */
public class Answers {

    /** Returns the documents with these ids, whatever revision the collection has. */
    public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
        Table table = state.table(collection.name());
        if (table == null) {
            throw SchemaChange.gone(collection);
        }
        // Whoever knows another revision reads what is there by the one that is stored.
        CollectionDefinition known =
                table.definition().revision() == collection.revision() ? collection : table.definition();
        return ids.stream()
                .map(table.rows()::get)
                .filter(Objects::nonNull)
                .filter(row -> isThere(state, known, row))
                .map(Row::document)
                .toList();
    }

    /** Says whether a document is there: it has not expired. */
    public boolean isThere(State state, CollectionDefinition collection, Row row) {
        return !state.isExpired(collection, row);
    }

    /** Returns the beginning of a scan. */
    public Chunk scan(State state, Scan scan) {
        List<Row> rows = inOrder(state, scan);
        List<StoredDocument> documents = new ArrayList<>();
        long bytes = 0;
        for (Row row : rows) {
            if (documents.size() == scan.maxDocuments() || bytes >= scan.maxBytes()) {
                break;
            }
            documents.add(row.document());
            bytes += row.body().length();
        }
        if (documents.size() == rows.size()) {
            return new Chunk(documents, null);
        }
        Row last = rows.get(documents.size() - 1);
        return new Chunk(documents, position(table(state, scan.collection()).definition(), scan.order(), last));
    }

    /** Returns some values of the documents at the beginning of a scan. */
    public RowChunk select(State state, Scan scan, List<String> fields) {
        CollectionDefinition definition = table(state, scan.collection()).definition();
        List<Row> rows = inOrder(state, scan);
        List<List<@Nullable Object>> selected = new ArrayList<>();
        for (Row row : rows.subList(0, Math.min(rows.size(), scan.maxDocuments()))) {
            List<@Nullable Object> values = new ArrayList<>();
            fields.forEach(field -> values.add(row.value(definition, field)));
            selected.add(values);
        }
        return selected.size() == rows.size()
                ? new RowChunk(selected, null)
                : new RowChunk(selected, position(definition, scan.order(), rows.get(selected.size() - 1)));
    }

    /** Says how a scan finds its documents: as plainly as it goes. */
    public ScanPlan explain(State state, Scan scan) {
        return new ScanPlan(
                new ScanPlan.Way(List.of(), true),
                (long) matching(state, scan.collection(), scan.filter()).size(),
                "LOOK AT EACH DOCUMENT, THEN SORT");
    }

    /** Returns the next documents after an id, with their fields. */
    public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
        return table(state, collection).rows().values().stream()
                .filter(row -> compare(row.id(), after) > 0 && isThere(state, collection, row))
                .sorted((one, other) -> compare(one.id(), other.id()))
                .limit(StoredRow.CHUNK)
                .map(row -> new StoredRow(row.document(), row.values()))
                .toList();
    }

    /** Returns the documents of some ids that are there, with their fields. */
    public List<StoredRow> rows(State state, CollectionDefinition collection, List<String> ids) {
        return ids.stream()
                .map(table(state, collection).rows()::get)
                .filter(Objects::nonNull)
                .filter(row -> isThere(state, collection, row))
                .map(row -> new StoredRow(row.document(), row.values()))
                .toList();
    }

    /** Returns the documents that match. */
    public List<Row> matching(State state, CollectionDefinition collection, Condition filter) {
        Table table = table(state, collection);
        return table.rows().values().stream()
                .filter(row -> isThere(state, collection, row) && matches(table.definition(), filter, row))
                .toList();
    }

    /** Measures groups of the documents that match. */
    public List<Group> groups(State state, Grouping grouping) {
        CollectionDefinition definition = table(state, grouping.collection()).definition();
        Map<List<@Nullable Object>, List<Row>> groups = new HashMap<>();
        if (grouping.by().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Row row : matching(state, grouping.collection(), grouping.filter())) {
            for (List<@Nullable Object> key : keys(definition, grouping.by(), row)) {
                groups.computeIfAbsent(key, first -> new ArrayList<>()).add(row);
            }
        }
        List<Group> all = new ArrayList<>();
        groups.forEach((key, rows) -> {
            List<@Nullable Object> values = new ArrayList<>();
            grouping.measures().forEach(measure -> values.add(measure(grouping, measure, rows)));
            all.add(new Group(key, values));
        });
        // A transaction must have the same answer when it asks again.
        all.sort((one, other) -> compare(one.key(), other.key()));
        return all;
    }

    /** Returns the groups of a document: its values of some fields, and of a many-field each. */
    private static List<List<@Nullable Object>> keys(CollectionDefinition definition, List<String> by, Row row) {
        List<List<@Nullable Object>> keys = new ArrayList<>();
        keys.add(List.of());
        for (String field : by) {
            Object value = row.value(definition, field);
            List<?> each = value instanceof List<?> several ? several : Collections.singletonList(value);
            List<List<@Nullable Object>> longer = new ArrayList<>();
            for (List<@Nullable Object> key : keys) {
                for (Object one : each) {
                    List<@Nullable Object> more = new ArrayList<>(key);
                    more.add(one);
                    longer.add(more);
                }
            }
            keys = longer;
        }
        return keys;
    }

    private static int compare(List<@Nullable Object> one, List<@Nullable Object> other) {
        for (int i = 0; i < one.size(); i++) {
            int compared = Values.compareNullable(one.get(i), other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** Measures some documents. */
    public @Nullable Object measure(Grouping grouping, Measure measure, List<Row> rows) {
        String field = measure.field();
        if (field == null) {
            return (long) rows.size();
        }
        List<Object> values = new ArrayList<>();
        for (Row row : rows) {
            Object value = row.value(grouping.collection(), field);
            if (value != null) {
                values.add(value);
            }
        }
        return switch (measure.kind()) {
            case COUNT -> (long) values.size();
            case SUM -> grouping.isSumOfDoubles(measure) ? sumOfDoubles(values) : sumOfLongs(values);
            case MIN -> values.stream().min(this::compare).orElse(null);
            case MAX -> values.stream().max(this::compare).orElse(null);
        };
    }

    /** Adds doubles. */
    protected ExactSum sumOfDoubles(List<Object> values) {
        ExactSum sum = new ExactSum();
        values.forEach(value -> sum.add((Double) value));
        return sum;
    }

    /** Adds integers. */
    protected BigInteger sumOfLongs(List<Object> values) {
        return values.stream().map(value -> BigInteger.valueOf((Long) value)).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Says whether a document is like that. */
    public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().allMatch(one -> matches(definition, one, row));
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(one -> matches(definition, one, row));
        }
        if (condition instanceof Condition.Compare compare) {
            Object value = row.value(definition, compare.field());
            return value != null && compares(compare.operator(), compare(value, compare.value()));
        }
        if (condition instanceof Condition.In in) {
            return isOneOf(row.value(definition, in.field()), in.values());
        }
        if (condition instanceof Condition.NotIn in) {
            return !isOneOf(row.value(definition, in.field()), in.values());
        }
        if (condition instanceof Condition.IsNull isNull) {
            return row.value(definition, isNull.field()) == null;
        }
        if (condition instanceof Condition.IsNotNull isNotNull) {
            return row.value(definition, isNotNull.field()) != null;
        }
        if (condition instanceof Condition.ContainsAny contains) {
            return many(definition, contains.field(), row).stream().anyMatch(one -> isOneOf(one, contains.values()));
        }
        if (condition instanceof Condition.ContainsNone contains) {
            return many(definition, contains.field(), row).stream().noneMatch(one -> isOneOf(one, contains.values()));
        }
        if (condition instanceof Condition.ContainsPrefix begun) {
            return many(definition, begun.field(), row).stream().anyMatch(one -> begins(one, begun.prefix()));
        }
        if (condition instanceof Condition.ContainsNoPrefix begun) {
            return many(definition, begun.field(), row).stream().noneMatch(one -> begins(one, begun.prefix()));
        }
        if (condition instanceof Condition.IsEmpty isEmpty) {
            return many(definition, isEmpty.field(), row).isEmpty();
        }
        return !many(definition, ((Condition.IsNotEmpty) condition).field(), row)
                .isEmpty();
    }

    /** Compares two values of one field. */
    public int compare(Object one, Object other) {
        return Values.compare(one, other);
    }

    /** Compares two values of one term of an order. */
    public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
        int ascending = one == null || other == null ? Values.compareNullable(one, other) : compare(one, other);
        return term.descending() ? -ascending : ascending;
    }

    /** Compares two documents by all terms of an order. */
    public int compare(CollectionDefinition definition, List<Sort> order, Row one, Row other) {
        for (Sort term : order) {
            int compared = compare(term, one.value(definition, term.field()), other.value(definition, term.field()));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** Returns where a scan goes on after a document. */
    public List<@Nullable Object> position(CollectionDefinition definition, List<Sort> order, Row last) {
        List<@Nullable Object> position = new ArrayList<>();
        order.forEach(term -> position.add(last.value(definition, term.field())));
        return position;
    }

    /** Says whether a document is in a range of an order. */
    public boolean isIn(CollectionDefinition definition, List<Sort> order, Range range, Row row) {
        int term = 0;
        for (Object wanted : range.equal()) {
            Sort sort = order.get(term++);
            if (compare(sort, row.value(definition, sort.field()), wanted) != 0) {
                return false;
            }
        }
        if (range.tail() instanceof Range.Tail.All) {
            return true;
        }
        if (range.tail() instanceof Range.Tail.After after) {
            return isAfter(definition, order.subList(term, order.size()), after.values(), row);
        }
        boolean isNull = row.value(definition, order.get(term).field()) == null;
        return isNull == range.tail() instanceof Range.Tail.IsNull;
    }

    /** Says whether a document comes after some values, compared as a row, in which a null comes after nothing. */
    public boolean isAfter(CollectionDefinition definition, List<Sort> order, List<Object> values, Row row) {
        for (int i = 0; i < values.size(); i++) {
            Object value = row.value(definition, order.get(i).field());
            int compared = value == null ? -1 : compare(order.get(i), value, values.get(i));
            if (compared != 0) {
                return compared > 0;
            }
        }
        return false;
    }

    /**
     * Returns a collection that must be there, at the revision that is known.
     *
     * @throws SchemaException if it is not
     */
    protected static Table table(State state, CollectionDefinition wanted) {
        Table table = state.table(wanted.name());
        if (table == null) {
            throw SchemaChange.gone(wanted);
        }
        if (table.definition().revision() != wanted.revision()) {
            throw SchemaChange.outdated(wanted);
        }
        return table;
    }

    private List<Row> inOrder(State state, Scan scan) {
        CollectionDefinition definition = table(state, scan.collection()).definition();
        List<Row> matching = matching(state, scan.collection(), scan.filter());
        Comparator<Row> order = (one, other) -> compare(definition, scan.order(), one, other);
        return scan.ranges().stream()
                .flatMap(range -> matching.stream()
                        .filter(row -> isIn(definition, scan.order(), range, row))
                        .sorted(order))
                .toList();
    }

    private static boolean begins(Object word, String prefix) {
        return ((String) word).startsWith(prefix);
    }

    private static boolean compares(Condition.Operator operator, int compared) {
        return switch (operator) {
            case EQ -> compared == 0;
            case NE -> compared != 0;
            case LT -> compared < 0;
            case LTE -> compared <= 0;
            case GT -> compared > 0;
            case GTE -> compared >= 0;
        };
    }

    private boolean isOneOf(@Nullable Object value, List<? extends Object> values) {
        return value != null && values.stream().anyMatch(one -> compare(value, one) == 0);
    }

    private static List<?> many(CollectionDefinition definition, String field, Row row) {
        return row.value(definition, field) instanceof List<?> values ? values : List.of();
    }
}
