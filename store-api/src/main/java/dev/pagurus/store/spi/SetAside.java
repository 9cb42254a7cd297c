package dev.pagurus.store.spi;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts documents that cannot be brought to a new revision into a collection of texts, as they were, for engines whose
 * {@link Filler} has one. The session is that of the change itself: it reads and writes in its transaction, so that a change
 * that is given up has set nothing aside. Whoever uses this takes the documents away from where they were.
 */
public final class SetAside {

    private final EngineSession session;
    private final CollectionDefinition aside;

    /**
     * Makes one.
     *
     * @param of the collection that the documents are from
     * @param aside the collection that they go to, as it is stored
     * @throws SchemaException if that is one of other documents
     */
    public SetAside(EngineSession session, CollectionDefinition of, CollectionDefinition aside) {
        this.session = session;
        this.aside = requireTexts(of, aside);
    }

    /**
     * Refuses a collection that is not one of texts.
     *
     * @throws SchemaException if it has fields or a shape
     */
    public static CollectionDefinition requireTexts(CollectionDefinition of, CollectionDefinition aside) {
        if (!aside.fields().isEmpty() || aside.shape() != null) {
            throw new SchemaException("Documents of collection '" + of.name()
                    + "' cannot be set aside in collection '" + aside.name()
                    + "', which is one of other documents: it has fields or a shape. Nothing was changed. Name another one:"
                    + " Schema.setAside(\"" + of.name() + "_aside\").");
        }
        return aside;
    }

    /** Adds documents, with version and creation time. */
    public void add(List<StoredDocument> documents) {
        if (documents.isEmpty()) {
            return;
        }
        Set<String> used = new HashSet<>();
        session.get(aside, documents.stream().map(StoredDocument::id).toList()).forEach(found -> used.add(found.id()));
        List<StoredRow> rows = new ArrayList<>();
        for (StoredDocument one : documents) {
            String id = freeId(
                    one.id(),
                    candidate -> used.contains(candidate)
                            || (!candidate.equals(one.id())
                                    && !session.get(aside, List.of(candidate)).isEmpty()));
            used.add(id);
            rows.add(new StoredRow(new StoredDocument(id, one.version(), one.createdAt(), one.body()), List.of()));
        }
        session.load(aside, rows);
    }

    /** Returns an id that is free, for what was set aside before stays as well: the document's own, or one with a number. */
    public static String freeId(String id, Predicate<String> isTaken) {
        String candidate = id;
        for (int number = 2; isTaken.test(candidate); number++) {
            String suffix = "~" + number;
            candidate = shortened(id, Schema.MAX_ID_BYTES - suffix.length()) + suffix;
        }
        return candidate;
    }

    private static String shortened(String id, int bytes) {
        String shorter = id;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }
}
