package dev.pagurus.store.spi;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        List<StoredDocument> renamed = renamed(documents, ids -> {
            Set<String> taken = new HashSet<>();
            session.get(aside, ids).forEach(found -> taken.add(found.id()));
            return taken;
        });
        session.load(
                aside,
                renamed.stream().map(one -> new StoredRow(one, List.of())).toList());
    }

    /** Says which ids are taken. */
    @FunctionalInterface
    public interface Taken<E extends Exception> {
        /** Returns those that are, among these. */
        Set<String> among(List<String> ids) throws E;
    }

    /** Returns documents under ids that are free: their own, or with a number behind it. For an engine without a session. */
    public static <E extends Exception> List<StoredDocument> renamed(List<StoredDocument> documents, Taken<E> taken)
            throws E {
        Set<String> used = new HashSet<>(
                taken.among(documents.stream().map(StoredDocument::id).toList()));
        List<StoredDocument> renamed = new ArrayList<>();
        for (StoredDocument one : documents) {
            String id = one.id();
            for (int number = 2;
                    used.contains(id)
                            || (number > 2 && !taken.among(List.of(id)).isEmpty());
                    number++) {
                id = numbered(one.id(), number);
            }
            used.add(id);
            renamed.add(new StoredDocument(id, one.version(), one.createdAt(), one.body()));
        }
        return renamed;
    }

    private static String numbered(String id, int number) {
        String suffix = "~" + number;
        return shortened(id, Schema.MAX_ID_BYTES - suffix.length()) + suffix;
    }

    private static String shortened(String id, int bytes) {
        String shorter = id;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }
}
