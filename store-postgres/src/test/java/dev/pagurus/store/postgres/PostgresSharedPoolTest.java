package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of one process that share their connections. */
@Timeout(120)
class PostgresSharedPoolTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String application = "shared" + NUMBERS.incrementAndGet();
    private final List<StoreConfig> used = new ArrayList<>();
    private final List<Store> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws SQLException {
        open.forEach(Store::close);
        for (StoreConfig each : used) {
            PostgresServer.drop(each);
        }
    }

    private StoreConfig config(String options) {
        StoreConfig config = StoreConfig.of(
                PostgresServer.newDatabase().build().url() + "&pool.shared=true&application=" + application + options);
        used.add(config);
        return config;
    }

    private Store open(String options) {
        Store store = Stores.open(config(options));
        open.add(store);
        return store;
    }

    private long connections() throws SQLException {
        return Long.parseLong(PostgresWaits.answer(
                "select count(*) from pg_stat_activity where application_name = '" + application + "'"));
    }

    private static DocumentCollection<Ticket> tickets(Store store) {
        return store.collection(Ticket.SCHEMA);
    }

    @Test
    void manyAtWorkHaveNoMoreConnectionsThanThePool() throws Exception {
        List<Store> stores =
                IntStream.range(0, 30).mapToObj(i -> open("&pool.max=10")).toList();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                work.add(threads.submit(() -> {
                    DocumentCollection<Ticket> tickets = tickets(stores.get(number % stores.size()));
                    tickets.put("t" + number, Ticket.of("t" + number));
                    return tickets.get("t" + number).isPresent();
                }));
            }
            for (Future<Boolean> each : work) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(connections()).isBetween(1L, 10L);
        for (int i = 0; i < stores.size(); i++) {
            assertThat(tickets(stores.get(i)).query().count())
                    .as("documents of the store %s", i)
                    .isEqualTo(10);
        }
    }

    @Test
    void theSameDatabaseIsTheSameHoweverItsUrlIsWritten() {
        List<PostgresConnections> shared = Stream.of(
                        StoreConfig.builder("postgres://app@db.example:5432/x?schema=a&pool.shared=true"),
                        StoreConfig.builder("postgresql://app@DB.Example/x?schema=b&pool.shared=true"),
                        StoreConfig.builder("postgres:///x?host=db.example&user=app&schema=c&pool.shared=true"),
                        StoreConfig.builder("postgres://db.example/x?schema=d&pool.shared=true")
                                .user("app"))
                .map(builder -> PostgresConnections.of(PostgresSettings.of(builder.build())))
                .toList();
        shared.forEach(PostgresConnections::close);
        assertThat(shared).as("connections of stores of one database").containsOnly(shared.get(0));
        PostgresConnections other = PostgresConnections.of(
                PostgresSettings.of(StoreConfig.of("postgres://another@db.example:5432/x?schema=a&pool.shared=true")));
        other.close();
        assertThat(other).as("connections of another user").isNotSameAs(shared.get(0));
    }

    @Test
    void messagesNameTheSchema() {
        assertThatThrownBy(() -> Stores.open("postgres://app@localhost:1/x?schema=tenant_7&pool.shared=true"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("postgres://app@localhost:1/x (schema tenant_7)");
    }

    @Test
    void closingOneLeavesTheOthersAndTheLastOneGivesAllBack() throws Exception {
        Store one = open("");
        Store other = open("");
        tickets(one).put("a", Ticket.of("a"));
        one.close();
        tickets(other).put("b", Ticket.of("b"));
        assertThat(tickets(other).query().count()).isEqualTo(1);
        assertThat(other.health().up()).isTrue();
        other.close();
        Waiting.until("no connection to be left", () -> connections() == 0);

        Store again = open("");
        tickets(again).put("c", Ticket.of("c"));
        assertThat(connections()).isPositive();
    }

    @Test
    void oneThatCannotBeOpenedTakesNothingAlong() throws Exception {
        Store one = open("");
        StoreConfig refused = config("&migrate=validate");
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(() -> Stores.open(refused)).hasMessageContaining("migrate is validate");
        }
        tickets(one).put("a", Ticket.of("a"));
        one.close();
        Waiting.until("no connection to be left", () -> connections() == 0);
    }

    @Test
    void transactionsOfOneStoreLeaveRoomForCallsOfOthers() throws Exception {
        Store greedy = open("&pool.max=10&timeout=2s");
        Store modest = open("&pool.max=10&timeout=2s");
        DocumentCollection<Ticket> theirs = tickets(modest);
        tickets(greedy);
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Boolean>> held = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                int number = i;
                held.add(threads.submit(() -> greedy.transaction(tx -> {
                    tx.collection(Ticket.SCHEMA).insert("g" + number, Ticket.of("g" + number));
                    begun.countDown();
                    enough.await();
                    return true;
                })));
            }
            begun.await();
            theirs.put("a", Ticket.of("a"));
            assertThat(theirs.get("a")).isPresent();
            assertThatThrownBy(() -> modest.runTransaction(
                            tx -> tx.collection(Ticket.SCHEMA).get("a")))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("Transactions and snapshots", "pool.max");
        } finally {
            enough.countDown();
            threads.shutdown();
        }
        for (Future<Boolean> each : held) {
            assertThat(each.get()).isTrue();
        }
        modest.runTransaction(tx -> tx.collection(Ticket.SCHEMA).delete("a"));
    }

    /** Of a pool that is too small to keep some for writes, whatever asks for a connection says what is the matter. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whoeverGetsNoConnectionOfASmallPoolIsToldOfItsSize(String shared) throws Exception {
        StoreConfig config = StoreConfig.of(
                PostgresServer.newDatabase().build().url() + "&pool.max=2&timeout=1s&pool.shared=" + shared);
        used.add(config);
        Store store = Stores.open(config);
        open.add(store);
        DocumentCollection<Ticket> tickets = tickets(store);
        Ticket ticket = Ticket.of("a");
        tickets.put("a", ticket);
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> held = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                held.add(threads.submit(() -> store.transaction(tx -> {
                    tx.collection(Ticket.SCHEMA).get("a");
                    begun.countDown();
                    enough.await();
                    return true;
                })));
            }
            begun.await();
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> tickets.get("a"),
                    () -> tickets.put("a", ticket),
                    () -> tickets.insert("b", ticket),
                    () -> tickets.update("a", old -> ticket),
                    () -> tickets.delete("a"),
                    () -> tickets.insertAll(Stream.of(ticket), Ticket::title, OnConflict.FAIL))) {
                assertThatThrownBy(call)
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("pool.max")
                        .hasMessageContaining("2 of 2");
            }
        } finally {
            enough.countDown();
            threads.shutdown();
        }
        for (Future<Boolean> each : held) {
            assertThat(each.get()).isTrue();
        }
    }

    @Test
    void aPlanIsKeptForSomeStatementsAndNotForThoseOfAllStores() throws Exception {
        String options = "&pool.max=1&prepare.threshold=2";
        for (int i = 0; i < 120; i++) {
            DocumentCollection<Ticket> tickets = tickets(open(options));
            for (int time = 0; time < 3; time++) {
                tickets.put("a", Ticket.of("a"));
                tickets.get("a");
                tickets.query().count();
                tickets.update("a", ticket -> Ticket.of("b"));
            }
        }
        PostgresSettings settings = PostgresSettings.of(config(options));
        try (PostgresConnections same = PostgresConnections.of(settings)) {
            long plans = same.pool(settings, new PostgresErrors(settings)).with(false, connection -> {
                return connection.alone(
                        "read committed", "select count(*) from pg_prepared_statements", List.of(), rows -> {
                            rows.next();
                            return rows.getLong(1);
                        });
            });
            // Of 256 texts, each with what begins and ends it.
            assertThat(plans).as("plans that a connection keeps").isBetween(100L, 1_100L);
        }
    }

    /** What else there is in a URL is about the store alone, or about every connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://bob:secret@localhost:5432/app?pool.shared=true",
                "postgres://ann:other@localhost:5432/app?pool.shared=true",
                "postgres://ann:secret@127.0.0.1:5432/app?pool.shared=true",
                "postgres://ann:secret@localhost:5433/app?pool.shared=true",
                "postgres://ann:secret@localhost:5432/other?pool.shared=true",
                "postgres://ann:secret@localhost:5432/app?pool.shared=true&pool.max=24",
                "postgres://ann:secret@localhost:5432/app?pool.shared=true&timeout=10s",
                "postgres://ann:secret@localhost:5432/app?pool.shared=true&sslmode=require",
                "postgres://ann:secret@localhost:5432/app?pool.shared=true&application=other",
                "postgres://ann:secret@localhost:5432/app?pool.shared=true&prepare.threshold=0",
                "postgres://ann:secret@localhost:5432/app"
            })
    void nobodySharesWhatIsNotTheSame(String url) {
        PostgresSettings ours = settings("postgres://ann:secret@localhost:5432/app?pool.shared=true");
        PostgresSettings same = settings("postgres://ann:secret@localhost:5432/app?pool.shared=true"
                + "&schema=b&migrate=validate&connect.wait=5s&slow=1s&body.max=1MiB");
        try (PostgresConnections one = PostgresConnections.of(ours);
                PostgresConnections two = PostgresConnections.of(same);
                PostgresConnections others = PostgresConnections.of(settings(url))) {
            assertThat(two).isSameAs(one);
            assertThat(others).isNotSameAs(one);
        }
    }

    @Test
    void aGivenDataSourceIsNobodyElses() {
        assertThatThrownBy(() -> PostgresSettings.of(StoreConfig.builder("postgres:?pool.shared=true")
                        .dataSource(new org.postgresql.ds.PGSimpleDataSource())
                        .build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'pool.shared'");
    }

    private static PostgresSettings settings(String url) {
        return PostgresSettings.of(StoreConfig.of(url));
    }
}
