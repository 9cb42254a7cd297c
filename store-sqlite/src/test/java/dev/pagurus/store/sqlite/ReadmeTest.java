package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.VersionConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README is the Java of this class, and it works. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Path THIS = Path.of("src/test/java/dev/pagurus/store/sqlite/ReadmeTest.java");

    @TempDir
    Path directory;

    enum Status {
        OPEN,
        DONE
    }

    record Note(String title, Status status, Set<String> tags, Instant due) {

        Note done() {
            return new Note(title, Status.DONE, tags, due);
        }
    }

    static final class Notes {
        static final TextField<Note> TITLE = TextField.of("title", Note::title);
        static final EnumField<Note, Status> STATUS = EnumField.of("status", Status.class, Note::status);
        static final InstantField<Note> DUE = InstantField.of("due", Note::due);
        static final ManyField<Note> TAGS = ManyField.of("tags", Note::tags);

        static final Schema<Note> SCHEMA = Schema.of("notes", Note.class)
                .uniqueIndex(TITLE)
                .index(STATUS, DUE)
                .index(TAGS);
    }

    @Test
    void theTourWorks() {
        String url = "sqlite:" + directory.resolve("notes.db");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Notes.SCHEMA);

            Document<Note> milk = notes.insert("n1", new Note("buy milk", Status.OPEN, Set.of("home"), Instant.now()));
            notes.put("n2", new Note("call Ann", Status.OPEN, Set.of("work", "phone"), tomorrow));

            notes.update("n1", Note::done);
            try {
                notes.replace(milk.withValue(milk.value().done()));
            } catch (VersionConflictException e) {
                System.out.println(e.getMessage()); // somebody was faster: the update above
            }

            Page<Note> page = notes.where(Notes.STATUS.eq(Status.OPEN).and(Notes.TAGS.contains("work")))
                    .orderBy(Notes.DUE.asc())
                    .limit(20)
                    .startAfter(null) // or page.nextCursor() of the page before
                    .page();

            store.runTransaction(tx -> {
                DocumentCollection<Note> inside = tx.collection(Notes.SCHEMA);
                inside.delete("n1");
                inside.update("n2", Note::done);
            });
            assertThat(notes.query().list())
                    .extracting(each -> each.value().status())
                    .containsExactly(Status.DONE);

            Note note = new Note("rest", Status.OPEN, Set.of(), tomorrow);
            Stream<Note> imported = Stream.of(
                    new Note("read", Status.DONE, Set.of(), tomorrow),
                    new Note("write", Status.OPEN, Set.of(), tomorrow));

            notes.getAll(List.of("n1", "n2")); // from one state; and get, exists
            notes.compute("n3", old -> Optional.of(old.map(Note::done).orElse(note))); // makes, changes or deletes
            notes.insertAll(imported, Note::title, OnConflict.SKIP); // any number, in chunks; and putAll
            notes.where(Notes.DUE.before(tomorrow)).updateAll(Note::done);
            notes.where(Notes.STATUS.eq(Status.DONE)).deleteAll();
            notes.query().count(); // and exists, countBy(field), aggregate, groupBy, first, list, page, stream
            notes.query().select(Notes.TITLE, Notes.DUE).list(); // rows of some fields; no body is read
            notes.query()
                    .undecodable(damaged -> log(damaged))
                    .list(); // around what cannot be read; notes.raw() has its text
            store.snapshot(
                    view -> view.collection(Notes.SCHEMA).query().countBy(Notes.STATUS)); // many reads, one state

            assertThat(page.items()).extracting(Document::id).containsExactly("n2");
            assertThat(notes.query().list()).extracting(Document::id).containsExactly("n3", "write");
        }
    }

    /** That the other store may be one of another kind is shown by store-postgres. */
    @Test
    void theMoveWorks() {
        String url = "sqlite:" + directory.resolve("notes.db");
        String newUrl = "sqlite:" + directory.resolve("moved.db");
        String otherUrl = "sqlite:" + directory.resolve("imported.db");
        Path export = directory.resolve("notes.zip");
        Path backup = directory.resolve("backup.db");
        Note milk = new Note("buy milk", Status.OPEN, Set.of("home"), Instant.EPOCH);

        try (Store store = Stores.open(url)) {
            store.collection(Notes.SCHEMA).insert("n1", milk);
            store.exportTo(
                    export,
                    CopyOptions.DEFAULT); // one state of everything: a ZIP of JSON Lines and a manifest with hashes
            Stores.importFrom(export, StoreConfig.of(otherUrl), CopyOptions.DEFAULT);
            store.backup(backup, false); // a checked SQLite file, while others write; PostgreSQL has pg_dump
        }
        CopyResult moved = Stores.copy(StoreConfig.of(url), StoreConfig.of(newUrl), CopyOptions.DEFAULT);
        System.out.println(moved.documents() + " documents moved and compared");

        assertThat(moved.documents()).isEqualTo(1);
        for (String copy : List.of(newUrl, otherUrl, "sqlite:" + backup)) {
            try (Store store = Stores.open(copy)) {
                assertThat(store.collection(Notes.SCHEMA).get("n1"))
                        .map(Document::value)
                        .contains(milk);
            }
        }
    }

    @Test
    void theReadmeShowsTheCodeOfThisClass() throws IOException {
        String here = withoutWhiteSpace(Files.readString(THIS));
        List<String> snippets = fenced("java");

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
        assertThat(snippets).allSatisfy(snippet -> assertThat(here).contains(withoutWhiteSpace(snippet)));
    }

    @Test
    void theReadmeNamesTheArtifactsOfThisBuild() throws IOException {
        String parent = Files.readString(Path.of("../pom.xml"));
        String version = between(parent, "<version>", "</version>");
        String shown = String.join("\n", fenced("xml"));

        assertThat(shown).contains("<groupId>dev.pagurus</groupId>").contains("<artifactId>store-sqlite</artifactId>");
        assertThat(shown).contains("<version>" + version + "</version>");
        assertThat(between(shown, "<artifactId>jackson-databind</artifactId>\n    <version>", "</version>"))
                .isEqualTo(between(parent, "<jackson.version>", "</jackson.version>"));
        assertThat(between(shown, "<artifactId>slf4j-simple</artifactId>\n    <version>", "</version>"))
                .isEqualTo(between(parent, "<slf4j.version>", "</slf4j.version>"));
    }

    private static void log(UndecodableDocumentException damaged) {
        System.out.println(damaged.getMessage());
    }

    private static List<String> fenced(String language) throws IOException {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    /** The formatter breaks lines where it likes. */
    private static String withoutWhiteSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }
}
