package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The primary is killed under writers, and the standby takes over: nothing that was acknowledged is lost. */
class FailOverTest {

    private static final Logger LOG = LoggerFactory.getLogger(FailOverTest.class);

    private static final int WRITERS = 8;
    private static final int BEFORE = 500;
    private static final int AFTER = 500;

    @Test
    @Timeout(180)
    void everyAcknowledgedWriteIsThereAndTheApplicationGoesOn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (Cluster cluster = Cluster.start();
                Store store = Stores.open(cluster.url() + "?schema=failover&connect.timeout=2s&timeout=5s")) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            Set<String> unknown = ConcurrentHashMap.newKeySet();
            AtomicLong refused = new AtomicLong();
            AtomicBoolean done = new AtomicBoolean();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> {
                    for (int n = 0; !done.get(); n++) {
                        String id = writer + "_" + n;
                        try {
                            tickets.insert(id, Ticket.of(id));
                            acknowledged.add(id);
                        } catch (OutcomeUnknownException e) {
                            unknown.add(id);
                        } catch (UnavailableException e) {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            awaitSize(acknowledged, BEFORE, writers);
            long killed = System.nanoTime();
            cluster.killPrimary();
            cluster.promoteStandby();
            int atPromotion = acknowledged.size();
            awaitSize(acknowledged, atPromotion + 1, writers);
            long millis = (System.nanoTime() - killed) / 1_000_000;
            awaitSize(acknowledged, atPromotion + AFTER, writers);
            done.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
            Set<String> found = new HashSet<>();
            tickets.query().stream().forEach(document -> found.add(document.id()));
            LOG.info(
                    "{} acknowledged, {} with unknown outcome, {} refused; {} ms without a write",
                    acknowledged.size(),
                    unknown.size(),
                    refused,
                    millis);
            assertThat(found).containsAll(acknowledged);
            found.removeAll(acknowledged);
            assertThat(unknown).containsAll(found);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits for so many, unless a writer has failed. */
    private static void awaitSize(Set<String> acknowledged, int size, List<Future<?>> writers) throws Exception {
        while (acknowledged.size() < size) {
            for (Future<?> writer : writers) {
                if (writer.isDone()) {
                    writer.get();
                }
            }
            Thread.onSpinWait();
        }
    }
}
