package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.PostgresFeedTest.Follower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed of changes over crashes of the server and files that are put back. */
@Timeout(180)
class PostgresFeedServerTest {

    private OwnServer server;

    @BeforeEach
    void startServer() throws Exception {
        // What is not committed shall not get to the disk by itself.
        server = OwnServer.start("wal_writer_delay=10s", "bgwriter_delay=10s", "autovacuum=off");
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    private Store open() {
        return Stores.open(server.url("postgres", "postgres") + "?pool.minIdle=0&connect.wait=30s");
    }

    /**
     * Transactions that are undone and not on the disk when the server crashes are forgotten by it, and it gives their
     * numbers again. A position that is kept over the crash must not take those for the old ones.
     */
    @Test
    void aPositionThatIsKeptOverACrashMissesNothing() throws Exception {
        String position = "";
        String end = "";
        long reused = 0;
        for (int round = 0; round < 6; round++) {
            try (Store store = open()) {
                DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
                if (round > 0) {
                    notes.insert("after" + round, "x");
                    long number = xid("after" + round);
                    Follower kept = new Follower(store.changes(PostgresFeedTest.NOTES), position);
                    assertThat(kept.rest()).as("round " + round).containsExactly("+after" + round);
                    Follower ended = new Follower(store.changes(PostgresFeedTest.NOTES), end);
                    assertThat(ended.rest()).as("round " + round).containsExactly("+after" + round);
                    reused += number <= undone ? 1 : 0;
                }
                notes.insert("before" + round, "x");
                // The numbers of the next transactions are not on the disk.
                undo(40);
                Follower follower = new Follower(store.changes(PostgresFeedTest.NOTES), null);
                follower.rest();
                position = follower.position();
                end = store.changes(PostgresFeedTest.NOTES).end();
                server.stop(true);
            }
            server.startAgain();
        }
        assertThat(reused).as("rounds in which a number was given again").isPositive();
    }

    private long undone;

    private void undo(int times) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < times; i++) {
                try (var row = statement.executeQuery("select pg_current_xact_id()::text")) {
                    row.next();
                    undone = row.getLong(1);
                }
                connection.rollback();
            }
        }
    }

    private long xid(String id) throws SQLException {
        return Long.parseLong(server.ask("select tx::text from public.pagurus_changes where id = '" + id + "'"));
    }

    @Test
    void filesThatArePutBackAreKnownByTheirHistory() throws Exception {
        List<String> positions = new ArrayList<>();
        Path copy = server.data().resolveSibling("copy");
        String before;
        try (Store store = open()) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            notes.insert("a", "x");
            before = store.changes(PostgresFeedTest.NOTES).end();
        }
        server.stop(false);
        Programs.run(List.of("cp", "-a", server.data().toString(), copy.toString()));
        server.startAgain();
        try (Store store = open()) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            notes.insert("b", "x");
            notes.insert("c", "x");
            positions.add(store.changes(PostgresFeedTest.NOTES).end());
            Follower whole = new Follower(store.changes(PostgresFeedTest.NOTES), null);
            whole.rest();
            positions.add(whole.position());
            positions.add(new Follower(store.changes(PostgresFeedTest.NOTES).limit(2), null)
                    .next()
                    .position());
        }
        server.stop(false);
        Programs.run(List.of("rm", "-rf", server.data().toString()));
        Programs.run(List.of("mv", copy.toString(), server.data().toString()));
        server.startAgain();
        try (Store store = open()) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            for (int i = 0; i < 2; i++) {
                for (String position : positions) {
                    assertThatThrownBy(() -> store.changes(PostgresFeedTest.NOTES)
                                    .startAfter(position)
                                    .page())
                            .isInstanceOf(PositionLostException.class)
                            .hasMessageContaining("an older state of it was restored");
                }
                // They use the numbers of those that are gone.
                for (int j = 0; j < 12; j++) {
                    notes.put("d" + j, "x");
                }
            }
            assertThat(new Follower(store.changes(PostgresFeedTest.NOTES), before).rest())
                    .hasSize(24);
        }
    }

    /** All that is newer than its changes was committed before the copy, and is there still. */
    @Test
    void aTransactionThatWasOpenWhenTheFilesWereCopiedIsMissed() throws Exception {
        Path copy = server.data().resolveSibling("copy");
        List<String> positions = new ArrayList<>();
        String before;
        try (Store store = open()) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            notes.insert("first", "x");
            before = store.changes(PostgresFeedTest.NOTES).end();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch copied = new CountDownLatch(1);
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    () -> store.runTransaction(tx -> {
                        tx.collection(PostgresFeedTest.NOTES).insert("late", "x");
                        begun.countDown();
                        PostgresFeedServerTest.await(copied);
                    }),
                    task -> new Thread(task).start());
            await(begun);
            for (int i = 0; i < 40; i++) {
                notes.insert("n" + i, "x");
            }
            Follower beside = new Follower(store.changes(PostgresFeedTest.NOTES), null);
            beside.rest();
            String without = beside.position();
            server.freeze();
            Programs.run(List.of("cp", "-a", server.data().toString(), copy.toString()));
            server.thaw();
            copied.countDown();
            late.get(60, TimeUnit.SECONDS);
            assertThat(beside.rest()).containsExactly("+late");
            positions.add(beside.position());
            positions.add(store.changes(PostgresFeedTest.NOTES).end());
            for (String after : Arrays.asList(null, before, without)) {
                Follower one = new Follower(store.changes(PostgresFeedTest.NOTES), after);
                one.rest();
                positions.add(one.position());
                positions.add(new Follower(store.changes(PostgresFeedTest.NOTES).limit(1), after)
                        .next()
                        .position());
            }
        }
        server.stop(false);
        Programs.run(List.of("rm", "-rf", server.data().toString()));
        Programs.run(List.of("mv", copy.toString(), server.data().toString()));
        Files.delete(server.data().resolve("postmaster.pid"));
        server.startAgain();
        try (Store store = open()) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            for (int i = 0; i < 2; i++) {
                assertThat(positions)
                        .allSatisfy(position -> assertThatThrownBy(() -> store.changes(PostgresFeedTest.NOTES)
                                        .startAfter(position)
                                        .page())
                                .isInstanceOf(PositionLostException.class)
                                .hasMessageContaining("an older state of it was restored"));
                for (int j = 0; j < 12; j++) {
                    notes.put("d" + j, "x");
                }
            }
            assertThat(new Follower(store.changes(PostgresFeedTest.NOTES), before).rest())
                    .hasSize(40 + 24)
                    .doesNotContain("+late");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWriteTakesOneRoundTripAndAPageTakesOne() throws Exception {
        try (Relay relay = new Relay("127.0.0.1", server.port());
                Store store = Stores.open("postgres://postgres@localhost:" + relay.port()
                        + "/postgres?pool.max=1&pool.minIdle=0&sslmode=disable")) {
            DocumentCollection<String> notes = store.collection(PostgresFeedTest.NOTES);
            notes.insert("first", "x");
            long started = System.nanoTime();
            int before = relay.roundTrips();
            for (int i = 0; i < 20; i++) {
                notes.put("a" + i, "x");
            }
            Follower follower = new Follower(store.changes(PostgresFeedTest.NOTES), null);
            follower.next().next();
            store.changes(PostgresFeedTest.NOTES).end();
            assertThat(relay.roundTrips() - before).isEqualTo(23);
            assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(60));
        }
    }
}
