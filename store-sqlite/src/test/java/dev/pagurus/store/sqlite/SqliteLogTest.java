package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log, which is cut back whatever has made it long. */
@Timeout(120)
class SqliteLogTest {

    private static final long LIMIT = 1 << 20;

    /** A write may go past the limit by its own size, and by the pages that it touches. */
    private static final long LIMIT_WITH_ONE_WRITE = LIMIT + (256 << 10);

    private static final int MEBIBYTES = 20;

    @TempDir
    private Path directory;

    private Path log;
    private String url;

    @BeforeEach
    void nameTheFile() {
        log = directory.resolve("data.db-wal");
        url = "sqlite:" + directory.resolve("data.db") + "?synchronous=off&journal.limit=" + LIMIT;
    }

    @Test
    void manyWritesKeepItShort() throws IOException {
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            for (int i = 0; i < MEBIBYTES * 32; i++) {
                notes.put("n" + i % 10, Note.ofKibibytes(32));
                assertThat(Files.size(log)).isLessThan(4096 * 1000 + LIMIT_WITH_ONE_WRITE);
            }
            assertCutBackByTheNextWrites(notes);
        }
    }

    @Test
    void aBigTransactionMakesItLongOnlyForAWhile() throws IOException {
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            store.runTransaction(tx -> {
                DocumentCollection<Note> inside = tx.collection(Note.SCHEMA);
                for (int i = 0; i < MEBIBYTES; i++) {
                    inside.put("n" + i, Note.ofKibibytes(1024));
                }
            });
            assertCutBackByTheNextWrites(notes);
        }
    }

    @Test
    void aHeldSnapshotMakesItLongUntilItIsReleased() throws Exception {
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.put("n0", Note.titled("milk"));
            try (Held held = Held.snapshots(store, 1)) {
                for (int i = 0; i < MEBIBYTES; i++) {
                    notes.put("n" + i, Note.ofKibibytes(1024));
                }
                assertThat(Files.size(log)).as("it is needed").isGreaterThan(MEBIBYTES << 20);
                assertThat(Long.parseLong(
                                String.valueOf(store.health().details().get("wal_bytes"))))
                        .as("what health says")
                        .isEqualTo(Files.size(log));

                assertThat(held.release()).containsExactly(1L);
            }
            for (int i = 0; i < MEBIBYTES; i++) {
                notes.put("n" + i, Note.ofKibibytes(1024));
            }
            assertCutBackByTheNextWrites(notes);
        }
    }

    @Test
    void readersThatNeverPauseDoNotMakeItGrow() throws Exception {
        try (Store store = Stores.open(url + "&readers=4")) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.put("n0", Note.titled("milk"));
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<?>[] readers = new CompletableFuture<?>[6];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = CompletableFuture.runAsync(
                        () -> {
                            while (!enough.get()) {
                                notes.query().list();
                            }
                        },
                        task -> new Thread(task).start());
            }
            long longest = 0;
            for (int i = 0; i < MEBIBYTES * 8; i++) {
                notes.put("n" + i % 10, Note.ofKibibytes(128));
                longest = Math.max(longest, Files.size(log));
            }
            enough.set(true);
            CompletableFuture.allOf(readers).get(10, TimeUnit.SECONDS);
            assertThat(longest).isLessThan(MEBIBYTES << 20 >> 1);
        }
    }

    private void assertCutBackByTheNextWrites(DocumentCollection<Note> notes) throws IOException {
        for (int i = 0; i < 10; i++) {
            notes.put("small", Note.titled("milk"));
        }
        assertThat(Files.size(log)).isLessThan(LIMIT_WITH_ONE_WRITE);
    }
}
