package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pagurus.store.Health;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresHealthTest {

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static Store open(String options) {
        return Stores.open(server.url("postgres", "postgres") + "?pool.minIdle=0&" + options);
    }

    @Test
    void aServerThatIsWellSaysWhatItIs() {
        try (Store store = open("schema=well&pool.max=7")) {
            Health health = store.health();
            assertThat(health.up()).isTrue();
            assertThat(health.problem()).isNull();
            assertThat(health.engine()).matches("PostgreSQL 1\\d\\.\\d+.*");
            assertThat(health.latency()).isPositive().isLessThan(Duration.ofSeconds(5));
            assertThat(health.details())
                    .containsEntry("user", "postgres")
                    .containsEntry("primary", "true")
                    .containsEntry("read_only", "false")
                    .containsEntry("schema", "well")
                    .containsEntry("catalogue_version", "4")
                    .containsEntry("pool_in_use", "0")
                    .containsEntry("pool_waiting", "0")
                    .containsEntry("pool_max", "7")
                    .containsKey("pool_idle");
        }
    }

    @Test
    void followersThatCannotBeAskedForDoNotHoldItUp() throws Exception {
        try (Store store = open("schema=followed&timeout=2s");
                Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            Schema<Thing> kept = Thing.SCHEMA.changes(Duration.ofDays(1));
            store.collection(kept).put("one", new Thing("first"));
            store.follow(
                    "one",
                    store.changes(kept),
                    (tx, changes) -> tx.afterCommit(() -> Thread.currentThread().interrupt()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.health().details()).containsEntry("followers", "'one' at the end");
            other.setAutoCommit(false);
            statement.execute("lock table followed.pagurus_followers in access exclusive mode");
            long began = System.nanoTime();
            Health health = store.health();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            assertThat(health.up()).as("%s", health).isTrue();
            assertThat(health.details().get("followers")).isEqualTo("unknown: there was no answer in time");
            other.rollback();
            Waiting.until(
                    "the followers to be asked for again",
                    () -> "'one' at the end".equals(store.health().details().get("followers")));
        }
    }

    @Test
    void thePoolIsCounted() throws Exception {
        try (Store store = open("schema=counted&pool.max=2")) {
            store.collection(Thing.SCHEMA);
            CountDownLatch inside = new CountDownLatch(1);
            CompletableFuture<Void> end = new CompletableFuture<>();
            CompletableFuture<Void> keeper = CompletableFuture.runAsync(() -> store.snapshot(view -> {
                view.collection(Thing.SCHEMA).get("one");
                inside.countDown();
                return end.join();
            }));
            inside.await();
            assertThat(store.health().details()).containsEntry("pool_in_use", "1");
            end.complete(null);
            keeper.join();
        }
    }

    @Test
    void anExhaustedPoolIsAProblemThatIsNamedInTime() throws Exception {
        try (Store store = open("schema=full&pool.max=1&timeout=1s")) {
            store.collection(Thing.SCHEMA);
            store.runTransaction(tx -> {
                tx.collection(Thing.SCHEMA).get("one");
                Health health = CompletableFuture.supplyAsync(store::health).join();
                assertThat(health.up()).isFalse();
                assertThat(health.problem()).contains("in use");
                assertThat(health.details()).containsEntry("pool_in_use", "1");
            });
        }
    }

    @Test
    void aServerThatHangsIsFoundOutInTimeAndRecovers() throws Exception {
        try (Store store = open("schema=hung&timeout=2s&connect.timeout=1s")) {
            assertThat(store.health().up()).isTrue();
            server.freeze();
            for (int i = 0; i < 6; i++) {
                long started = System.nanoTime();
                Health health = store.health();
                assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
                assertThat(health.up()).isFalse();
                assertThat(health.problem()).contains("postgres://postgres@127.0.0.1");
            }
            server.thaw();
            Waiting.until("the store to be well", () -> store.health().up());
        } finally {
            server.thaw();
        }
        Waiting.until(
                "no thread to be left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("pagurus-health")));
    }

    @Test
    void openingSaysInOneLineWhatWasOpenedAndHow() {
        try (LogCapture log = new LogCapture()) {
            // With connections that are kept idle, and a pool for writes that are joined: as most have it.
            Stores.open(server.url("postgres", "postgres") + "?schema=line&pool.max=21")
                    .close();
            assertThat(log.ours(Level.INFO))
                    .singleElement()
                    .asString()
                    .startsWith("Opened postgres://postgres@127.0.0.1:" + server.port() + "/postgres (schema line), as"
                            + " postgres without TLS, at most 21 connections (PostgreSQL ");
            assertThat(log.text()).doesNotContain("WARN");
        }
    }
}
