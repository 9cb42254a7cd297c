package dev.pagurus.store.spi;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be read, from an engine (each call sees the newest committed state) or in a session (its one state).
 *
 * <p>{@link #scan}, {@link #count} and {@link #countBy} throw {@link dev.pagurus.store.SchemaException} if the collection
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
     * Counts the documents that match, by value of a field, in any order: a scalar field's values and null, or each value
     * of a field that {@linkplain FieldKind#isMany holds many}.
     */
    Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field);

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
