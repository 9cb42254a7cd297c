package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.WordsField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the guide searches by words, on both stores. */
class GuideWordsTest {

    record Note(String title, String text, Instant due) {}

    static final InstantField<Note> DUE = InstantField.of("due", Note::due);
    static final WordsField<Note> WORDS = WordsField.of("words", note -> note.title() + " " + note.text());
    static final Schema<Note> NOTES =
            Schema.of("notes", Note.class).index(WORDS).index(DUE);

    static Stream<StoreConfig.Builder> stores() {
        return Stream.of(StoreConfig.builder("sqlite::memory:"), PostgresServer.newDatabase());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void notesAreFoundByTheirWords(StoreConfig.Builder config) {
        Instant today = Instant.parse("2026-11-27T00:00:00Z");
        try (Store store = Stores.open(config.build())) {
            DocumentCollection<Note> notes = store.collection(NOTES);
            notes.insert("n1", new Note("Shells", "A hermit crab needs a larger shell.", today.plusSeconds(9)));
            notes.insert("n2", new Note("Crème brûlée", "For the CRAB: no shell, no sugar.", today.plusSeconds(5)));
            notes.insert("n3", new Note("Crabs", "They moult, and shed.", today.minusSeconds(5)));

            List<Document<Note>> found = notes.where(WORDS.hasAll("crab shell"))
                    .orderBy(DUE.asc())
                    .limit(20)
                    .list();
            assertThat(found).extracting(Document::id).containsExactly("n2", "n1");

            String typed = "creme bru";
            List<Document<Note>> first = notes.where(WORDS.hasPrefix(typed).and(DUE.after(today)))
                    .limit(10)
                    .list();
            assertThat(first).extracting(Document::id).containsExactly("n2");
        }
    }

    @Test
    void theLimitsAreThoseOfTheApi() throws IOException {
        assertThat(Files.readString(Path.of("../GUIDE.md")))
                .contains("| field of words | 10,000 different words, of each its first " + WordsField.MAX_WORD_BYTES
                        + " bytes |");
        assertThat(WordsField.MAX_WORDS).isEqualTo(10_000);
    }
}
