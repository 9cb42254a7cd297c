package dev.pagurus.store.postgres;

import static com.example.notes.Notebook.NOTES;
import static com.example.notes.Notebook.TITLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.notes.Notebook.Note;
import com.example.notes.Notebook.Status;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide does with a document that cannot be read, on both stores. */
class GuideDamageTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aDamagedDocumentIsMended(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            Instant due = Instant.parse("2026-11-27T12:00:00Z");
            notes.insert("n1", new Note("buy milk", Status.OPEN, Set.of("home"), due));
            notes.insert("n2", new Note("call Ann", Status.OPEN, Set.of("work"), due));
            notes.insert("n3", new Note("rest", Status.OPEN, Set.of(), due));
            database.run("update notes set body = replace(body, 'milk', 'bread')");
            database.run("update notes set body = replace(body, '\"OPEN\"', '\"OPNE\"') where id = 'n2'");

            // Whoever asks for it gets an exception; a query can go around it instead.
            List<String> damaged = new ArrayList<>();
            List<Document<Note>> readable = notes.query()
                    .undecodable(e -> damaged.add(e.id() + ": " + e.reason()))
                    .list();

            // Its text can be read, and replaced by one that makes a note.
            RawDocuments raw = notes.raw();
            Document<String> broken = raw.get("n2").orElseThrow();
            raw.replace(broken.withValue(broken.value().replace("OPNE", "OPEN")));

            assertThat(readable).extracting(Document::id).containsExactly("n1", "n3");
            assertThat(damaged).containsExactly("n2: 'status' holds no constant of Status");
            assertThat(notes.query().list()).hasSize(3);
            assertThat(notes.where(TITLE.eq("buy bread")).exists()).isFalse();

            // Bodies that were changed by SQL, and can be read: their fields are filled anew.
            raw.replace(raw.get("n1").orElseThrow()); // of one; its text stays as it is
            notes.query().updateAll(UnaryOperator.identity()); // of all, which are written as the codec writes them now

            assertThat(notes.where(TITLE.eq("buy bread")).exists()).isTrue();
            assertThat(notes.where(TITLE.eq("buy milk")).exists()).isFalse();
        }
    }
}
