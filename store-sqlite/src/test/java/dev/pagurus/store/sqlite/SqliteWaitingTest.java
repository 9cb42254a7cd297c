package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads of one process that wait for each other, and what is said when it was too long. */
@Timeout(120)
class SqliteWaitingTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @Test
    void aWriteSaysThatItWaitedForATransactionOfItsOwnProcess() throws Exception {
        try (Store store = open("300ms")) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            try (Held transaction = Held.transaction(store)) {
                assertThatThrownBy(() -> notes.put("n2", Note.titled("bread")))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("Another transaction of this application")
                        .hasMessageContaining("for the 300 ms")
                        .hasMessageContaining("timeout");

                assertThat(transaction.release()).containsExactly(0L);
            }
            notes.put("n2", Note.titled("bread"));
            assertThat(notes.query().count()).isEqualTo(1);
        }
    }

    @Test
    void aSnapshotSaysThatAllOfThemAreInUse() throws Exception {
        try (Store store = Stores.open("sqlite:" + file + "?timeout=300ms&snapshots=2")) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            try (Held snapshots = Held.snapshots(store, 2)) {
                assertThatThrownBy(() -> store.snapshot(view -> "never"))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("All 2 connections")
                        .hasMessageContaining("for snapshots")
                        .hasMessageContaining("for the 300 ms")
                        .hasMessageContaining("raise the option snapshots");

                assertThat(snapshots.release()).containsExactly(1L, 1L);
            }
            assertThat(store.<Boolean, RuntimeException>snapshot(
                            view -> view.collection(Note.SCHEMA).exists("n1")))
                    .isTrue();
        }
    }

    @Test
    void anInterruptedThreadStopsWaitingAndStaysInterrupted() throws Exception {
        try (Store store = open("30s");
                OtherProgram other = OtherProgram.on(file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            other.run("begin immediate");
            // One of them has the turn and waits for the other program, the other one waits for its turn.
            List<InterruptiblePut> puts = List.of(new InterruptiblePut(notes), new InterruptiblePut(notes));
            puts.forEach(Thread::start);
            while (!"1".equals(store.health().details().get("writes_waiting"))) {
                Thread.onSpinWait();
            }

            for (InterruptiblePut put : puts) {
                put.interrupt();
                assertThat(put.stayedInterrupted.get(10, TimeUnit.SECONDS)).isTrue();
            }
            other.run("rollback");
            assertThat(notes.query().count()).isZero();
        }
    }

    private static final class InterruptiblePut extends Thread {

        private final DocumentCollection<Note> notes;
        private final CompletableFuture<Boolean> stayedInterrupted = new CompletableFuture<>();

        InterruptiblePut(DocumentCollection<Note> notes) {
            this.notes = notes;
        }

        @Override
        public void run() {
            try {
                notes.put("n1", Note.titled("milk"));
                stayedInterrupted.completeExceptionally(new AssertionError("it was not interrupted"));
            } catch (UnavailableException e) {
                assertThat(e).hasMessageContaining("interrupted while it waited");
                stayedInterrupted.complete(isInterrupted());
            }
        }
    }

    private Store open(String timeout) {
        return Stores.open("sqlite:" + file + "?timeout=" + timeout);
    }
}
