package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes and comes again, and one that comes late. */
@Timeout(120)
class PostgresRestartTest {

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static String url(String options) {
        return server.url("postgres", "postgres") + "?pool.minIdle=0&" + options;
    }

    @Test
    void theStoreWorksAgainAfterTheServerWasKilled() throws Exception {
        restart(true);
    }

    @Test
    void theStoreWorksAgainAfterTheServerWasRestarted() throws Exception {
        restart(false);
    }

    /** Each write is there if it returned, and is not if it threw what may be retried. */
    private static void restart(boolean immediately) throws Exception {
        try (Store store = Stores.open(url("timeout=2s&connect.timeout=1s&schema=restart" + immediately))) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            Queue<String> written = new ConcurrentLinkedQueue<>();
            Queue<String> refused = new ConcurrentLinkedQueue<>();
            Queue<StoreException> failures = new ConcurrentLinkedQueue<>();
            AtomicInteger after = new AtomicInteger();
            CompletableFuture<Void> back = new CompletableFuture<>();
            CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
            for (int w = 0; w < writers.length; w++) {
                String name = "w" + w + "-";
                writers[w] = CompletableFuture.runAsync(
                        () -> {
                            int more = 0;
                            for (int i = 0; more < 20; i++) {
                                String id = name + i;
                                boolean again = back.isDone();
                                try {
                                    things.insert(id, new Thing(id));
                                    written.add(id);
                                    more += again ? 1 : 0;
                                    after.addAndGet(again ? 1 : 0);
                                } catch (UnavailableException e) {
                                    refused.add(id);
                                    failures.add(e);
                                } catch (OutcomeUnknownException e) {
                                    failures.add(e);
                                }
                            }
                        },
                        task -> new Thread(task).start());
            }
            Waiting.until("some writes", () -> written.size() > 50);
            server.stop(immediately);
            Waiting.until("a failure", () -> !failures.isEmpty());
            assertThat(store.health().up()).isFalse();
            assertThat(store.health().problem()).contains("postgres://postgres@127.0.0.1");
            server.startAgain();
            Waiting.until("the store to work again", () -> store.health().up());
            back.complete(null);
            CompletableFuture.allOf(writers).join();
            assertThat(after.get()).isGreaterThanOrEqualTo(80);
            assertThat(things.getAll(written)).hasSameSizeAs(written);
            assertThat(things.getAll(refused)).isEmpty();
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure.getMessage())
                            // The queue of writes, on a machine that is slow to find out, knows no server.
                            .containsAnyOf("postgres://postgres@127.0.0.1", "Others kept this write waiting")
                            .containsAnyOf(
                                    "try again", "Try again", "before trying again", "connect.wait", "server's log"));
        }
    }

    @Test
    void openingWaitsForAServerThatStartsLaterAndSaysSo() throws Exception {
        server.stop(false);
        try (LogCapture log = new LogCapture()) {
            CompletableFuture<Store> opening =
                    CompletableFuture.supplyAsync(() -> Stores.open(url("connect.wait=60s&schema=late")));
            Waiting.until(
                    "the log to say so",
                    () -> log.ours(Level.INFO).stream()
                            .anyMatch(line -> line.startsWith("Waiting up to 60 s for the database: No PostgreSQL")));
            assertThat(opening).isNotDone();
            server.startAgain();
            try (Store store = opening.join()) {
                assertThat(store.health().up()).isTrue();
            }
            assertThat(log.ours(Level.INFO)).doesNotHaveDuplicates();
        }
    }

    @Test
    void openingGivesUpWithTheLastCause() throws Exception {
        long started = System.nanoTime();
        Failure.ofOpening(
                UnavailableException.class,
                "postgres://app:" + Failure.SECRET + "@127.0.0.1:" + OwnServer.freePort() + "/db?connect.wait=1s",
                "No PostgreSQL server can be reached at postgres://app:***@127.0.0.1",
                "Waited for 1 s, as the option connect.wait says");
        assertThat(System.nanoTime() - started).isBetween(1_000_000_000L, 10_000_000_000L);
    }
}
