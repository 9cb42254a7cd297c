package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection on which nothing comes and nothing ends, at each step of each operation: it takes the time-out, and at most a
 * second more. All steps are tried side by side, each with a store and a way to the server of its own.
 */
@Timeout(120)
class StalledConnectionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** What is promised, and what a machine with other things to do may add; the driver's own is ten seconds more. */
    private static final Duration MOST = TIMEOUT.plusSeconds(1).plusMillis(1500);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** What became of a step that was tried. */
    private record Outcome(
            Duration took,
            @Nullable Object answer,
            @Nullable Throwable failure) {}

    private static Outcome timed(Callable<@Nullable Object> call) {
        long started = System.nanoTime();
        Object[] answer = new Object[1];
        @Nullable Throwable failure = catchThrowable(() -> answer[0] = call.call());
        return new Outcome(Duration.ofNanos(System.nanoTime() - started), answer[0], failure);
    }

    private static String through(StoreConfig config, int port) {
        PostgresTarget target = PostgresTarget.of(config);
        String password = target.password() == null ? "" : ":" + target.password();
        return "postgres://" + target.user() + password + "@127.0.0.1:" + port + "/" + target.database()
                + "?pool.minIdle=0&pool.max=20&timeout=2s&schema="
                + config.options().text("schema", "");
    }

    private static Relay relay(StoreConfig config) throws Exception {
        String[] host = PostgresTarget.of(config).hosts().split(":", 2);
        return new Relay(host[0], Integer.parseInt(host[1]));
    }

    private static Outcome afterOpening(StalledSteps.Step step) throws Exception {
        StoreConfig config = PostgresServer.newDatabase().build();
        try (Relay relay = relay(config)) {
            Store store = Stores.open(through(config, relay.port()));
            try {
                DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
                things.put("one", new Thing("first"));
                things.get("one");
                StalledSteps.Stage stage = new StalledSteps.Stage(relay, store, things);
                return timed(() -> step.run(stage));
            } finally {
                relay.stallAfter(Integer.MAX_VALUE / 2);
                store.close();
            }
        } finally {
            PostgresServer.drop(config);
        }
    }

    private static Outcome opening(int roundTrips) throws Exception {
        StoreConfig config = PostgresServer.newDatabase().build();
        try (Relay relay = relay(config)) {
            relay.stallAfter(roundTrips);
            return timed(() -> {
                Stores.open(through(config, relay.port())).close();
                return null;
            });
        } finally {
            PostgresServer.drop(config);
        }
    }

    /** Says yes to TLS and then nothing. */
    private Outcome shakingHands() throws Exception {
        StoreConfig config = PostgresServer.newDatabase().build();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<?> speaker = threads.submit(() -> {
                Socket client = server.accept();
                client.getInputStream().readNBytes(8);
                client.getOutputStream().write('S');
                return client;
            });
            Outcome outcome = timed(() -> {
                Stores.open(through(config, server.getLocalPort())).close();
                return null;
            });
            ((Socket) speaker.get()).close();
            return outcome;
        }
    }

    @Test
    void eachOperationTakesItsTimeoutAndAtMostASecondMore() throws Exception {
        PostgresServer.run("select 1");
        Map<String, Future<Outcome>> running = new TreeMap<>();
        IntStream.range(0, 8)
                .forEach(n -> running.put("opening after round trip " + n, threads.submit(() -> opening(n))));
        running.put("opening, in the handshake of TLS", threads.submit(this::shakingHands));
        StalledSteps.all(directory)
                .forEach((name, step) -> running.put(name, threads.submit(() -> afterOpening(step))));
        Map<String, String> wrong = new TreeMap<>();
        for (Map.Entry<String, Future<Outcome>> one : running.entrySet()) {
            Outcome outcome = one.getValue().get(40, TimeUnit.SECONDS);
            boolean named = outcome.failure() instanceof StoreException
                    || outcome.failure() instanceof IllegalArgumentException;
            if (!named || outcome.took().compareTo(MOST) > 0) {
                wrong.put(one.getKey(), outcome.took() + " " + outcome.failure());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void healthAnswersBeforeTheTimeout() throws Exception {
        Outcome outcome = afterOpening(stage -> {
            stage.stall();
            return stage.store().health();
        });
        assertThat(((Health) Objects.requireNonNull(outcome.answer())).up()).isFalse();
        assertThat(outcome.took()).isLessThan(TIMEOUT);
    }

    @Test
    void closingDoesNotWaitForConnectionsThatStall() throws Exception {
        Outcome outcome = afterOpening(stage -> {
            stage.stall();
            // Each of them has the pool make a connection.
            List<CompletableFuture<Health>> all = IntStream.range(0, 3)
                    .mapToObj(n -> CompletableFuture.supplyAsync(stage.store()::health, threads))
                    .toList();
            all.forEach(CompletableFuture::join);
            stage.store().close();
            return null;
        });
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.took()).isLessThan(MOST.plus(TIMEOUT.dividedBy(2)));
    }

    @Test
    void aChangeOfACollectionMayTakeLongerThanTheTimeoutIfItIsWorkedOn() throws Exception {
        Duration work = TIMEOUT.multipliedBy(2);
        Outcome outcome = afterOpening(stage -> stage.store().collection(StalledSteps.LATER.upgrade(1, body -> {
            TimeUnit.NANOSECONDS.sleep(work.toNanos());
            return body;
        })));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.took()).isGreaterThan(work);
    }

    /** It waits for others as long as any call does, and lets go of what it has. */
    @Test
    void aChangeOfACollectionDoesNotWaitLongerForALock() throws Exception {
        Outcome outcome = afterOpening(stage -> {
            String table = PostgresServer.schemaOf(stage.store()) + ".things";
            Connection held = PostgresServer.hold("lock table " + table + " in row exclusive mode");
            try {
                return stage.store().collection(StalledSteps.LATER);
            } finally {
                held.close();
            }
        });
        assertThat(outcome.failure()).isInstanceOf(UnavailableException.class).hasMessageContaining("lock");
        assertThat(outcome.took()).isLessThan(MOST);
    }
}
