package dev.pagurus.store.spi;

import java.util.List;
import java.util.Set;

/**
 * A stretch of a collection in an order: what {@link Reads#scan} returns the beginning of.
 *
 * @param collection the collection
 * @param filter what documents must be like
 * @param order how they are ordered; total, for {@code id} is its last term or {@code id} is among the terms
 * @param ranges where to look, one range after the other: disjoint, and in the order of the scan
 * @param maxDocuments how many documents to return at most
 * @param maxBytes when to stop: with the document that makes the bodies reach this together, counted in bytes or, where
 *     that is cheaper, in characters; one document is always returned
 */
public record Scan(
        CollectionDefinition collection,
        Condition filter,
        List<Sort> order,
        List<Range> ranges,
        int maxDocuments,
        long maxBytes) {

    /** How many documents a chunk has at most. */
    public static final int CHUNK_DOCUMENTS = 500;

    /** At how many bytes of bodies a chunk ends. */
    public static final long CHUNK_BYTES = 8L << 20;

    /** Copies the lists. */
    public Scan {
        order = List.copyOf(order);
        ranges = List.copyOf(ranges);
    }

    /** Returns the fields that the filter and the order name. */
    public Set<String> fields() {
        Set<String> fields = Condition.fieldsOf(List.of(filter));
        order.forEach(term -> fields.add(term.field()));
        return fields;
    }

    /**
     * Returns the scan as conditions, one for each stretch of the order, to be asked one after the other: what
     * {@link Range#conditions} says, together with the filter. For engines that need not make more of ranges.
     */
    public List<Condition> parts() {
        return ranges.stream()
                .flatMap(range -> range.conditions(order).stream())
                .<Condition>map(range -> new Condition.And(List.of(range, filter)))
                .toList();
    }
}
