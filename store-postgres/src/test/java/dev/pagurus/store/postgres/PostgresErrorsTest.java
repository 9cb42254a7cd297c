package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract group E: what can go wrong with a server that was reached, each for real. */
@Timeout(60)
class PostgresErrorsTest {

    private static final String SECRET = Failure.SECRET;

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
        server.run("create role app login password '" + SECRET + "'", "create schema app authorization app");
        server.admit("host all app 127.0.0.1/32 scram-sha-256");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static String url(String options) {
        return server.url("app:" + SECRET, "postgres") + "?pool.minIdle=0&schema=app&" + options;
    }

    private static void withThings(String options, Consumer<DocumentCollection<Thing>> work) {
        try (Store store = Stores.open(url(options))) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            things.put("one", new Thing("first"));
            work.accept(things);
        }
    }

    /** Keeps everybody else from the table until it is closed. */
    private static Connection lock() throws SQLException {
        Connection connection = server.connect("postgres");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table app.things in access exclusive mode");
        }
        return connection;
    }

    @Test
    void aLockThatOthersKeepIsNamedAsTheCause() {
        withThings("timeout=1s", things -> {
            try (Connection lock = lock()) {
                for (Runnable call : new Runnable[] {
                    () -> things.get("one"), () -> things.put("one", new Thing("second")), () -> things.delete("one")
                }) {
                    Failure.of(
                            UnavailableException.class,
                            call::run,
                            "Another transaction kept a lock in postgres://app:***@127.0.0.1",
                            "1 s",
                            "try again",
                            "timeout");
                }
                lock.rollback();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("first"));
        });
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() throws Exception {
        withThings("timeout=1s", things -> {
            try {
                server.run("create or replace function app.slow() returns trigger language plpgsql as"
                        + " 'begin perform pg_sleep(20); return new; end'");
                server.run("create trigger slow before insert on app.things for each row execute function app.slow()");
                Failure.of(
                        UnavailableException.class,
                        () -> things.insert("slow", new Thing("slow")),
                        "A statement on postgres://app:***@127.0.0.1",
                        "took longer than the 1 s",
                        "Nothing was changed");
                server.run("drop trigger slow on app.things");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            assertThat(things.exists("slow")).isFalse();
        });
    }

    @Test
    void anExhaustedPoolSaysHowLongWasWaitedAndForWhat() throws Exception {
        try (Store store = Stores.open(url("timeout=1s&pool.max=2"))) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            CountDownLatch taken = new CountDownLatch(2);
            CompletableFuture<Void> end = new CompletableFuture<>();
            Runnable keep = () -> store.runTransaction(tx -> {
                tx.collection(Thing.SCHEMA).get("one");
                taken.countDown();
                end.join();
            });
            CompletableFuture<?> both =
                    CompletableFuture.allOf(CompletableFuture.runAsync(keep), CompletableFuture.runAsync(keep));
            taken.await();
            Failure.of(
                    UnavailableException.class,
                    () -> things.get("one"),
                    "No connection to postgres://app:***@127.0.0.1",
                    "2 of 2 were in use",
                    "in the 1 s that this call could wait",
                    "pool.max");
            end.complete(null);
            both.join();
            assertThat(things.exists("nothing")).isFalse();
        }
    }

    @Test
    void aConnectionThatIsCutInAReadIsSafeToRetryAndInAWriteIsNot() throws Exception {
        withThings("timeout=10m", things -> {
            assertThatThrownBy(() -> cut(() -> things.get("one")))
                    .isExactlyInstanceOf(UnavailableException.class)
                    .hasMessageContaining("was lost")
                    .hasMessageContaining("try again");
            assertThatThrownBy(() -> cut(() -> things.put("one", new Thing("second"))))
                    .isExactlyInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("may have happened or not");
            assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("first"));
        });
    }

    /** Makes a call that waits for a lock, and ends its session meanwhile. */
    private static void cut(Runnable call) throws SQLException {
        try (Connection lock = lock()) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(call);
            // In one statement: a write that waits beside others gives up after a moment, and waits again by itself.
            Waiting.until(
                    "the call to wait for the lock, and to be cut",
                    () -> !server.ask("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where usename = 'app' and wait_event_type = 'Lock'")
                            .equals("0"));
            try {
                running.join();
            } finally {
                lock.rollback();
            }
        } catch (CompletionException e) {
            Failure.assertNoSecret(e);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** One call learns that the server has gone, and the others need not. */
    @Test
    void oneLostConnectionIsEnoughToDropTheOthers() {
        withThings("", things -> {
            things.get("one");
            terminateAll();
            try {
                things.put("one", new Thing("second"));
            } catch (OutcomeUnknownException expected) {
                // Used a moment ago, so that the pool did not look whether it still lives.
            }
            assertThat(things.get("one")).isPresent();
        });
    }

    @Test
    void aTransactionThatFindsItsConnectionLostDropsTheOthersToo() {
        try (Store store = Stores.open(url("pool.max=3"))) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            things.put("one", new Thing("first"));
            store.runTransaction(outer -> {
                // A second connection, which is idle when the first one is given back.
                CompletableFuture.runAsync(() -> things.get("one")).join();
                outer.collection(Thing.SCHEMA).get("one");
            });
            terminateAll();
            try {
                store.runTransaction(tx -> tx.collection(Thing.SCHEMA).get("one"));
            } catch (UnavailableException expected) {
                // Used a moment ago, too.
            }
            assertThat(things.get("one")).isPresent();
        }
    }

    private static void terminateAll() {
        run("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'app'");
    }

    private static void run(String statement) {
        try {
            server.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
