package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreListener;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the guide looks inside, on both stores. */
class GuideInsideTest {

    record Note(String title, Instant due) {}

    static final TextField<Note> TITLE = TextField.of("title", Note::title);
    static final InstantField<Note> DUE = InstantField.of("due", Note::due);
    static final Schema<Note> NOTES = Schema.of("notes", Note.class).index(TITLE, DUE);

    static Stream<StoreConfig.Builder> stores() {
        return Stream.of(StoreConfig.builder("sqlite::memory:"), PostgresServer.newDatabase());
    }

    /** How often each operation was called, how long all of that took, and how long it waited for others. */
    static final class Times implements StoreListener {

        final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
        final LongAdder nanos = new LongAdder();
        final LongAdder queued = new LongAdder();

        @Override
        public void called(StoreCall call) { // by the thread that made it: be quick
            calls.computeIfAbsent(call.operation() + " " + call.collection(), name -> new LongAdder())
                    .increment();
            nanos.add(call.total().toNanos());
            queued.add(call.queued().toNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aQueryIsExplained(StoreConfig.Builder config) throws IOException {
        try (Store store = Stores.open(config.build())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            for (String title : List.of("buy milk", "buy bread", "call Ann")) {
                notes.insert(new Note(title, Instant.EPOCH));
            }
            Explanation explanation = notes.where(TITLE.startsWith("buy "))
                    .orderBy(DUE.asc())
                    .limit(20)
                    .explain();
            System.out.println(explanation);
            assertThat(explanation.words()).startsWith("Of 'notes' where title starts with ? order by due.");
            assertThat(explanation.missing()).containsExactly(".index(DUE)");
            if (store.health().engine().startsWith("SQLite")) {
                assertThat(Files.readString(Path.of("../GUIDE.md"))).contains("\n```\n" + explanation + "\n```\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aListenerCounts(StoreConfig.Builder config) {
        Times times = new Times();
        try (Store store = Stores.open(config.listener(times).build())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.insert(new Note("milk", Instant.EPOCH));
            notes.insert(new Note("honey", Instant.EPOCH));
            List<Document<Note>> due =
                    notes.where(DUE.before(Instant.now())).orderBy(DUE.asc()).list();
            assertThat(due).hasSize(2);
        }
        assertThat(times.calls).containsKeys("open ", "collection notes", "close ");
        assertThat(times.calls)
                .hasEntrySatisfying(
                        "insert notes", calls -> assertThat(calls.sum()).isEqualTo(2))
                .hasEntrySatisfying(
                        "list notes", calls -> assertThat(calls.sum()).isEqualTo(1));
        assertThat(times.nanos.sum()).isGreaterThan(times.queued.sum());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aSlowCallIsLogged(StoreConfig.Builder config) {
        try (LogCapture log = new LogCapture();
                Store store = Stores.open(config.slow(Duration.ofNanos(1)).build())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.insert(new Note("milk", Instant.EPOCH));
            notes.where(TITLE.eq("milk")).orderBy(DUE.asc()).list();
            assertThat(log.text())
                    .contains("Slow: list of 'notes' where title = ? order by due, took ")
                    .contains(" queued, ", " in the engine), 1 row; index title+due for the filter");
        }
    }
}
