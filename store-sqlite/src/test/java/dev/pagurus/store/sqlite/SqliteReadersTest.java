package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The few connections that read: nobody can keep them from others, and what they remember is bounded. */
@Timeout(120)
class SqliteReadersTest {

    private static final int NOTES = 700;

    @TempDir
    private Path directory;

    private String url;

    @BeforeEach
    void nameTheFile() {
        url = "sqlite:" + directory.resolve("data.db") + "?synchronous=off&timeout=5s";
    }

    @Test
    void heldSnapshotsStarveNoReaderAndNoWriter() throws Exception {
        int snapshots = 32;
        try (Store store = Stores.open(url + "&readers=1")) {
            DocumentCollection<Note> notes = filled(store);
            try (Held held = Held.snapshots(store, snapshots)) {
                assertThat(store.health().details()).containsEntry("snapshots_in_use", "32");

                notes.put("new", Note.titled("new"));
                assertThat(notes.get("new")).isPresent();
                assertThat(notes.query().count()).isEqualTo(NOTES + 1);
                assertThat(notes.query().stream().count()).isEqualTo(NOTES + 1);

                assertThat(held.release()).hasSize(snapshots).containsOnly((long) NOTES);
            }
            assertThat(store.health().details()).containsEntry("snapshots_in_use", "0");
        }
    }

    @Test
    void oneReaderIsEnoughForStreamsInsideOfStreamsOnSeveralThreads() throws Exception {
        try (Store store = Stores.open(url + "&readers=1")) {
            DocumentCollection<Note> notes = filled(store);
            List<CompletableFuture<Long>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(CompletableFuture.supplyAsync(
                        () -> notes.query().stream()
                                .filter(outer -> notes.query().stream()
                                                .limit(3)
                                                .allMatch(inner ->
                                                        notes.get(inner.id()).isPresent())
                                        && notes.get(outer.id()).isPresent())
                                .count(),
                        task -> new Thread(task).start()));
            }
            for (CompletableFuture<Long> thread : threads) {
                assertThat(thread.get(60, TimeUnit.SECONDS)).isEqualTo(NOTES);
            }
        }
    }

    @Test
    void aThousandShapesOfFiltersAreAnsweredRight() {
        try (Store store = Stores.open(url + "&readers=1")) {
            DocumentCollection<Note> notes = filled(store);
            for (int shape = 1; shape <= 1000; shape++) {
                assertThat(notes.where(shaped(shape)).list())
                        .extracting(Document::id)
                        .as("shape %d", shape)
                        .containsExactly("n7");
            }
        }
    }

    @Test
    void aConnectionRemembersTwoHundredStatements() throws Exception {
        Stores.open(url).close();
        try (SqliteConnection connection = SqliteConnection.open(SqliteSettings.of(StoreConfig.of(url)), 100, true)) {
            for (int shape = 0; shape < 1000; shape++) {
                connection
                        .query("select count(*) from pagurus_collections -- " + shape)
                        .close();
            }
            Field statements = SqliteConnection.class.getDeclaredField("statements");
            statements.setAccessible(true);
            assertThat((Map<?, ?>) statements.get(connection)).hasSize(200);
        }
    }

    /** Matches the same note in each shape. */
    private static Filter<Note> shaped(int shape) {
        List<Filter<Note>> parts = new ArrayList<>(List.of(Note.TITLE.eq("n7")));
        // The binary digits of the number choose the parts.
        List<Filter<Note>> choices = List.of(
                Note.STATUS.eq(Note.Status.OPEN),
                Note.DUE.gt(Instant.EPOCH),
                Note.TAGS.contains("home"),
                Note.TAGS.isEmpty().not(),
                Note.STATUS.ne(Note.Status.DONE),
                Note.DUE.isNotNull(),
                Note.TITLE.startsWith("n"),
                Note.TITLE.in("n7", "n8"),
                Note.SCHEMA.id().lt("o"),
                Note.TAGS.contains("away").not());
        for (int i = 0; i < choices.size(); i++) {
            if ((shape >> i & 1) == 1) {
                parts.add(choices.get(i));
            }
        }
        return Filter.allOf(parts);
    }

    private static DocumentCollection<Note> filled(Store store) {
        DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
        notes.insertAll(
                IntStream.range(0, NOTES).mapToObj(i -> Note.titled("n" + i)),
                note -> Objects.requireNonNull(note.title()),
                OnConflict.FAIL);
        return notes;
    }
}
