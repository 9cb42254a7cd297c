package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are deleted, moved, replaced or emptied while the store has them open. */
@Timeout(60)
class SqlitePresenceTest {

    @TempDir
    private Path directory;

    private Path home;
    private Path file;

    @BeforeEach
    void nameTheFile() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        file = home.resolve("data.db");
    }

    private Store open() {
        return Stores.open("sqlite:" + file);
    }

    @Test
    void aDeletedFileIsNoticedBeforeTheNextAcknowledgement() throws Exception {
        try (Store store = open()) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n1", Note.titled("milk"));
            Files.delete(file);

            assertGone(store, "was deleted or moved");
        }
        assertThat(file).as("it is not made anew").doesNotExist();
        try (Store store = open()) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isZero();
        }
    }

    @Test
    void aFileThatIsPutBackIsUsedAgain() throws Exception {
        try (Store store = open()) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n1", Note.titled("milk"));
            Files.move(file, home.resolve("elsewhere.db"));
            assertGone(store, "was deleted or moved");

            Files.move(home.resolve("elsewhere.db"), file);
            notes.insert("n2", Note.titled("bread"));
            assertThat(store.health().up()).isTrue();
        }
        try (Store store = open()) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(2);
        }
    }

    @Test
    void aFileThatAnotherProcessReplacedIsNotWrittenAnyMore() throws Exception {
        Path backup = directory.resolve("backup.db");
        byte[] saved;
        try (Store store = open()) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            store.backup(backup, false);
            saved = Files.readAllBytes(backup);
            store.collection(Note.SCHEMA).insert("n2", Note.titled("bread"));
            run("mv", backup.toString(), file.toString());

            assertGone(store, "was replaced by another one");
            assertThatThrownBy(() -> store.backup(directory.resolve("second.db"), false))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(file).as("the new file is as it was").hasBinaryContent(saved);
        try (Store store = open()) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(1);
        }
    }

    @Test
    void aLinkThatPointsToAnotherFileNowIsNoticedToo() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("current.db"), file);
        open().close();
        Path next = Files.copy(file, home.resolve("next.db"));
        try (Store store = Stores.open("sqlite:" + link)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            Files.createSymbolicLink(home.resolve("new"), next);
            Files.move(home.resolve("new"), link, StandardCopyOption.ATOMIC_MOVE);

            assertGone(store, "was replaced by another one");
        }
    }

    @Test
    void aDirectoryThatIsRenamedTakesTheFileAlong() throws Exception {
        try (Store store = open()) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n1", Note.titled("milk"));
            Path renamed = Files.move(home, directory.resolve("renamed"));
            assertGone(store, "or its directory was");

            Files.move(renamed, home);
            notes.insert("n2", Note.titled("bread"));
        }
    }

    @Test
    void anEmptiedFileIsNoticed() throws Exception {
        try (Store store = open()) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            run("truncate", "--size=0", file.toString());

            assertGone(store, "was emptied");
        }
    }

    @Test
    void whatIsDeletedDuringATransactionIsNoticedBeforeItsCommit() throws Exception {
        try (Store store = open()) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            Path elsewhere = home.resolve("elsewhere.db");
            assertThatThrownBy(() -> store.runTransaction(tx -> {
                        tx.collection(Note.SCHEMA).insert("n2", Note.titled("bread"));
                        move(file, elsewhere);
                    }))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Nothing was changed");
            move(elsewhere, file);
            assertThat(store.collection(Note.SCHEMA).exists("n2")).isFalse();
        }
    }

    @Test
    void withoutItsLogNothingIsWrittenAndNothingIsLost() throws Exception {
        for (String suffix : List.of("-wal", "-shm")) {
            long acknowledged = 0;
            try (Store store = open()) {
                DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
                notes.query().deleteAll();
                Files.delete(home.resolve("data.db" + suffix));
                UnavailableException refused = null;
                while (refused == null) {
                    try {
                        notes.put("n" + acknowledged, Note.titled("note " + acknowledged));
                        acknowledged++;
                    } catch (UnavailableException e) {
                        refused = e;
                    }
                }
                assertThat(refused)
                        .hasMessageContaining("data.db" + suffix + ", which belongs to sqlite:" + file)
                        .hasMessageContaining("was deleted or replaced")
                        .hasMessageContaining("Close this store");
                assertThat(store.health().problem()).contains("data.db" + suffix);
                assertThat(OtherProgram.query(copyOfTheFileAlone(), "select count(*) from notes"))
                        .as("what was acknowledged is in the file already")
                        .containsExactly(Long.toString(acknowledged));
            }
            try (Store store = open()) {
                assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(acknowledged);
            }
        }
    }

    private Path copyOfTheFileAlone() throws Exception {
        Path copy = directory.resolve("alone.db");
        run("cp", file.toString(), copy.toString());
        return copy;
    }

    /** Expects every kind of call to be refused, at once or within a moment, and nothing to have happened. */
    private static void assertGone(Store store, String what) {
        DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
        assertRefused(() -> notes.put("n9", Note.titled("eggs")), what);
        assertRefused(() -> notes.delete("n1"), what);
        assertRefused(
                () -> store.runTransaction(tx -> tx.collection(Note.SCHEMA).delete("n1")), what);
        assertThat(store.health().up()).isFalse();
        assertThat(store.health().problem()).contains(what);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (answers(notes)) {
            assertThat(System.nanoTime()).as("reads end too").isLessThan(deadline);
        }
        assertRefused(() -> notes.query().list(), what);
        assertRefused(() -> store.snapshot(view -> view.collection(Note.SCHEMA).exists("n1")), what);
    }

    private static boolean answers(DocumentCollection<Note> notes) {
        try {
            return notes.get("n1").isPresent();
        } catch (UnavailableException e) {
            return false;
        }
    }

    private static void assertRefused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOf(UnavailableException.class)
                .isNotInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("Nothing was changed");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As another process does it: this one must not open the file with anything but SQLite. */
    private static void run(String... command) throws Exception {
        try (ChildJvm program = ChildJvm.start(List.of(command))) {
            program.finish();
        }
    }
}
