package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of documents in groups: of those that match, all that have the same values of some fields are one.
 *
 * @param collection the collection
 * @param filter what documents must be like
 * @param by the fields whose values make a group, at most one of them a many-field: none, one or two different ones. With none,
 *     all documents that match are one group, also if there is no document. A document is in a group for each value of a
 *     many-field; null is a value of other fields
 * @param measures what is asked of each group, none of it twice; empty only where there are fields
 * @param first which groups will do; null if all are needed. More of them do no harm
 */
public record Grouping(
        CollectionDefinition collection,
        Condition filter,
        List<String> by,
        List<Measure> measures,
        @Nullable First first) {

    /** Copies the lists. */
    public Grouping {
        by = List.copyOf(by);
        measures = List.copyOf(measures);
    }

    /**
     * The first groups of an order. Those that it leaves equal are ordered by their values of {@link #by}, from low to high,
     * null first.
     *
     * @param by one of the measures, no {@link Measure.Kind#SUM} of a {@link FieldKind#DOUBLE} field; null for the order by the
     *     values alone
     * @param descending from high to low, null last; otherwise from low to high, null first
     * @param groups how many
     */
    public record First(@Nullable Measure by, boolean descending, int groups) {}

    /** Returns the fields that are measured, each once. */
    public List<String> measured() {
        return measures.stream()
                .map(Measure::field)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Returns the many-field that makes groups; null if there is none. */
    public @Nullable String many() {
        for (String field : by) {
            if (collection.kind(field).isMany()) {
                return field;
            }
        }
        return null;
    }

    /**
     * Says whether a sum of doubles is among the measures: no engine's own is exact, so the values are summed by an {@link
     * ExactSum}, for example in a {@link GroupFold}.
     */
    public boolean sumsDoubles() {
        return measures.stream().anyMatch(this::isSumOfDoubles);
    }

    /** Says whether a measure is a sum of doubles. */
    public boolean isSumOfDoubles(Measure measure) {
        return measure.kind() == Measure.Kind.SUM && kind(measure) == FieldKind.DOUBLE;
    }

    /**
     * Returns the kind of the field that is measured.
     *
     * @throws NullPointerException if documents are counted
     */
    public FieldKind kind(Measure measure) {
        return collection.kind(Objects.requireNonNull(measure.field(), "field"));
    }

    /** Returns the kinds of the fields that make groups. */
    public List<FieldKind> kinds() {
        List<FieldKind> kinds = new ArrayList<>();
        by.forEach(field -> kinds.add(collection.kind(field)));
        return kinds;
    }
}
