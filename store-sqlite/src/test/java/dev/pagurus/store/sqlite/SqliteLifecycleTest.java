package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a store has open, says and leaves behind. */
@Timeout(120)
class SqliteLifecycleTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @Test
    void closingLeavesTheFileAlone() throws IOException {
        try (Store store = Stores.open("sqlite:" + file)) {
            useEverything(store);
            assertThat(filesLeft()).containsExactly("data.db", "data.db-shm", "data.db-wal");
        }
        assertThat(filesLeft()).containsExactly("data.db");
    }

    @Test
    void closingLeavesNoThreadAndNoFileOpen() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Store store = Stores.open("sqlite:" + file)) {
            useEverything(store);
            assertThat(openFiles()).as("the check can see them").isNotEmpty();
        }

        assertThat(openFiles()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
    }

    @Test
    void openingInVainLeavesNoFileOpen() throws Exception {
        Files.writeString(file, "A text, and no database. ".repeat(1000));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Stores.open("sqlite:" + file)).isInstanceOf(StoreException.class);
        }
        assertThat(openFiles()).isEmpty();

        Files.delete(file);
        Stores.open("sqlite:" + file).close();
        OtherProgram.run(
                file,
                "insert into pagurus_migrations select max(version) + 1, 'newer', 'x', 1 from pagurus_migrations");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Stores.open("sqlite:" + file)).isInstanceOf(StoreException.class);
        }
        assertThat(openFiles()).isEmpty();
        assertThat(filesLeft()).containsExactly("data.db");
    }

    @Test
    void anotherProcessGoesOnWhenThisOneCloses() throws Exception {
        try (ChildJvm peer = ChildJvm.start(Peer.class)) {
            peer.await(Parent.ANSWER);
            assertThat(peer.ask("open sqlite:" + file)).isEqualTo("opened");
            try (Store store = Stores.open("sqlite:" + file)) {
                useEverything(store);
            }

            assertThat(peer.ask("put n9 theirs")).startsWith("version ");
            assertThat(peer.ask("get n1")).isEqualTo("milk");
            assertThat(filesLeft()).containsExactly("data.db", "data.db-shm", "data.db-wal");
            assertThat(peer.ask("close")).isEqualTo("closed");
            assertThat(filesLeft()).as("the last one tidies up").containsExactly("data.db");
        }
        assertThat(OtherProgram.query(file, "select count(*) from notes")).containsExactly("2");
    }

    @Test
    void openingSaysSoInOneLineAndSoDoesACollectionThatIsMade() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.pagurus");
        appender.start();
        logger.addAppender(appender);
        try (Store store = Stores.open("sqlite:" + file + "?timeout=5s")) {
            useEverything(store);
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(appender.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        opened -> assertThat(opened).matches("Opened sqlite:" + file + " \\(SQLite 3\\.[0-9.]+\\)"),
                        made -> assertThat(made).isEqualTo("Made collection 'notes' in sqlite:" + file));
    }

    @Test
    void healthTellsOfTheFileTheLogAndWhoIsWaiting() throws IOException {
        try (Store store = Stores.open("sqlite:" + file + "?synchronous=normal")) {
            useEverything(store);

            // Inside of a snapshot the store answers other threads only.
            Health health = store.<Health, RuntimeException>snapshot(view -> {
                assertThat(view.collection(Note.SCHEMA).exists("n1")).isTrue();
                return CompletableFuture.supplyAsync(store::health).join();
            });

            assertThat(health.up()).isTrue();
            assertThat(health.problem()).isNull();
            assertThat(health.engine()).matches("SQLite 3\\.[0-9.]+");
            assertThat(health.latency()).isPositive();
            assertThat(health.details())
                    .containsEntry("file", file.toString())
                    .containsEntry("catalogue_version", "6")
                    .containsEntry("file_bytes", Long.toString(Files.size(file)))
                    .containsEntry("wal_bytes", Long.toString(Files.size(directory.resolve("data.db-wal"))))
                    .containsEntry("synchronous", "normal")
                    .containsEntry("writers_waiting", "0")
                    .containsEntry("snapshots_in_use", "1");
        }
    }

    /** Makes the store open all kinds of connections. */
    private static void useEverything(Store store) {
        DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
        notes.put("n1", Note.titled("milk"));
        notes.query().list();
        store.runTransaction(tx -> tx.collection(Note.SCHEMA).put("n1", Note.titled("milk")));
        store.snapshot(view -> view.collection(Note.SCHEMA).query().count());
        assertThatThrownBy(() -> notes.insert("n1", Note.titled("bread"))).isInstanceOf(StoreException.class);
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the file descriptors of this process on the files of the test. */
    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        open.removeIf(target -> !target.startsWith(directory.toString()));
        return open;
    }
}
