package dev.pagurus.store.postgres;

import static com.example.notes.Notebook.NOTES;
import static com.example.notes.Notebook.TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.notes.Notebook;
import com.example.notes.Notebook.Note;
import com.example.notes.Notebook.Status;
import dev.pagurus.store.Codec;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Tombstone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide changes of what is there, on both stores; RECORDS.md has the rest. */
@SuppressWarnings("SameNameButDifferent") // a Note of its own
class GuideChangesTest {

    static final class Next {

        record Note(String headline, int stars) {} // headline was title, stars is new, and a colour is gone

        static final TextField<Note> HEADLINE = TextField.of("headline", Note::headline);

        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .index(HEADLINE)
                .revision(2)
                .upgrade(
                        1,
                        JsonUpgrade.start()
                                .rename("title", "headline")
                                .add("stars", 3)
                                .drop("colour"));

        private Next() {}
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aRecordChanges(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            store.collection(Schema.of("notes", Codec.of(text -> text, text -> text)))
                    .insert("n1", "{\"title\":\"milk\",\"colour\":\"red\"}");

            assertThat(store.collection(Next.NOTES)
                            .where(Next.HEADLINE.eq("milk"))
                            .list())
                    .extracting(Document::value)
                    .containsExactly(new Next.Note("milk", 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void dataChangesOnce(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory)) {
            try (Store before = Stores.open(database.config())) {
                before.collection(Schema.of("drafts", Note.class));
                before.collection(Schema.of("jots", Note.class));
            }
            try (Store store = Stores.open(database.config())) {
                DocumentCollection<Note> notes = store.collection(NOTES);
                notes.insert("n1", new Note("buy milk", Status.OPEN, Set.of(), Instant.EPOCH));
                notes.insert("n2", new Note("call Ann", Status.DONE, Set.of("work"), Instant.EPOCH));

                // Once, over all processes and for good: what each start calls, behind the collections that it uses.
                store.step(
                        "2026-11 tag what has no tag",
                        tx -> tx.collection(NOTES)
                                .where(TAGS.isEmpty())
                                .updateAll(note -> new Note(note.title(), note.status(), Set.of("inbox"), note.due())));

                // A large collection in batches, each a transaction; after a crash it goes on.
                store.step("2026-11 what is done is gone", NOTES, (tx, batch) -> {
                    for (Document<Note> note : batch) {
                        if (note.value().status() == Status.DONE) {
                            tx.collection(NOTES).delete(note.id());
                        }
                    }
                });
                for (StepSummary each : store.steps()) {
                    System.out.println(each.name() + (each.done() ? ": done" : ": under way") + ", " + each.at());
                }

                // Collections that no running release uses; one that does is refused.
                store.drop("drafts"); // false if it is not there
                store.rename("jots", "scraps"); // false if that was done before
                for (Tombstone each : store.tombstones()) {
                    System.out.println(each.name() + (each.newName() == null ? " is gone" : " is " + each.newName()));
                }

                assertThat(notes.query().list()).extracting(Document::id).containsExactly("n1");
                assertThat(notes.where(TAGS.contains("inbox")).count()).isEqualTo(1);
                assertThat(store.steps()).hasSize(2).allMatch(StepSummary::done);
                assertThat(store.summaries())
                        .extracting(CollectionSummary::name)
                        .containsExactlyInAnyOrder("notes", "scraps");
                assertThat(store.tombstones()).extracting(Tombstone::name).containsExactly("drafts", "jots");
                assertThat(new Notebook(store).open()).hasSize(1);
            }
        }
    }
}
