package dev.pagurus.store.postgres;

import static com.example.notes.Notebook.DUE;
import static com.example.notes.Notebook.NOTES;
import static com.example.notes.Notebook.STATUS;
import static com.example.notes.Notebook.TAGS;
import static com.example.notes.Notebook.TITLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.notes.Notebook;
import com.example.notes.Notebook.Note;
import com.example.notes.Notebook.Status;
import dev.pagurus.store.Aggregate;
import dev.pagurus.store.BulkResult;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Health;
import dev.pagurus.store.Ids;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Row;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.VersionConflictException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide shows, on both stores. That it shows this code is held by {@link GuidePageTest}. */
class GuideTest {

    @TempDir
    Path directory;

    private final Instant tomorrow = Instant.parse("2026-11-27T12:00:00Z");

    static Stream<StoreConfig> stores() {
        return Stream.of(
                StoreConfig.of("sqlite::memory:"), PostgresServer.newDatabase().build());
    }

    /** The second run finds what the first one stored. */
    @Test
    void theFirstApplicationRunsTwice() {
        String[] file = {"sqlite:" + directory.resolve("notes.db")};

        Notebook.main(file);
        Notebook.main(file);

        try (Store store = Stores.open(file[0])) {
            assertThat(new Notebook(store).open()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void writingOneDocument(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            Note note = new Note("buy milk", Status.OPEN, Set.of("home"), tomorrow);

            Document<Note> made = notes.insert(note); // a new id, as Ids.next() makes them
            notes.insert("n1", note); // DuplicateIdException if there is an n1
            notes.put("n1", note); // new, or in place of what is there

            // Read, change, write; again from the start if somebody was faster. The usual way to change something.
            Optional<Document<Note>> done = notes.update("n1", Note::done);

            // As it was seen: refused with a VersionConflictException if it has changed since.
            notes.replace(made.withValue(made.value().done()));
            notes.replace("n1", done.orElseThrow().version(), note); // the same with the version of an HTTP If-Match

            // Makes, changes or deletes: from nothing, from what is there, to nothing.
            notes.compute("n2", old -> Optional.of(old.map(Note::done).orElse(note)));

            boolean wasThere = notes.delete("n1"); // whatever it is now
            notes.delete("n2", notes.get("n2").orElseThrow().version()); // only at this version
            notes.get(made.id()).ifPresent(notes::delete); // only as it was read

            assertThat(wasThere).isTrue();
            assertThat(notes.query().count()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void readingByIdAndSearching(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.put("n1", new Note("buy milk", Status.OPEN, Set.of("home"), tomorrow));
            notes.put("n2", new Note("buy paper", Status.OPEN, Set.of("work"), tomorrow.minusSeconds(1)));
            notes.put("n3", new Note("call Ann", Status.DONE, Set.of("work"), tomorrow));

            Optional<Document<Note>> one = notes.get("n1");
            Map<String, Document<Note>> some = notes.getAll(List.of("n3", "n1", "nobody")); // n3, n1
            boolean there = notes.exists("n1");

            List<Document<Note>> urgent = notes.where(STATUS.eq(Status.OPEN).and(DUE.before(tomorrow)))
                    .orderBy(DUE.asc())
                    .list();
            Optional<Document<Note>> newest =
                    notes.query().orderBy(NOTES.createdAt().desc()).first();

            Page<Note> page = notes.where(TITLE.startsWith("buy "))
                    .orderBy(DUE.desc())
                    .thenBy(TITLE.asc())
                    .limit(20)
                    .startAfter(null) // or page.nextCursor() of the page before; it fits into a URL
                    .page();

            long open = notes.where(STATUS.eq(Status.OPEN)).count();
            boolean any = notes.where(TAGS.contains("work")).exists();
            Map<Status, Long> byStatus = notes.query().countBy(STATUS); // {DONE=1, OPEN=2}

            try (Stream<Document<Note>> all = notes.query().stream()) { // any number, in little memory
                all.forEach(note -> System.out.println(note.id()));
            }

            assertThat(one).isPresent();
            assertThat(some.keySet()).containsExactly("n3", "n1");
            assertThat(there && any).isTrue();
            assertThat(ids(urgent)).containsExactly("n2");
            assertThat(newest).map(Document::id).contains("n3");
            assertThat(ids(page.items())).containsExactly("n1", "n2");
            assertThat(page.nextCursor()).isNull();
            assertThat(open).isEqualTo(2);
            assertThat(byStatus).hasToString("{DONE=1, OPEN=2}");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void someFieldsOnly(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.put("n1", new Note("buy milk", Status.OPEN, Set.of("home"), tomorrow));
            notes.put("n2", new Note("buy paper", Status.OPEN, Set.of(), tomorrow.minusSeconds(1)));

            List<Row> lines = notes.where(STATUS.eq(Status.OPEN))
                    .orderBy(DUE.asc())
                    .select(TITLE, DUE, TAGS)
                    .list();
            for (Row line : lines) {
                System.out.println(line.get(TITLE) + ", due " + line.get(DUE) + ", " + line.get(TAGS));
            }

            RowPage dates = notes.where(
                            STATUS.eq(Status.OPEN)) // the index (STATUS, DUE) has all of it, and answers alone
                    .orderBy(DUE.asc())
                    .limit(20)
                    .startAfter(null) // or nextCursor() of the page before, be it of rows or of documents
                    .select(NOTES.id(), DUE)
                    .page();

            assertThat(lines).extracting(line -> line.get(TITLE)).containsExactly("buy paper", "buy milk");
            assertThat(lines).extracting(line -> line.get(TAGS)).containsExactly(List.of(), List.of("home"));
            assertThat(dates.rows()).extracting(row -> row.get(NOTES.id())).containsExactly("n2", "n1");
            assertThat(dates.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void groups(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.put("n1", new Note("buy milk", Status.OPEN, Set.of("home"), tomorrow));
            notes.put("n2", new Note("buy paper", Status.OPEN, Set.of("work", "home"), tomorrow.minusSeconds(1)));

            Row open = notes.where(STATUS.eq(Status.OPEN)).aggregate(Aggregate.count(), DUE.min(), DUE.average());
            Long howMany = open.get(Aggregate.count());
            Instant first = open.get(DUE.min()); // null if there is none

            // One or two fields make the groups; a many-field may be one of them.
            for (Row row : notes.query()
                    .groupBy(STATUS, TAGS)
                    .orderBy(Aggregate.count().desc()) // without it, in the order of the fields
                    .limit(10)
                    .aggregate(Aggregate.count(), DUE.max())) {
                System.out.println(row.get(STATUS) + " " + row.get(TAGS) + ": " + row.get(Aggregate.count()));
            }

            List<String> tags = notes.query().distinct(TAGS); // each once, in order

            assertThat(howMany).isEqualTo(2);
            assertThat(first).isEqualTo(tomorrow.minusSeconds(1));
            assertThat(tags).containsExactly("home", "work");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void filters(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.put("n1", new Note("buy milk", Status.OPEN, Set.of("home"), tomorrow));
            notes.put("n2", new Note("call Ann", Status.DONE, Set.of(), tomorrow));
            String wanted = "home";
            boolean withDone = false;

            // What a form of a page asks for, put together.
            List<Filter<Note>> parts = new ArrayList<>();
            parts.add(Filter.anyOf(List.of(TAGS.contains(wanted), TITLE.startsWith(wanted))));
            if (!withDone) {
                parts.add(STATUS.eq(Status.DONE).not());
            }
            List<Document<Note>> found = notes.where(Filter.allOf(parts)).list();

            List<Document<Note>> others = notes.where(STATUS.in(Status.DONE)
                            .and(TAGS.isEmpty())
                            .and(DUE.between(tomorrow.minusSeconds(60), tomorrow))
                            .and(NOTES.id().ne("n1")))
                    .list();

            assertThat(ids(found)).containsExactly("n1");
            assertThat(ids(others)).containsExactly("n2");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void changingMany(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            Instant yesterday = tomorrow.minusSeconds(172800);
            Stream<Note> imported = Stream.of(
                    new Note("buy milk", Status.OPEN, Set.of(), yesterday),
                    new Note("call Ann", Status.OPEN, Set.of(), tomorrow));

            BulkResult result = notes.insertAll(imported, Note::title, OnConflict.SKIP); // in chunks, each on disk
            System.out.println(result.written() + " new, " + result.skipped() + " there already, " + result.failed()
                    + " refused: " + result.failures());
            notes.putAll(Stream.of(new Note("rest", Status.OPEN, Set.of(), tomorrow)), Note::title, OnConflict.FAIL);

            long changed = notes.where(DUE.before(yesterday.plusSeconds(1))).updateAll(Note::done); // one by one
            long deleted = notes.where(STATUS.eq(Status.DONE)).deleteAll(); // all or nothing

            assertThat(result.written()).isEqualTo(2);
            assertThat(changed).isEqualTo(1);
            assertThat(deleted).isEqualTo(1);
            assertThat(ids(notes.query().list())).containsExactly("call Ann", "rest");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void transactionsAndSnapshots(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.put("n1", new Note("buy milk", Status.OPEN, Set.of(), tomorrow));
            notes.put("n2", new Note("call Ann", Status.OPEN, Set.of(), tomorrow));
            List<String> told = new ArrayList<>();

            // All of it or nothing, serializable. May run again, so nothing in it but what the transaction undoes.
            String id = store.transaction(tx -> {
                DocumentCollection<Note> inside = tx.collection(NOTES); // not the one from outside
                inside.update("n1", Note::done);
                tx.afterCommit(() -> told.add("n1 is done")); // mails, metrics: once, when it has happened
                return inside.insert(new Note("drink milk", Status.OPEN, Set.of(), tomorrow))
                        .id();
            });
            store.runTransaction(tx -> new Notebook(tx).finish("n2")); // the same without a result

            // Several reads of one state; blocks nobody.
            String report = store.snapshot(view -> {
                ReadableCollection<Note> then = view.collection(NOTES);
                return then.query().count() + " notes, " + then.query().countBy(STATUS);
            });

            assertThat(notes.exists(id)).isTrue();
            assertThat(told).containsExactly("n1 is done");
            assertThat(report).isEqualTo("3 notes, {DONE=2, OPEN=1}");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void lookingAtAStore(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(NOTES).put("n1", new Note("buy milk", Status.OPEN, Set.of(), tomorrow));

            Health health = store.health(); // never throws for a store that is down
            System.out.println(health.up() ? health.engine() + " " + health.details() : health.problem());
            for (CollectionSummary each : store.summaries()) {
                System.out.println(each.name() + ": " + each.documents()); // counts all of them
            }
            String id = Ids.next(); // 36 characters that sort by time, for an id that must be known before

            assertThat(health.up()).isTrue();
            assertThat(store.summaries())
                    .extracting(CollectionSummary::documents)
                    .containsExactly(1L);
            assertThat(id).hasSize(36);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void failuresThatAreAnswers(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            Note note = new Note("buy milk", Status.OPEN, Set.of(), tomorrow);
            Document<Note> seen = notes.put("n1", note);
            notes.update("n1", Note::done);
            String answer;

            try {
                answer = "saved as version "
                        + notes.replace(seen.withValue(note)).version();
            } catch (VersionConflictException e) {
                answer = "somebody changed it; now it is at " + e.current(); // HTTP 412
            }

            assertThat(answer).startsWith("somebody changed it");
            assertThatThrownBy(() -> notes.insert("n1", note)).isInstanceOf(DuplicateIdException.class);
        }
    }

    private static List<String> ids(List<Document<Note>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
