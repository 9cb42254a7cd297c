package dev.pagurus.store.spi;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be read, from an engine (each call sees the newest committed state) or in a session (its one state).
 *
 * <p>{@link #scan}, {@link #select}, {@link #count} and {@link #groups} throw {@link dev.pagurus.store.SchemaException} if the collection
 * has another revision than the definition that is given, in the session's state or by now: a field may hold something
 * else there. {@link #get} does not ask.
 */
public interface Reads {

    /** Returns the definitions of all collections, in order of name. */
    List<CollectionDefinition> definitions();

    /** Returns the definition of a collection; null if there is none. */
    default @Nullable CollectionDefinition definition(String name) {
        for (CollectionDefinition definition : definitions()) {
            if (definition.name().equals(name)) {
                return definition;
            }
        }
        return null;
    }

    /** Returns the documents with these ids that are there, all from one state, in any order; no id is given twice. */
    List<StoredDocument> get(CollectionDefinition collection, List<String> ids);

    /** Returns the next documents of a scan, all from one state. */
    Chunk scan(Scan scan);

    /**
     * Returns some values of the next documents of a scan, all from one state: of the very documents that {@link #scan} would
     * return, but for {@link Scan#maxBytes}, which does not count here. No body is read, and where an index holds all that the
     * scan and the fields name, the index alone should be.
     *
     * @param fields what a row holds, in this order: declared fields, many-fields among them, or {@code id}, {@code version},
     *     {@code created_at}; at least one, none twice
     */
    RowChunk select(Scan scan, List<String> fields);

    /**
     * Says how {@link #scan} would find the documents of a scan now, and changes nothing. It may look at what is there as the
     * scan would to choose its way, and shows no value of the filter or the ranges. Throws what {@link #scan} throws.
     *
     * @return by default, nothing: what is declared is known without asking
     */
    default ScanPlan explain(Scan scan) {
        return ScanPlan.UNKNOWN;
    }

    /** Counts the documents that match. */
    long count(CollectionDefinition collection, Condition filter);

    /**
     * Measures groups of the documents that match, all in one state, however many there are, and returns them in any order. An
     * engine that can only read the documents' fields, or has no exact sums, adds them to a {@link GroupFold}.
     */
    List<Group> groups(Grouping grouping);

    /** Hands every document to somebody, in order of id, with no more than a chunk of them in memory. */
    default void forEach(CollectionDefinition collection, Consumer<StoredDocument> action) {
        List<Sort> byId = List.of(new Sort("id", false));
        Range rest = Range.ALL;
        while (true) {
            Chunk chunk = scan(new Scan(
                    collection, Condition.EVERYTHING, byId, List.of(rest), Scan.CHUNK_DOCUMENTS, Scan.CHUNK_BYTES));
            chunk.documents().forEach(action);
            if (chunk.next() == null) {
                return;
            }
            StoredDocument last = chunk.documents().get(chunk.documents().size() - 1);
            rest = new Range(List.of(), new Range.Tail.After(List.of(last.id())));
        }
    }
}
