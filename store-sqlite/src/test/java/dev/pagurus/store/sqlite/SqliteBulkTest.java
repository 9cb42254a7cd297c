package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long lists of new documents, which are batches of the driver's and are written beside the caller's thread. */
class SqliteBulkTest {

    private static final int CHUNK = 2_000;

    /** Without a unique index, whose documents are written one by one. */
    record Leaf(String name, Set<String> tags) {
        static final TextField<Leaf> NAME = TextField.of("name", Leaf::name);
        static final ManyField<Leaf> TAGS = ManyField.of("tags", Leaf::tags);
        static final Schema<Leaf> SCHEMA =
                Schema.of("leaves", Leaf.class).index(NAME).index(TAGS);

        static Leaf of(int number) {
            return new Leaf("l" + number, Set.of("all", "t" + number % 3));
        }
    }

    @TempDir
    private Path directory;

    private Path file;
    private Store store;
    private DocumentCollection<Leaf> leaves;

    @BeforeEach
    public void open() {
        file = directory.resolve("data.db");
        store = Stores.open("sqlite:" + file);
        leaves = store.collection(Leaf.SCHEMA);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsTakenIsLeftAndAllOthersHaveTheirFields() {
        leaves.insert("l7", new Leaf("other", Set.of("other")));
        assertThat(leaves.insertAll(numbered(100), Leaf::name, OnConflict.SKIP))
                .isEqualTo(new BulkResult(99, 1, 0, List.of()));
        assertThat(leaves.where(Leaf.TAGS.contains("all")).count()).isEqualTo(99);
        assertThat(leaves.where(Leaf.TAGS.contains("t1")).count()).isEqualTo(32);
        assertThat(leaves.get("l7").orElseThrow().value().name()).isEqualTo("other");
        assertThat(leaves.where(Leaf.TAGS.contains("other")).count()).isOne();
    }

    @Test
    void versionsAreAboveTheDeletedOnes() {
        Clock still = Clock.fixed(Instant.parse("2026-05-01T08:00:00Z"), ZoneOffset.UTC);
        try (Store stands = Stores.open(StoreConfig.builder("sqlite:" + directory.resolve("still.db"))
                .clock(still)
                .build())) {
            DocumentCollection<Leaf> same = stands.collection(Leaf.SCHEMA);
            long deleted = same.insert("l7", Leaf.of(7)).version();
            same.delete("l7");
            same.insertAll(numbered(100), Leaf::name, OnConflict.FAIL);
            assertThat(same.get("l7").orElseThrow().version()).isGreaterThan(deleted);
        }
    }

    @Test
    void aDocumentThatATriggerRefusesUndoesNoOther() throws Exception {
        OtherProgram.run(
                file,
                "create trigger no before insert on leaves when new.id = 'l50' begin select raise(abort, 'not l50');"
                        + " end");
        assertThatThrownBy(() -> leaves.insertAll(numbered(100), Leaf::name, OnConflict.FAIL))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not l50");
        assertThat(leaves.query().count()).as("those before it").isEqualTo(50);
    }

    @Test
    void anOldRevisionWritesNothing() {
        try (Store newer = Stores.open("sqlite:" + file)) {
            newer.collection(Leaf.SCHEMA.revision(2));
        }
        assertThatThrownBy(() -> leaves.insertAll(numbered(100), Leaf::name, OnConflict.FAIL))
                .hasMessageContaining("revision 2 is stored");
    }

    @Test
    void anInterruptEndsTheWaitingOfTheThreadThatWrites() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        try (OtherProgram program = OtherProgram.on(file)) {
            program.run("begin immediate");
            Thread caller = new Thread(() -> {
                try {
                    leaves.insertAll(numbered(CHUNK + 1), Leaf::name, OnConflict.FAIL);
                } catch (UnavailableException e) {
                    thrown.set(e);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(writers()).as("threads that write beside the caller").hasSize(1);
            caller.interrupt();
            caller.join();
        }
        assertThat(thrown.get()).isInstanceOf(UnavailableException.class).hasMessageContaining("interrupted");
        assertThat(interrupted.get())
                .as("whether the caller is still interrupted")
                .isTrue();
        assertThat(writers()).isEmpty();
        assertThat(leaves.query().count()).isZero();
    }

    private static List<Thread> writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("Pagurus writes leaves"))
                .toList();
    }

    private static Stream<Leaf> numbered(int leaves) {
        return IntStream.range(0, leaves).mapToObj(Leaf::of);
    }
}
