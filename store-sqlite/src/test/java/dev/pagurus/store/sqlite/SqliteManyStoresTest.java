package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.sqlite.connect.SqliteHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More stores in one process than may have their files open: those that are not used give theirs back, unseen. */
@Timeout(120)
class SqliteManyStoresTest {

    @TempDir
    private Path directory;

    private final List<Store> stores = new ArrayList<>();

    @AfterEach
    void closeAll() {
        stores.forEach(Store::close);
    }

    private Store open(String url) {
        Store store = Stores.open(url);
        stores.add(store);
        return store;
    }

    private Store open(Path file) {
        return open("sqlite:" + file + "?synchronous=off");
    }

    private static DocumentCollection<Note> notes(Store store) {
        return store.collection(Note.SCHEMA);
    }

    /** Uses as many others as may have their files open. */
    private void useOthers() {
        String name = "other" + stores.size() + "-";
        for (int i = 0; i < SqliteHandles.MOST_STORES; i++) {
            notes(open(directory.resolve(name + i + ".db"))).insert("n", Note.titled("n"));
        }
    }

    private boolean hasOpenFile(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().startsWith(file.toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aFileThatIsNotUsedIsClosedAndOpenedAgainUnseen() throws Exception {
        Path file = directory.resolve("first.db");
        Store store = open(file);
        DocumentCollection<Note> notes = notes(store);
        notes.insert("n1", Note.titled("milk"));
        notes.get("n1");
        assertThat(hasOpenFile(file)).as("while it is used").isTrue();

        useOthers();
        assertThat(hasOpenFile(file)).as("when others are used").isFalse();
        assertThat(file.resolveSibling("first.db-wal")).doesNotExist();
        awaitNoThread(file);
        assertThat(SqliteHandles.stores()).isLessThanOrEqualTo(SqliteHandles.MOST_STORES + 4);

        assertThat(notes.get("n1")).isPresent();
        assertThat(hasOpenFile(file)).as("when it is read").isTrue();
        useOthers();
        assertThat(hasOpenFile(file)).as("when others are used again").isFalse();
        notes.insert("n2", Note.titled("bread"));
        assertThat(notes.query().count()).isEqualTo(2);
        useOthers();
        assertThat(store.health())
                .satisfies(health -> assertThat(health.problem()).isNull());
    }

    /** What copied its log has nothing to do any more. */
    private static void awaitNoThread(Path file) throws InterruptedException {
        String name = "pagurus-log-" + file.getFileName();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name))) {
            Thread.sleep(10);
        }
    }

    @Test
    void aFileThatWasReplacedMeanwhileIsNotTaken() throws Exception {
        Path file = directory.resolve("first.db");
        Store store = open(file);
        DocumentCollection<Note> notes = notes(store);
        notes.insert("n1", Note.titled("milk"));
        Path backup = directory.resolve("backup.db");
        store.backup(backup, false);
        useOthers();
        assertThat(hasOpenFile(file)).isFalse();
        Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> notes.get("n1"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("was replaced by another one");
        assertThatThrownBy(() -> notes.insert("n2", Note.titled("bread"))).isInstanceOf(UnavailableException.class);
        assertThat(store.health().up()).isFalse();
    }

    @Test
    void aFileThatWasDeletedMeanwhileIsNotMadeAnew() throws Exception {
        Path file = directory.resolve("first.db");
        Store store = open(file);
        DocumentCollection<Note> notes = notes(store);
        notes.insert("n1", Note.titled("milk"));
        useOthers();
        Files.delete(file);

        assertThatThrownBy(() -> notes.insert("n2", Note.titled("bread")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("was deleted or moved");
        assertThatThrownBy(() -> notes.get("n1")).isInstanceOf(UnavailableException.class);
        assertThat(store.health().up()).isFalse();
        assertThat(file).doesNotExist();
    }

    /** As a backup that is copied over a file whose log was left. */
    @Test
    void theLogOfAnotherFileThatWasLaidBesideItMeanwhileIsRefused() throws Exception {
        Path file = directory.resolve("first.db");
        Path foreign = directory.resolve("foreign.db");
        DocumentCollection<Note> notes = notes(open("sqlite:" + file));
        notes.insert("n1", Note.titled("milk"));
        try (Store other = Stores.open("sqlite:" + foreign)) {
            notes(other).insert("n1", Note.titled("water"));
            useOthers();
            notes(other).insert("n2", Note.titled("wine"));
            Files.copy(directory.resolve("foreign.db-wal"), directory.resolve("first.db-wal"));
            assertThat(directory.resolve("first.db-wal")).isNotEmptyFile();
        }
        assertThat(hasOpenFile(file)).isFalse();

        assertThatThrownBy(() -> notes.get("n1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not that of the file");
        Files.delete(directory.resolve("first.db-wal"));
        assertThat(notes.get("n1").orElseThrow().value().title()).isEqualTo("milk");
    }

    @Test
    void whatIsInUseStaysOpen() throws Exception {
        Path file = directory.resolve("first.db");
        Store store = open(file);
        notes(store).insert("n1", Note.titled("milk"));
        store.runTransaction(tx -> {
            tx.collection(Note.SCHEMA).insert("n2", Note.titled("bread"));
            useOthers();
            assertThat(hasOpenFile(file)).isTrue();
            tx.collection(Note.SCHEMA).insert("n3", Note.titled("salt"));
        });
        store.snapshot(view -> {
            assertThat(view.collection(Note.SCHEMA).query().count()).isEqualTo(3);
            useOthers();
            assertThat(hasOpenFile(file)).isTrue();
            assertThat(view.collection(Note.SCHEMA).query().count()).isEqualTo(3);
            return true;
        });
    }

    @Test
    void aTemporaryOneStaysOpen() throws Exception {
        Store store = open("sqlite::memory:");
        notes(store).insert("n1", Note.titled("milk"));
        Path file = Path.of(String.valueOf(store.health().details().get("file")));
        useOthers();
        assertThat(hasOpenFile(file)).isTrue();
        assertThat(notes(store).get("n1")).isPresent();
        notes(store).insert("n2", Note.titled("bread"));
    }

    @Test
    void nothingIsLostWhileAllAreUsedByTurns() throws Exception {
        int files = 3 * SqliteHandles.MOST_STORES;
        int threads = 8;
        int each = 400;
        List<DocumentCollection<Note>> all = IntStream.range(0, files)
                .mapToObj(i -> notes(open(directory.resolve("f" + i + ".db"))))
                .toList();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                work.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        DocumentCollection<Note> notes =
                                all.get(ThreadLocalRandom.current().nextInt(files));
                        String id = number + "-" + i;
                        notes.insert(id, Note.titled(id));
                        assertThat(notes.get(id)).isPresent();
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(all.stream().mapToLong(notes -> notes.query().count()).sum()).isEqualTo((long) threads * each);
        assertThat(SqliteHandles.stores()).isLessThanOrEqualTo(SqliteHandles.MOST_STORES + 4);
    }
}
