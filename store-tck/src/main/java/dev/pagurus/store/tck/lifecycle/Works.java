package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one process does, one thing after the other, of many kinds: each is done as a whole or not at all, and can be done to
 * another store as well, to see what it is to come to. Used by one thread.
 */
final class Works {

    private static final String ACCOUNTS = "accounts";
    private static final String ENTRIES = "entries";

    /** What is named so is nobody's, and can be renamed and dropped. */
    private static final String SPARE = "spare";

    private static final int SPARES = 3;
    private static final int DOCUMENTS = 30;
    private static final int KINDS = 8;

    private final Random random;
    private final List<String> spares = new ArrayList<>();
    private int revision = 1;
    private int generation;
    private int renamed;

    Works(Random random) {
        this.random = random;
    }

    /** Something to be done. */
    record Work(String name, boolean isWhole, Consumer<Store> how) {

        void run(Store store) {
            how.accept(store);
        }

        @Override
        public String toString() {
            return "'" + name + "'";
        }
    }

    /** Has everything there that the works need. */
    void prepare(Store store) {
        putAll(store.collection(accounts(1)), "a", 1, 0);
        putAll(store.collection(Item.schema(ENTRIES)), "e", 0, 0);
        spares.clear();
        for (int i = 0; i < SPARES; i++) {
            store.collection(Item.schema(SPARE + i)).put("s", Item.of("spare"));
            spares.add(SPARE + i);
        }
    }

    /** Returns what is to be done next. */
    Work next() {
        int now = ++generation;
        int seen = revision;
        int first = random.nextInt(DOCUMENTS);
        return switch (random.nextInt(KINDS)) {
            case 0 ->
                whole(
                        "a transaction over two collections",
                        store -> store.runTransaction(tx -> {
                            DocumentCollection<Item> accounts = tx.collection(accounts(seen));
                            DocumentCollection<Item> entries = tx.collection(Item.schema(ENTRIES));
                            accounts.put("a" + first, item(first, seen, now));
                            entries.put("e" + first, item(first, 0, now));
                            entries.delete("e" + (first + 1));
                        }));
            case 1 ->
                whole(
                        "a list in a transaction",
                        store -> store.runTransaction(tx -> putAll(tx.collection(accounts(seen)), "a", seen, now)));
            case 2 ->
                whole(
                        "updateAll in a transaction",
                        store -> store.runTransaction(tx -> tx.collection(Item.schema(ENTRIES))
                                .where(Item.NUMBER.gte(0L))
                                .updateAll(item -> item.withText("updated " + now))));
            case 3 ->
                whole(
                        "deleteAll",
                        store -> store.collection(Item.schema(ENTRIES))
                                .where(Item.TAGS.contains("t" + first % 3))
                                .deleteAll());
            case 4 -> {
                revision++;
                int next = revision;
                yield whole("raising to revision " + next, store -> store.collection(accounts(next)));
            }
            case 5 -> {
                if (spares.isEmpty()) {
                    yield whole(
                            "a put",
                            store -> store.collection(Item.schema(ENTRIES)).put("e" + first, item(first, 0, now)));
                }
                String name = spares.remove(random.nextInt(spares.size()));
                if (random.nextBoolean()) {
                    yield whole("a drop", store -> store.drop(name));
                }
                String other = "other" + ++renamed;
                spares.add(other);
                yield whole("a renaming", store -> store.rename(name, other));
            }
            case 6 ->
                whole(
                        "a step",
                        store -> store.step("step " + now, tx -> {
                            tx.collection(accounts(seen)).put("a" + first, item(first, seen, now));
                            putAll(tx.collection(Item.schema(ENTRIES)), "e", 0, now);
                        }));
            default -> new Work("putAll", false, store -> putAll(store.collection(Item.schema(ENTRIES)), "e", 0, now));
        };
    }

    private static Work whole(String name, Consumer<Store> how) {
        return new Work(name, true, how);
    }

    private static void putAll(DocumentCollection<Item> items, String prefix, int revision, int generation) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            all.add(item(i, revision, generation));
        }
        items.putAll(all.stream(), item -> prefix + item.number(), OnConflict.FAIL);
    }

    private static Item item(int number, int revision, int generation) {
        return Item.of("of " + generation)
                .withNumber(number)
                .withTags(Set.of("t" + number % 3, "g" + generation))
                .withPayload("at " + revision + ".");
    }

    /** Each revision has other indexes than the one before, and says in each body which one it is. */
    private static Schema<Item> accounts(int revision) {
        Schema<Item> schema = Schema.of(ACCOUNTS, Item.class)
                .revision(revision)
                .index(Item.NUMBER)
                .index(Item.TAGS);
        schema = revision % 2 == 0 ? schema.index(Item.TEXT) : schema.uniqueIndex(Item.CODE);
        for (int from = 1; from < revision; from++) {
            String before = "at " + from + ".";
            String after = "at " + (from + 1) + ".";
            schema = schema.upgrade(from, body -> body.replace(before, after));
        }
        return schema;
    }

    /** Returns everything that is there, by what it is; what comes late of one who is gone is waited for. */
    static Map<String, String> shown(Store store) {
        Map<String, String> shown = look(store);
        Map<String, String> again = look(store);
        while (!again.equals(shown)) {
            shown = again;
            again = look(store);
        }
        return shown;
    }

    /** The same, where nobody else is at work. */
    static Map<String, String> look(Store store) {
        Map<String, String> shown = new TreeMap<>();
        for (CollectionSummary summary : store.summaries()) {
            String name = summary.name();
            shown.put(name, "revision " + summary.revision());
            if (name.equals(ACCOUNTS)) {
                show(store, accounts(summary.revision()), shown);
            } else if (name.equals(ENTRIES)) {
                show(store, Item.schema(name), shown);
            } else {
                // Whoever asks for it has it in use from then on.
                shown.put(name + " counted", Long.toString(summary.documents()));
            }
        }
        return shown;
    }

    /** Each document with what is found by its fields: the tags that it has, and no others. */
    private static void show(Store store, Schema<Item> schema, Map<String, String> shown) {
        store.collection(schema);
        Map<@Nullable String, Long> byTag = new TreeMap<>();
        Map<@Nullable String, Long> counted = store.snapshot(view -> {
            byTag.clear();
            ReadableCollection<Item> items = view.collection(schema);
            for (Document<Item> document : items.query().list()) {
                shown.put(schema.name() + "/" + document.id(), document.value().toString());
                tags(document.value()).forEach(tag -> byTag.merge(tag, 1L, Long::sum));
            }
            return items.query().countBy(Item.TAGS);
        });
        assertThat(counted).as("documents of '%s' by their tags", schema.name()).isEqualTo(byTag);
    }

    private static Set<String> tags(Item item) {
        Set<String> tags = item.tags();
        return tags == null ? Set.of() : tags;
    }
}
