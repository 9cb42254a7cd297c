package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.documents.SqliteBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What the contract says of backups, and besides it what only an SQLite file can meet. */
@Timeout(120)
class SqliteBackupTest {

    private static final int WRITERS = 8;
    private static final int ENOUGH = 500;

    @TempDir
    private Path directory;

    private Path data;
    private Path backup;

    @BeforeEach
    void nameTheFiles() {
        data = directory.resolve("data.db");
        backup = directory.resolve("backup.db");
    }

    private Store open(Path file) {
        return Stores.open("sqlite:" + file);
    }

    @Test
    void itIsOneSoundFileWhateverIsWrittenMeanwhile() throws Exception {
        try (Store store = open(data)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            CompletableFuture<?>[] writers = new CompletableFuture<?>[WRITERS];
            for (int w = 0; w < WRITERS; w++) {
                String prefix = "w" + w + "_";
                writers[w] = CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; !enough.get(); i++) {
                                notes.insert(prefix + i, Note.titled(prefix + i));
                                written.incrementAndGet();
                            }
                        },
                        task -> new Thread(task).start());
            }
            while (written.get() < ENOUGH) {
                Thread.onSpinWait();
            }
            int before = written.get();
            store.backup(backup, false);
            int after = written.get() + WRITERS;
            enough.set(true);
            CompletableFuture.allOf(writers).join();
            assertThat(query("pragma integrity_check")).isEqualTo("ok");
            try (Store copy = open(backup)) {
                DocumentCollection<Note> saved = copy.collection(Note.SCHEMA);
                assertThat(saved.query().count()).isBetween((long) before, (long) after);
                assertThat(saved.where(Note.TAGS.contains("home")).count())
                        .isEqualTo(saved.query().count());
            }
        }
    }

    @Test
    void theDatabaseItselfIsNotOverwritten() throws IOException {
        try (Store store = open(data)) {
            store.collection(Note.SCHEMA).insert("a", Note.titled("milk"));
            Path link = Files.createSymbolicLink(directory.resolve("link.db"), data);
            for (Path itself : new Path[] {data, link, directory.resolve(".").resolve("data.db")}) {
                assertThatThrownBy(() -> store.backup(itself, true))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("overwrite the database itself");
            }
            assertThat(store.collection(Note.SCHEMA).exists("a")).isTrue();
        }
    }

    @Test
    void aDatabaseThatIsOpenIsNotOverwritten() {
        try (Store store = open(data);
                Store other = open(backup)) {
            store.collection(Note.SCHEMA).insert("a", Note.titled("milk"));
            other.collection(Note.SCHEMA).insert("b", Note.titled("bread"));
            assertThatThrownBy(() -> store.backup(backup, true))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("is a database that is open, or was not closed")
                    .hasMessageContaining("backup.db-wal");
            assertThat(other.collection(Note.SCHEMA).exists("b")).isTrue();
        }
    }

    @Test
    void anOlderBackupIsReplaced() throws SQLException {
        try (Store store = open(data)) {
            store.collection(Note.SCHEMA).insert("a", Note.titled("milk"));
            store.backup(backup, false);
            store.collection(Note.SCHEMA).insert("b", Note.titled("bread"));
            store.backup(backup, true);
        }
        assertThat(query("select count(*) from notes")).isEqualTo("2");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** It would go on for as long as it takes, and who waits for its end, as a service manager does, kills it then. */
    @Test
    void anInterruptEndsItInTheMiddle() throws Exception {
        try (Store store = open(data)) {
            store.collection(Note.SCHEMA)
                    .putAll(
                            IntStream.range(0, 5000).mapToObj(number -> Note.titled("note " + number)),
                            note -> String.valueOf(note.title()),
                            OnConflict.FAIL);
        }
        SqliteBackup saving = new SqliteBackup(SqliteSettings.of(StoreConfig.of("sqlite:" + data)), backup);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> saving.write(false))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("was interrupted")
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            cause -> assertThat(cause.getErrorCode() & 0xFF)
                                    .isEqualTo(SQLiteErrorCode.SQLITE_INTERRUPT.code));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().contains("backup"));
    }
}
