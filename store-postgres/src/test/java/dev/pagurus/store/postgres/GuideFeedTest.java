package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.notes.Notebook;
import com.example.notes.Notebook.Note;
import com.example.notes.Notebook.Status;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.FollowerSummary;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide says of changes and who waits for them, on both stores. */
@SuppressWarnings("SameNameButDifferent") // a Note of its own
class GuideFeedTest {

    static final Schema<Note> NOTES = Notebook.NOTES.changes(Duration.ofDays(7));

    record Count(long changes) {

        Count plus(long more) {
            return new Count(changes + more);
        }
    }

    static final Schema<Count> COUNTS = Schema.of("counts", Count.class);

    @TempDir
    Path directory;

    private final Map<String, String> titles = new HashMap<>();
    private @Nullable String saved;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aCopyElsewhereKeepsUp(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.insert("n1", note("buy milk"));
            takeIn(store);
            notes.insert("n2", note("call Ann"));
            notes.delete("n1");
            takeIn(store);

            assertThat(titles).isEqualTo(Map.of("n2", "call Ann"));
        }
    }

    private void takeIn(Store store) {
        ChangeFeed feed = store.changes(NOTES).startWithState();
        ChangePage page;
        do {
            try {
                page = feed.startAfter(saved).page(); // null at first: everything that is there, then what changes
            } catch (PositionLostException e) {
                titles.clear(); // away for longer than the seven days, or an older backup was restored
                page = feed.page();
            }
            for (Change change : page.changes()) {
                change.document(NOTES)
                        .ifPresentOrElse(
                                note -> titles.put(note.id(), note.value().title()), () -> titles.remove(change.id()));
            }
            saved = page.position(); // keep it with what was made of the changes
        } while (!page.complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aFollowerCountsEachChangeOnce(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            DocumentCollection<Count> counts = store.collection(COUNTS);
            counts.insert("notes", new Count(0));
            CountDownLatch counted = new CountDownLatch(2);
            Thread follower = new Thread(() -> {
                // Blocks this thread until it is interrupted or the store closed. Of each page, the count and
                // the place are saved together: so each change is counted once, however often it is killed.
                store.follow("count", store.changes(NOTES).limit(100), (tx, changes) -> {
                    tx.collection(COUNTS).update("notes", count -> count.plus(changes.size()));
                    tx.afterCommit(() -> changes.forEach(change -> counted.countDown()));
                });
            });
            follower.start();
            notes.insert("n1", note("buy milk"));
            notes.insert("n2", note("call Ann"));
            assertThat(counted.await(60, TimeUnit.SECONDS)).isTrue();
            follower.interrupt();
            follower.join();

            assertThat(counts.get("notes").map(Document::value)).contains(new Count(2));

            for (FollowerSummary each : store.followers()) {
                System.out.println(
                        each.name() + (each.behindSince() == null ? "" : ": behind since " + each.behindSince()));
            }
            store.unfollow("count"); // it would begin anew

            assertThat(store.followers()).isEmpty();
        }
    }

    private static Note note(String title) {
        return new Note(title, Status.OPEN, Set.of(), Instant.EPOCH);
    }
}
