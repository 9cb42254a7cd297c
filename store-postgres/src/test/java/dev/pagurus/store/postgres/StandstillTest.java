package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an application stands still while its store moves: from its last write to the end of the copy that follows. */
@Tag("long")
class StandstillTest {

    private static final Schema<Ticket> TICKETS = Ticket.SCHEMA.changes(Duration.ofDays(1));
    private static final int DOCUMENTS = 100_000;
    private static final int ROUNDS = 20;
    private static final int WRITERS = 4;
    private static final long PAUSE_NANOS = 5_000_000;

    /** With it, a body has some 300 bytes. */
    private static final String STATUS = "x".repeat(230);

    @TempDir
    Path directory;

    @Test
    void thereAndBackAgain() throws Exception {
        StoreConfig file = StoreConfig.of("sqlite:" + directory.resolve("first.db"));
        StoreConfig last = StoreConfig.of("sqlite:" + directory.resolve("last.db"));
        StoreConfig postgres = PostgresServer.newDatabase().build();
        try (Store store = Stores.open(file)) {
            store.collection(TICKETS)
                    .insertAll(
                            IntStream.range(0, DOCUMENTS).mapToObj(i -> ticket("t" + i)),
                            Ticket::title,
                            OnConflict.FAIL);
            move("SQLite to PostgreSQL", store, file, postgres);
        }
        try (Store store = Stores.open(postgres)) {
            move("PostgreSQL to SQLite", store, postgres, last);
        }
        PostgresServer.drop(postgres);
    }

    private static Ticket ticket(String title) {
        return new Ticket(title, STATUS, 1L, Set.of("home"));
    }

    private static void move(String way, Store store, StoreConfig from, StoreConfig to) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        AtomicLong brought = new AtomicLong();
        AtomicLong stopped = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(threads.submit(() -> {
                DocumentCollection<Ticket> tickets = store.collection(TICKETS);
                for (int j = writer; !enough.get(); j += WRITERS) {
                    tickets.put("t" + j % DOCUMENTS, ticket("t" + j % DOCUMENTS));
                    // An application that is in use, not one that writes as fast as it can.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }));
        }
        CopyResult copied = Stores.copy(
                from,
                to,
                CopyOptions.DEFAULT
                        .withProgress(progress -> {
                            if (progress.step() == CopyProgress.Step.FOLLOWING) {
                                rounds.incrementAndGet();
                                brought.set(progress.documents());
                            }
                        })
                        .followUntil(() -> {
                            if (rounds.get() < ROUNDS) {
                                return false;
                            }
                            enough.set(true);
                            if (writers.stream().allMatch(Future::isDone)) {
                                stopped.compareAndSet(0, System.nanoTime());
                                return true;
                            }
                            return false;
                        }));
        long nanos = System.nanoTime() - stopped.get();
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        System.out.printf(
                "%s, %,d documents, %,d brought over in %d rounds: stood still for %d ms%n",
                way, copied.documents(), brought.get(), rounds.get(), nanos / 1_000_000);
        assertThat(Stores.compare(from, to, CopyOptions.DEFAULT)).isEqualTo(copied);
    }
}
