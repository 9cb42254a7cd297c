package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From SQLite to PostgreSQL and back, while four threads write. */
class FollowedMoveTest {

    private static final Schema<Ticket> TICKETS = Ticket.SCHEMA.changes(Duration.ofDays(1));
    private static final int DOCUMENTS = 3_000;
    private static final int WRITERS = 4;
    private static final int ROUNDS = 5;

    /** More than two rounds hold. */
    private static final int BACKLOG = 42_000;

    @TempDir
    Path directory;

    private StoreConfig file;
    private StoreConfig postgres;

    @BeforeEach
    void prepare() throws Exception {
        file = StoreConfig.of("sqlite:" + directory.resolve("first.db"));
        postgres = PostgresServer.newDatabase().build();
    }

    @AfterEach
    void drop() throws Exception {
        PostgresServer.drop(postgres);
    }

    private static void fill(DocumentCollection<Ticket> tickets, String of, int documents) {
        tickets.insertAll(
                IntStream.range(0, documents).mapToObj(i -> Ticket.of(of + i)), Ticket::title, OnConflict.FAIL);
    }

    @Test
    void aStoreInUseMovesThereAndBackAgain() throws Exception {
        try (Store store = Stores.open(file)) {
            fill(store.collection(TICKETS), "t", DOCUMENTS);
            move(store, file, postgres);
        }
        StoreConfig last = StoreConfig.of("sqlite:" + directory.resolve("last.db"));
        try (Store store = Stores.open(postgres)) {
            move(store, postgres, last);
        }
    }

    /** Copies a store while it is written to, and ends when something was brought over several times. */
    private static void move(Store store, StoreConfig from, StoreConfig to) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        AtomicLong brought = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String writer = "w" + i;
            writers.add(threads.submit(() -> write(store, writer, enough)));
        }
        try {
            CopyResult copied = Stores.copy(
                    from,
                    to,
                    CopyOptions.DEFAULT
                            .withProgress(progress -> {
                                if (progress.step() == CopyProgress.Step.FOLLOWING
                                        && brought.getAndSet(progress.documents()) < progress.documents()) {
                                    rounds.incrementAndGet();
                                }
                            })
                            .followUntil(() -> {
                                enough.set(rounds.get() >= ROUNDS);
                                return enough.get() && writers.stream().allMatch(Future::isDone);
                            }));
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(Stores.compare(from, to, CopyOptions.DEFAULT)).isEqualTo(copied);
        } finally {
            enough.set(true);
            threads.shutdown();
        }
    }

    /** Titles must be unique, and change hands; some documents go, and what is new stays. */
    private static void write(Store store, String writer, AtomicBoolean enough) {
        DocumentCollection<Ticket> tickets = store.collection(TICKETS);
        tickets.query().where(Ticket.TITLE.eq("of " + writer)).deleteAll();
        for (int i = 0; !enough.get(); i++) {
            String from = writer + " owner " + i % 3;
            String to = writer + " owner " + (i + 1) % 3;
            int count = i;
            store.transaction(tx -> {
                DocumentCollection<Ticket> all = tx.collection(TICKETS);
                all.delete(from);
                all.put(to, Ticket.of("of " + writer).due(count));
                return true;
            });
            tickets.put(writer + i, Ticket.of(writer + "|" + i).due(i));
            if (i % 10 == 0) {
                tickets.query().where(Ticket.DUE.eq((long) i - 5)).deleteAll();
            }
        }
    }

    @Test
    void whatIsMoreThanARoundHoldsIsBroughtOverInSeveral() {
        List<Long> told = new ArrayList<>();
        try (Store store = Stores.open(file)) {
            DocumentCollection<Ticket> tickets = store.collection(TICKETS);
            fill(tickets, "t", DOCUMENTS);
            CopyResult copied = Stores.copy(
                    file,
                    postgres,
                    CopyOptions.DEFAULT
                            .withProgress(progress -> {
                                if (progress.step() == CopyProgress.Step.FOLLOWING) {
                                    told.add(progress.documents());
                                }
                            })
                            .followUntil(() -> {
                                if (told.size() == 1) {
                                    fill(tickets, "late", BACKLOG);
                                    tickets.delete("t0");
                                }
                                return told.size() > 5;
                            }));
            assertThat(copied.documents()).isEqualTo(DOCUMENTS + BACKLOG - 1);
            assertThat(Stores.compare(file, postgres, CopyOptions.DEFAULT)).isEqualTo(copied);
        }
        assertThat(told)
                .contains(0L, BACKLOG + 1L)
                .filteredOn(some -> some > 0 && some < BACKLOG)
                .isNotEmpty();
    }

    @Test
    void aProcessThatFollowsIsKilledAndTheNextOneGoesOn() throws Exception {
        try (Store store = Stores.open(file)) {
            DocumentCollection<Ticket> tickets = store.collection(TICKETS);
            fill(tickets, "t", DOCUMENTS);
            Process copying = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MovingProgram.class.getName(),
                            file.url(),
                            postgres.url(),
                            "follow")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = copying.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.lines().anyMatch("FOLLOWING 0"::equals)).isTrue();
                tickets.delete("t0");
                tickets.put("t1", Ticket.of("t0"));
                assertThat(output.lines().anyMatch("FOLLOWING 2"::equals)).isTrue();
                tickets.put("t0", Ticket.of("t1"));
                copying.toHandle().destroyForcibly();
                copying.waitFor();
            }
            Failure.of(CopyException.class, () -> Stores.open(postgres), "not finished", "Run the copy again");
            CopyResult copied = Stores.copy(file, postgres, CopyOptions.DEFAULT.followUntil(() -> true));
            assertThat(copied.documents()).isEqualTo(DOCUMENTS);
            assertThat(Stores.compare(file, postgres, CopyOptions.DEFAULT)).isEqualTo(copied);
        }
    }
}
