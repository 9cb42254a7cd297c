package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what a feed shows, as a search index or a cache would. */
final class Mirror {

    private final List<Schema<Item>> schemas;
    private final Map<String, Document<Item>> documents = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final boolean inOrder;
    private @Nullable String position;

    /** A reader of changes. */
    Mirror(List<Schema<Item>> schemas) {
        this(schemas, true);
    }

    private Mirror(List<Schema<Item>> schemas, boolean inOrder) {
        this.schemas = schemas;
        this.inOrder = inOrder;
    }

    /** A reader who begins with the state: what was changed while that was shown comes once more. */
    static Mirror ofState(List<Schema<Item>> schemas) {
        return new Mirror(schemas, false);
    }

    Mirror copy() {
        Mirror copy = new Mirror(schemas, inOrder);
        copy.documents.putAll(documents);
        copy.versions.putAll(versions);
        copy.position = position;
        return copy;
    }

    @Nullable
    String position() {
        return position;
    }

    /** Takes in the next page; says whether it was complete. */
    boolean read(ChangeFeed feed) {
        ChangePage page = feed.startAfter(position).page();
        page.changes().forEach(this::take);
        position = page.position();
        return page.complete();
    }

    /** Takes in everything that is there. */
    void readAll(ChangeFeed feed) {
        int pages = 0;
        while (!read(feed)) {
            assertThat(++pages)
                    .as("pages that are not complete, one after the other")
                    .isLessThan(10_000);
        }
    }

    private void take(Change change) {
        Long before = versions.put(key(change.collection(), change.id()), change.version());
        assertThat(change.version())
                .as("version of %s, which has come after version %s", change, before)
                .isGreaterThanOrEqualTo(before == null || !inOrder ? Long.MIN_VALUE : before);
        Schema<Item> schema = schemas.stream()
                .filter(one -> one.name().equals(change.collection()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The feed shows a change of another collection: " + change));
        assertThat(change.document(schema).isEmpty())
                .as("whether %s is without document", change)
                .isEqualTo(change.deleted());
        change.document(schema)
                .ifPresentOrElse(
                        document -> documents.put(key(change.collection(), change.id()), document),
                        () -> documents.remove(key(change.collection(), change.id())));
    }

    @Nullable
    Item value(Schema<Item> schema, String id) {
        Document<Item> document = documents.get(key(schema.name(), id));
        return document == null ? null : document.value();
    }

    /** What the reader has is what the store has. */
    void requireSameAs(Store store, String when) {
        Map<String, Document<Item>> there = new TreeMap<>();
        for (Schema<Item> schema : schemas) {
            store.collection(schema).query().stream()
                    .forEach(document -> there.put(key(schema.name(), document.id()), document));
        }
        assertThat(documents).as("what a reader of the feed has, %s", when).isEqualTo(there);
    }

    private static String key(String collection, String id) {
        return collection + " " + id;
    }
}
