package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Document;
import dev.pagurus.store.Order;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application has read from a collection and comes back with later: documents as they once were, and cursors. Each
 * of the two stores has one of its own, for they need not look alike.
 */
final class Memory {

    private static final int CURSORS = 4;

    private final Map<String, Document<Item>> documents;
    private final List<Kept> cursors;

    /** A cursor, and the order that it belongs to. */
    record Kept(List<Order<Item>> orders, String cursor) {}

    Memory() {
        this(Map.of(), List.of());
    }

    private Memory(Map<String, Document<Item>> documents, List<Kept> cursors) {
        this.documents = new HashMap<>(documents);
        this.cursors = new ArrayList<>(cursors);
    }

    Memory copy() {
        return new Memory(documents, cursors);
    }

    /** Keeps a document, unless an older one is kept. */
    void keep(Document<Item> document) {
        documents.putIfAbsent(document.id(), document);
    }

    /** Gives a document away as it once was. */
    @Nullable
    Document<Item> take(String id) {
        return documents.remove(id);
    }

    void keep(List<Order<Item>> orders, @Nullable String cursor) {
        if (cursor == null) {
            return;
        }
        if (cursors.size() == CURSORS) {
            cursors.remove(0);
        }
        cursors.add(new Kept(orders, cursor));
    }

    /** Returns one of the cursors; null if none was kept. */
    @Nullable
    Kept cursor(int choice) {
        return cursors.isEmpty() ? null : cursors.get(choice % cursors.size());
    }
}
