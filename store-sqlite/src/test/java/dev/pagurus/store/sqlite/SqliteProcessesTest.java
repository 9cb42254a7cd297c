package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with the store on one file, and the shell of SQLite as a third. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SqliteProcessesTest {

    private static final int SECONDS = Boolean.getBoolean("pagurus.long") ? 30 : 3;

    /** How often the shell gets to read, at least. */
    private static final int LOOKS = SECONDS / 3;

    @TempDir
    private Path directory;

    private Path file;
    private String url;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
        url = "sqlite:" + file;
    }

    @Test
    void manyThreadsOfTwoProcessesWriteAndNobodyEverSeesABusyFile() throws Exception {
        try (Store store = Stores.open(url);
                ChildJvm other = ChildJvm.start(BusyWriter.class, url, "theirs", 12, SECONDS)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            other.await(Parent.ANSWER);
            CompletableFuture<List<Long>> shell = CompletableFuture.supplyAsync(this::readWithTheShell);

            other.tell("go");
            BusyWriter.Account ours = BusyWriter.write(notes, "ours", 50, SECONDS);
            BusyWriter.Account theirs = BusyWriter.Account.parse(other.await(Parent.ANSWER));

            other.finish();
            System.out.printf(
                    "50 threads: %s writes/s, longest %s ms; 12 threads of another process: %s writes/s, longest %s ms%n",
                    ours.writes() / SECONDS, ours.longestMillis(), theirs.writes() / SECONDS, theirs.longestMillis());
            assertThat(notes.where(Note.SCHEMA.id().startsWith("ours")).count()).isEqualTo(ours.writes());
            assertThat(notes.where(Note.SCHEMA.id().startsWith("theirs")).count())
                    .isEqualTo(theirs.writes());
            assertThat(shell.get(30, TimeUnit.SECONDS))
                    .as("what the shell counted meanwhile")
                    .hasSizeGreaterThan(LOOKS)
                    .isSorted();
            long all = ours.writes() + theirs.writes();
            assertThat(List.of(ours.writes(), theirs.writes()))
                    .as("neither starves")
                    .allSatisfy(writes -> assertThat(writes).isGreaterThan(all / 20));
            assertThat(Math.max(ours.longestMillis(), theirs.longestMillis()))
                    .as("the longest wait of anybody, of the 30,000 ms that all may wait")
                    .isLessThan(15_000);
        }
    }

    @Test
    void eachProcessSeesTheWritesOfTheOtherAtOnce() throws Exception {
        try (Store store = Stores.open(url);
                ChildJvm peer = ChildJvm.start(Peer.class)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            peer.await(Parent.ANSWER);
            assertThat(peer.ask("open " + url)).isEqualTo("opened");

            for (int i = 0; i < 200; i++) {
                long version = notes.put("n", Note.titled("ours " + i)).version();
                assertThat(peer.ask("get n")).isEqualTo("ours " + i);
                assertThat(peer.ask("put n theirs " + i)).startsWith("version ");
                Document<Note> note = notes.get("n").orElseThrow();
                assertThat(note.value()).isEqualTo(Note.titled("theirs " + i));
                assertThat(note.version()).isGreaterThan(version);
            }
        }
    }

    @Test
    void aSchemaUpgradeInOneProcessEndsTheWritesOfTheOther() throws Exception {
        try (Store store = Stores.open(url);
                ChildJvm peer = ChildJvm.start(Peer.class)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n1", Note.titled("milk"));
            peer.await(Parent.ANSWER);
            assertThat(peer.ask("open " + url)).isEqualTo("opened");
            assertThat(peer.ask("upgrade")).isEqualTo("upgraded");

            assertThatThrownBy(() -> notes.put("n1", Note.titled("bread")))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("notes")
                    .hasMessageContaining("revision 1")
                    .hasMessageContaining("revision 2");
            assertThatThrownBy(() -> notes.query().deleteAll()).isInstanceOf(SchemaException.class);
            assertThatThrownBy(() -> notes.delete("n1")).isInstanceOf(SchemaException.class);
            assertThatThrownBy(() -> store.runTransaction(
                            tx -> tx.collection(Note.SCHEMA).put("n1", Note.titled("bread"))))
                    .isInstanceOf(SchemaException.class);
            assertThat(notes.get("n1").orElseThrow().value()).isEqualTo(Note.titled("milk"));
            assertThat(peer.ask("put n1 bread")).startsWith("version ");
            assertThat(notes.get("n1").orElseThrow().value()).isEqualTo(Note.titled("bread"));
        }
    }

    /** Runs the shell again and again for as long as the writers write, and returns the counts that it read. */
    private List<Long> readWithTheShell() {
        List<Long> counts = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            try (ChildJvm shell = ChildJvm.start(List.of(
                    "sqlite3", "-cmd", ".timeout 5000", file.toString(), "select 'count:' || count(*) from notes"))) {
                counts.add(Long.parseLong(shell.await("count:")));
                shell.finish();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return counts;
    }
}
