package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** One transaction that keeps a row stops who writes that row, and nobody else. */
class HeldRowTest {

    private static final int WRITERS = 128;
    private static final int OF_THE_HELD_ROW = 8;
    private static final Duration HELD = Duration.ofSeconds(6);

    @Test
    void aHeldRowStopsNoWriterOfOtherRows() throws Exception {
        StoreConfig config = PostgresServer.newDatabase().build();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        AtomicBoolean end = new AtomicBoolean();
        AtomicIntegerArray written = new AtomicIntegerArray(WRITERS);
        AtomicInteger ofTheHeldRow = new AtomicInteger();
        try (Store store = Stores.open(config)) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            things.put("held", new Thing("before"));
            List<Future<?>> writers = new ArrayList<>();
            int[] whileHeld = new int[WRITERS];
            store.runTransaction(tx -> {
                tx.collection(Thing.SCHEMA).put("held", new Thing("held"));
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(threads.submit(() -> {
                        while (!end.get()) {
                            boolean held = writer < OF_THE_HELD_ROW;
                            things.put(held ? "held" : "t" + writer, new Thing("by " + writer));
                            written.incrementAndGet(writer);
                            if (held) {
                                ofTheHeldRow.incrementAndGet();
                            }
                        }
                    }));
                }
                Thread.sleep(HELD.toMillis());
                assertThat(ofTheHeldRow).hasValue(0);
                for (int i = 0; i < WRITERS; i++) {
                    whileHeld[i] = written.get(i);
                }
            });
            for (int i = OF_THE_HELD_ROW; i < WRITERS; i++) {
                // At a tenth of a second each it would be sixty; half of the time is left to a busy machine.
                assertThat(whileHeld[i]).as("writes of " + i).isGreaterThan(30);
            }
            Waiting.until("the held row to be written", () -> ofTheHeldRow.get() >= OF_THE_HELD_ROW);
            end.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            end.set(true);
            threads.shutdown();
            drop(config);
        }
    }

    private static void drop(StoreConfig config) throws SQLException {
        PostgresServer.drop(config);
    }
}
