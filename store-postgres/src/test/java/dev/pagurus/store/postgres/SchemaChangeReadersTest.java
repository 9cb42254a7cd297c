package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readers go on while a large collection is changed. */
class SchemaChangeReadersTest {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaChangeReadersTest.class);

    private static final int DOCUMENTS = 100_000;
    private static final int READERS = 4;

    /** An attempt to get the whole table takes a quarter of a second; the rest is for a busy machine. */
    private static final long LONGEST_READ_MILLIS = 2_000;

    @Test
    void readersAreHeldOffForMomentsOnly() throws Exception {
        StoreConfig config = PostgresServer.newDatabase().build();
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        try (Store old = Stores.open(config);
                Store fresh = Stores.open(config)) {
            DocumentCollection<Ticket> tickets = old.collection(Ticket.SCHEMA);
            fill(config.options().text("schema", ""));
            AtomicBoolean done = new AtomicBoolean();
            AtomicLong slowest = new AtomicLong();
            AtomicLong reads = new AtomicLong();
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int reader = i;
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        read(tickets, reader, slowest);
                        reads.incrementAndGet();
                    }
                }));
            }
            Future<?> holder = holdTheTable(old, threads);
            LongField<Ticket> length =
                    LongField.of("length", ticket -> ticket.title().length());
            Schema<Ticket> second = Ticket.SCHEMA.index(length).revision(2);
            long before = System.nanoTime();
            DocumentCollection<Ticket> changed = fresh.collection(second);
            long millis = (System.nanoTime() - before) / 1_000_000;
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            holder.get();
            LOG.info(
                    "{} documents refilled in {} ms, {} reads meanwhile, the slowest took {} ms",
                    DOCUMENTS,
                    millis,
                    reads,
                    slowest);
            assertThat(changed.where(length.gte(1)).count()).isEqualTo(DOCUMENTS);
            assertThat(slowest.get()).isLessThan(LONGEST_READ_MILLIS);
        } finally {
            threads.shutdownNow();
            PostgresServer.drop(config);
        }
    }

    private static void fill(String schema) throws SQLException {
        PostgresServer.run("""
                insert into %s.tickets (id, version, created_at, title, status, due, tags, body)
                select 'd' || i, i, i, 'title ' || i, 'open', i, array['all', 't' || i %% 1000],
                    format('{"title":"title %%s","status":"open","due":%%s,"tags":["all","t%%s"]}', i, i, i %% 1000)
                from generate_series(1, %s) i
                """.formatted(schema, DOCUMENTS));
    }

    /** A snapshot of an application that has looked at the collection, and takes its time. */
    private static Future<?> holdTheTable(Store store, ExecutorService threads) throws InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        Future<?> holder = threads.submit(() -> store.snapshot(view -> {
            view.collection(Ticket.SCHEMA).get("d1");
            holds.countDown();
            PostgresWaits.awaitBlocked(1, "tickets");
            return view.collection(Ticket.SCHEMA).get("d2");
        }));
        holds.await();
        return holder;
    }

    private static void read(DocumentCollection<Ticket> tickets, int reader, AtomicLong slowest) {
        long before = System.nanoTime();
        if (reader % 2 == 0) {
            assertThat(tickets.get("d" + (reader + 1))).isPresent();
        } else {
            try {
                assertThat(tickets.where(Ticket.STATUS.eq("open"))
                                .orderBy(Ticket.DUE.asc())
                                .limit(10)
                                .list())
                        .hasSize(10);
            } catch (SchemaException e) {
                // The change is done, and this reader does not know it.
                assertThat(e).hasMessageContaining("newer version");
            }
        }
        slowest.accumulateAndGet((System.nanoTime() - before) / 1_000_000, Math::max);
    }
}
