package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Flight Recorder keeps of calls: the same as a listener is told, and nothing of what is in them. */
class SqliteRecordedCallsTest {

    private static final String EVENT = "dev.pagurus.StoreCall";
    private static final String SECRET = "hunter2-Secret";

    @TempDir
    Path directory;

    private Path kept;

    @BeforeEach
    void nameFile() {
        kept = directory.resolve("calls.jfr");
    }

    @Test
    void whatIsRecordedIsWhatAListenerIsTold() throws IOException {
        List<StoreCall> told = new ArrayList<>();
        List<StoreCall> whileRecorded = new ArrayList<>();
        StoreConfig config = StoreConfig.builder("sqlite:" + directory.resolve("notes.db"))
                .listener(told::add)
                .build();
        try (Store store = Stores.open(config)) {
            use(store);
            told.clear();
            try (Recording recording = recording()) {
                use(store);
                recording.dump(kept);
                whileRecorded.addAll(told);
            }
        }
        assertThat(events().map(SqliteRecordedCallsTest::words))
                .isEqualTo(whileRecorded.stream()
                        .map(SqliteRecordedCallsTest::words)
                        .toList())
                .hasSizeGreaterThan(12);
        assertThat(Files.readString(kept, StandardCharsets.ISO_8859_1))
                .as("the bytes of the recording")
                .contains("title = ?")
                .doesNotContain(SECRET);
    }

    /** It is started and stopped while an application runs that knows nothing of it. */
    @Test
    void nothingNeedBeConfigured() throws IOException {
        try (Store store = Stores.open("sqlite:" + directory.resolve("notes.db"))) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.put("a", note("before"));
            try (Recording recording = recording()) {
                notes.put("b", note("while"));
                notes.where(Note.TITLE.eq("while")).list();
                recording.stop();
                notes.put("c", note("after"));
                recording.dump(kept);
            }
        }
        assertThat(events().map(event -> event.getString("operation"))).containsExactly("put", "list");
    }

    private static Recording recording() {
        Recording recording = new Recording();
        recording.enable(EVENT).withoutThreshold();
        recording.start();
        return recording;
    }

    private Events events() throws IOException {
        return new Events(RecordingFile.readAllEvents(kept).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                // A call within another begins later and ends earlier; a listener is told of it first.
                .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                .toList());
    }

    private record Events(List<RecordedEvent> all) {
        List<String> map(Function<RecordedEvent, String> words) {
            return all.stream().map(words).toList();
        }
    }

    private static String words(RecordedEvent event) {
        return String.join(
                "|",
                event.getString("operation"),
                event.getString("collection"),
                event.getString("shape"),
                event.getString("within"),
                event.getDuration("queued").toString(),
                event.getDuration("engine").toString(),
                "" + event.getLong("rows"),
                "" + event.getInt("repetitions"),
                "" + event.getInt("joined"),
                "" + event.getString("failure"));
    }

    private static String words(StoreCall call) {
        return String.join(
                "|",
                call.operation(),
                call.collection(),
                call.shape(),
                call.within(),
                call.queued().toString(),
                call.engine().toString(),
                "" + call.rows(),
                "" + call.repetitions(),
                "" + call.joined(),
                "" + call.failure());
    }

    private static void attempt(ThrowingCallable work) {
        try {
            work.call();
        } catch (Throwable e) {
            // That is recorded.
        }
    }

    private static Note note(String title) {
        return new Note(title, Note.Status.OPEN, null, Set.of(title), title);
    }

    private static void use(Store store) {
        DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
        notes.put(SECRET, note(SECRET));
        notes.get(SECRET);
        notes.update(SECRET, note -> note);
        notes.where(Note.TITLE.eq(SECRET).and(Note.TAGS.contains(SECRET)))
                .orderBy(Note.DUE.desc())
                .list();
        notes.where(Note.TITLE.startsWith(SECRET)).updateAll(note -> note);
        attempt(() -> notes.insert(SECRET, note(SECRET)));
        attempt(() -> notes.insert("other " + SECRET, note(SECRET)));
        notes.putAll(Stream.of(note(SECRET)), Note::title, OnConflict.FAIL);
        attempt(() -> store.runTransaction(tx -> {
            tx.collection(Note.SCHEMA).put("x", note("x"));
            throw new IllegalStateException(SECRET);
        }));
        store.snapshot(view -> view.collection(Note.SCHEMA).query().count());
        attempt(() -> store.step(SECRET, tx -> {
            throw new IllegalStateException(SECRET);
        }));
        notes.delete(SECRET);
    }
}
