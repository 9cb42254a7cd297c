package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RECORDS.md does with collections, and with documents that no upgrade can read, on both stores. */
@SuppressWarnings("SameNameButDifferent") // one Note for each change
class RecordsCollectionsTest {

    @TempDir
    Path directory;

    static final class Moving {

        record Task(String what) {} // the old one, which stays in the code as long as the step does

        record Item(String title, int priority) {

            static Item of(Task task) {
                return new Item(task.what(), 3);
            }
        }

        static final Schema<Task> TASKS = Schema.of("tasks", Task.class);
        static final Schema<Item> ITEMS = Schema.of("items", Item.class);

        /** At each start of the release that has both. */
        static DocumentCollection<Item> items(Store store) {
            DocumentCollection<Item> items = store.collection(ITEMS);
            store.step("2026-11 tasks become items", TASKS, (tx, batch) -> {
                for (Document<Task> task : batch) {
                    tx.collection(ITEMS).put(task.id(), Item.of(task.value()));
                }
            });
            return items;
        }

        /** At each start of the release after that one. */
        static void dropTasks(Store store) {
            store.drop("tasks"); // false if it is gone already
        }

        private Moving() {}
    }

    static final class Parting {

        record Entry(String text, @Nullable Instant start) {} // notes, and events, which have a start

        record Event(String text, Instant start) {} // new

        // Revision 2 has the bodies of revision 1: it keeps the release before from writing.
        static final Schema<Entry> ENTRIES = Schema.of("entries", Entry.class).revision(2);
        static final Schema<Event> EVENTS = Schema.of("events", Event.class);

        /** At each start. */
        static void part(Store store) {
            store.collection(ENTRIES);
            store.collection(EVENTS);
            store.step("2026-11 entries and events", ENTRIES, (tx, batch) -> {
                for (Document<Entry> entry : batch) {
                    Instant start = entry.value().start();
                    if (start != null) {
                        tx.collection(EVENTS)
                                .put(entry.id(), new Event(entry.value().text(), start));
                        tx.collection(ENTRIES).delete(entry.id());
                    }
                }
            });
        }

        private Parting() {}
    }

    static final class Parted {

        record Entry(String text) {} // start is gone

        static final Schema<Entry> ENTRIES = Schema.of("entries", Entry.class)
                .revision(3)
                .upgrade(2, JsonUpgrade.start().drop("start"));

        private Parted() {}
    }

    static final class SettingAside {

        record Note(String headline) {}

        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .revision(2)
                .upgrade(1, JsonUpgrade.start().rename("title", "headline"))
                .setAside("notes_aside");

        static final Schema<String> ASIDE = Schema.of("notes_aside", Codec.of(text -> text, text -> text));

        /** Puts one back whose text was mended; the text is still one of revision 1. */
        static void putBack(Store store, String id, String mended) throws Exception {
            Note note = NOTES.codec().decode(NOTES.upgrades().apply(1, mended));
            store.runTransaction(tx -> {
                tx.collection(NOTES).insert(id, note);
                tx.collection(ASIDE).delete(id);
            });
        }

        private SettingAside() {}
    }

    static Stream<StoreConfig> stores() {
        return Stream.of(
                StoreConfig.of("sqlite::memory:"), PostgresServer.newDatabase().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void documentsMoveToAnotherCollection(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory)) {
            fill(database);
            for (int start = 0; start < 4; start++) {
                try (Store store = Stores.open(database.config())) {
                    if (start >= 2) {
                        Moving.dropTasks(store);
                    }
                    DocumentCollection<Moving.Item> items = Moving.items(store);

                    assertThat(items.query().count()).isEqualTo(1200);
                    assertThat(items.get("task 7")).map(Document::value).contains(new Moving.Item("task 7", 3));
                    assertThat(names(store))
                            .containsExactlyElementsOf(start < 2 ? List.of("items", "tasks") : List.of("items"));
                }
            }
            try (Store old = Stores.open(database.config())) {
                assertThatThrownBy(() -> old.collection(Moving.TASKS))
                        .isInstanceOf(SchemaException.class)
                        .hasMessageContainingAll("'tasks'", "dropped");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aCollectionGetsAnotherName(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory)) {
            fill(database);
            for (int start = 0; start < 2; start++) {
                try (Store store = Stores.open(database.config())) {

                    // At each start, before the new name is asked for.
                    store.rename("tasks", "items"); // false if that was done before

                    assertThat(store.collection(Schema.of("items", Moving.Task.class))
                                    .query()
                                    .count())
                            .isEqualTo(1200);
                    assertThat(names(store)).containsExactly("items");
                }
            }
        }
    }

    /** As the release before did. */
    private static void fill(EitherDatabase database) {
        try (Store store = Stores.open(database.config())) {
            Stream<Moving.Task> tasks = IntStream.range(0, 1200).mapToObj(i -> new Moving.Task("task " + i));
            store.collection(Moving.TASKS).insertAll(tasks, Moving.Task::what, OnConflict.FAIL);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void oneCollectionBecomesTwo(StoreConfig config) {
        Instant noon = Instant.parse("2026-11-27T12:00:00Z");
        try (Store store = Stores.open(config)) {
            DocumentCollection<Parting.Entry> entries = store.collection(Schema.of("entries", Parting.Entry.class));
            entries.insert("e1", new Parting.Entry("buy milk", null));
            entries.insert("e2", new Parting.Entry("lunch with Ann", noon));
            assertThatThrownBy(() -> store.collection(Parted.ENTRIES), "the release between was left out")
                    .isInstanceOf(SchemaException.class);

            Parting.part(store);
            Parting.part(store); // the next start

            assertThat(store.collection(Parted.ENTRIES).query().list())
                    .extracting(Document::value)
                    .containsExactly(new Parted.Entry("buy milk"));
            assertThat(store.collection(Parting.EVENTS).get("e2"))
                    .map(Document::value)
                    .contains(new Parting.Event("lunch with Ann", noon));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatCannotBeReadIsSetAsideAndPutBack(StoreConfig config) throws Exception {
        try (Store store = Stores.open(config)) {
            DocumentCollection<String> texts =
                    store.collection(Schema.of("notes", Codec.of(text -> text, text -> text)));
            texts.insert("n1", "{\"title\":\"milk\"}");
            texts.insert("n2", "{\"title\":\"bread\"");
            Schema<SettingAside.Note> strict = Schema.of("notes", SettingAside.Note.class)
                    .revision(2)
                    .upgrade(1, JsonUpgrade.start().rename("title", "headline"));
            assertThatThrownBy(() -> store.collection(strict))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("'n2'");

            DocumentCollection<SettingAside.Note> notes = store.collection(SettingAside.NOTES);

            assertThat(notes.query().list()).extracting(Document::id).containsExactly("n1");
            List<Document<String>> aside =
                    store.collection(SettingAside.ASIDE).query().list();
            assertThat(aside).extracting(Document::value).containsExactly("{\"title\":\"bread\"");

            SettingAside.putBack(store, "n2", aside.get(0).value() + "}");

            assertThat(notes.get("n2")).map(Document::value).contains(new SettingAside.Note("bread"));
            assertThat(store.collection(SettingAside.ASIDE).query().count()).isZero();
        }
    }

    private static List<String> names(Store store) {
        return store.summaries().stream().map(CollectionSummary::name).sorted().toList();
    }
}
