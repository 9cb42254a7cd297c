package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of a store is in its file alone, and what becomes of a log beside another file. */
@Timeout(120)
class SqliteSettlingTest {

    @TempDir
    private Path directory;

    private Path file;
    private Path log;

    @BeforeEach
    void nameTheFiles() {
        file = directory.resolve("data.db");
        log = directory.resolve("data.db-wal");
    }

    @Test
    void aQuietStoreHasEverythingInItsFileAndNothingInItsLog() throws Exception {
        try (Store store = Stores.open("sqlite:" + file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            for (int round = 1; round <= 2; round++) {
                notes.insert("n" + round, Note.titled("note " + round));
                assertThat(log).isNotEmptyFile();

                until(() -> Files.size(log) == 0);
                assertThat(countInTheFileAlone()).isEqualTo(round);
                until(() -> threads() == 0);
            }
            assertThat(notes.query().count()).isEqualTo(2);
        }
    }

    @Test
    void aStoreThatIsNeverQuietIsCopiedAllTheSame() throws Exception {
        try (Store store = Stores.open("sqlite:" + file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n0", Note.titled("milk"));
            until(() -> {
                notes.put("n1", Note.titled("bread"));
                return countInTheFileAlone() > 0;
            });
        }
        assertThat(threads()).as("after closing").isZero();
    }

    @Test
    void whileASnapshotIsHeldTheFileAloneStaysSound() throws Exception {
        try (Store store = Stores.open("sqlite:" + file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n0", Note.titled("milk"));
            try (Held held = Held.snapshots(store, 1)) {
                notes.insert("n1", Note.titled("bread"));
                long copiedByThen = System.nanoTime() + Duration.ofMillis(2500).toNanos();
                until(() -> System.nanoTime() > copiedByThen && isTheFileAloneSound());
                assertThat(held.release()).containsExactly(1L);
            }
            until(() -> Files.size(log) == 0 && countInTheFileAlone() == 2);
        }
    }

    @Test
    void aBackupBesideTheLogOfTheOldFileIsNotMixedWithIt() throws Exception {
        Path backup = directory.resolve("backup.db");
        crash("put n1 milk", "backup " + backup, "put n2 bread");
        assertThat(log).isNotEmptyFile();
        Files.copy(log, directory.resolve("log"));
        run("cp", backup.toString(), file.toString());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Stores.open("sqlite:" + file))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("The log " + log + " is not that of the file " + file)
                    .hasMessageContaining("delete " + log)
                    .hasMessageContaining("Nothing was changed");
            assertThatThrownBy(() -> Stores.open("sqlite:" + file + "?migrate=validate"))
                    .isInstanceOf(ConfigurationException.class);
        }
        assertThat(file).hasSameBinaryContentAs(backup);
        assertThat(log).hasSameBinaryContentAs(directory.resolve("log"));

        Files.delete(log);
        Files.deleteIfExists(directory.resolve("data.db-shm"));
        try (Store store = Stores.open("sqlite:" + file)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(1);
        }
    }

    @Test
    void theLogOfTheFileItselfIsAppliedWheneverTheProcessWasKilled() throws Exception {
        int notes = 0;
        for (int kill = 0; kill < 3; kill++) {
            String[] puts = new String[1 + kill];
            for (int i = 0; i < puts.length; i++) {
                puts[i] = "put n" + notes + " note" + notes++;
            }
            crash(puts);
            if (kill % 2 == 1) {
                try (Store store = Stores.open("sqlite:" + file)) {
                    assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(notes);
                }
            }
        }
        try (Store store = Stores.open("sqlite:" + file)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(notes);
        }
    }

    /** Does this in another process, which is killed then. */
    private void crash(String... lines) throws Exception {
        try (ChildJvm peer = ChildJvm.start(Peer.class)) {
            peer.await(Parent.ANSWER);
            assertThat(peer.ask("open sqlite:" + file)).isEqualTo("opened");
            for (String line : lines) {
                assertThat(peer.ask(line)).doesNotContain("Exception");
            }
            peer.kill();
        }
    }

    /** Counts the notes in the file alone; -1 if it was being written just then, or has no notes yet. */
    private long countInTheFileAlone() throws Exception {
        try {
            return Long.parseLong(OtherProgram.query(copyOfTheFileAlone(), "select count(*) from notes")
                    .get(0));
        } catch (SQLException e) {
            return -1;
        }
    }

    private boolean isTheFileAloneSound() throws Exception {
        try {
            return OtherProgram.query(copyOfTheFileAlone(), "pragma integrity_check")
                    .equals(List.of("ok"));
        } catch (SQLException e) {
            return false;
        }
    }

    /** As somebody finds it who takes no log along. */
    private Path copyOfTheFileAlone() throws Exception {
        Path copy = directory.resolve("alone.db");
        run("cp", file.toString(), copy.toString());
        return copy;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("pagurus-log-data.db"))
                .count();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** As another process does it: this one must not open the file with anything but SQLite. */
    private static void run(String... command) throws IOException, InterruptedException {
        try (ChildJvm program = ChildJvm.start(List.of(command))) {
            program.finish();
        }
    }
}
