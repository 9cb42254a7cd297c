package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many writers of few documents: whatever they do to each other, none of them fails. */
class ContentionTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContentionTest.class);

    private static final Duration LASTING = Duration.ofSeconds(Boolean.getBoolean("pagurus.long") ? 60 : 5);
    private static final int REPLACERS = 32;
    private static final int DOCUMENTS = 64;
    private static final int PUTTERS = 25;

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private Store store;
    private DocumentCollection<Ticket> tickets;
    private DocumentCollection<Ticket> hot;

    @BeforeEach
    public void open() {
        store = Stores.open(config);
        tickets = store.collection(Ticket.SCHEMA);
        hot = store.collection(
                Schema.of("hot", Ticket.class).uniqueIndex(Ticket.TITLE).index(Ticket.STATUS, Ticket.DUE));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.drop(config);
    }

    @Test
    void noWriterOfASmallCollectionOrAHotDocumentFails() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            tickets.put("t" + i, Ticket.of("t" + i));
        }
        AtomicLong replaced = new AtomicLong();
        AtomicLong put = new AtomicLong();
        AtomicLong slowestReplace = new AtomicLong();
        AtomicLong slowestPut = new AtomicLong();
        long rolledBack = rolledBack();
        long end = System.nanoTime() + LASTING.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(REPLACERS + PUTTERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < REPLACERS; i++) {
                int writer = i;
                writers.add(
                        threads.submit(() -> until(end, replaced, slowestReplace, round -> replace(writer, round))));
            }
            for (int i = 0; i < PUTTERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> until(
                        end,
                        put,
                        slowestPut,
                        round -> hot.put("hot", Ticket.of("by " + writer).due(round)))));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        LOG.info(
                "{} replaced in {} (slowest {} ms), {} put on one id (slowest {} ms), {} tries given up for another",
                replaced,
                LASTING,
                slowestReplace,
                put,
                slowestPut,
                rolledBack() - rolledBack);
        assertThat(replaced.get()).isGreaterThan(REPLACERS);
        assertThat(put.get()).isGreaterThan(PUTTERS);
    }

    private static long rolledBack() throws SQLException {
        return Long.parseLong(
                PostgresWaits.answer("select xact_rollback from pg_stat_database where datname = current_database()"));
    }

    /** Each writer has documents of its own. */
    private void replace(int writer, int round) {
        String id = "t" + (round % 2 == 0 ? writer : writer + REPLACERS);
        tickets.replace(tickets.get(id).orElseThrow().withValue(Ticket.of(id).due(round)));
    }

    private static void until(long end, AtomicLong count, AtomicLong slowest, IntConsumer work) {
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            long before = System.nanoTime();
            work.accept(round);
            long millis = (System.nanoTime() - before) / 1_000_000;
            slowest.accumulateAndGet(millis, Math::max);
            count.incrementAndGet();
        }
    }
}
