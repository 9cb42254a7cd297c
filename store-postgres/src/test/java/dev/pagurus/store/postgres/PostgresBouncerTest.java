package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The store behind a PgBouncer in transaction mode, where more clients than server connections take turns after each
 * transaction. {@link IsolationLevelTest} goes through one too.
 */
class PostgresBouncerTest {

    private static final int THREADS = 24;

    private static final PostgresTarget SERVER = Way.server();
    private static PgBouncer bouncer;

    private final String schema = Way.newSchema();

    @BeforeAll
    static void start() {
        bouncer = PgBouncer.start(SERVER);
    }

    @AfterAll
    static void stop() {
        bouncer.close();
    }

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.run("drop schema if exists " + schema + " cascade");
    }

    private Store open() {
        return Stores.open(bouncer.url(String.valueOf(SERVER.user()), SERVER.database(), "schema=" + schema));
    }

    @Test
    void operationsSessionsAndSchemaChangesWork() {
        try (Store store = open()) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            for (int i = 0; i < 20; i++) {
                tickets.put("t" + i, Ticket.of("t" + i).due(i));
                assertThat(tickets.get("t" + i)).isPresent();
            }
            assertThatThrownBy(() -> tickets.insert("t1", Ticket.of("other"))).isInstanceOf(DuplicateIdException.class);
            tickets.replace(
                    tickets.get("t1").orElseThrow().withValue(Ticket.of("t1").due(100)));
            assertThat(tickets.query()
                            .orderBy(Ticket.DUE.desc())
                            .first()
                            .orElseThrow()
                            .id())
                    .isEqualTo("t1");
            assertThat(store.<Long, RuntimeException>transaction(tx -> {
                        DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
                        assertThatThrownBy(() -> inside.insert("t2", Ticket.of("other")))
                                .isInstanceOf(DuplicateIdException.class);
                        inside.delete("t2");
                        return inside.query().count();
                    }))
                    .isEqualTo(19);
            LongField<Ticket> length =
                    LongField.of("length", ticket -> ticket.title().length());
            assertThat(store.collection(Ticket.SCHEMA.index(length).revision(2))
                            .where(length.eq(2))
                            .count())
                    .isEqualTo(9);
        }
    }

    @Test
    void aBouncerWithoutAFreeServerConnectionIsNamed() throws Exception {
        try (PgBouncer small = PgBouncer.start(SERVER, "default_pool_size = 1", "query_wait_timeout = 1");
                Store store = Stores.open(url(small, "timeout=20s"));
                Store other = Stores.open(url(small, "timeout=20s"))) {
            DocumentCollection<Ticket> tickets = other.collection(Ticket.SCHEMA);
            store.collection(Ticket.SCHEMA);
            store.runTransaction(tx -> {
                tx.collection(Ticket.SCHEMA).get("a");
                Failure.of(UnavailableException.class, () -> tickets.get("a"), "PgBouncer", "default_pool_size");
                Failure.of(
                        UnavailableException.class,
                        () -> Stores.open(url(small, "timeout=20s")).close(),
                        "PgBouncer",
                        "default_pool_size");
            });
            assertThat(tickets.get("a")).isEmpty();
        }
    }

    @Test
    void aBouncerWithTooManyClientsIsNamed() {
        try (PgBouncer small = PgBouncer.start(SERVER, "max_client_conn = 2")) {
            try (Store store = Stores.open(url(small, "pool.max=1"));
                    Store other = Stores.open(url(small, "pool.max=1"))) {
                store.collection(Ticket.SCHEMA);
                other.collection(Ticket.SCHEMA);
                Failure.of(
                        UnavailableException.class,
                        () -> Stores.open(url(small, "pool.max=1")).close(),
                        "PgBouncer",
                        "max_client_conn");
            }
        }
    }

    private String url(PgBouncer bouncer, String options) {
        return bouncer.url(
                String.valueOf(SERVER.user()), SERVER.database(), "pool.minIdle=0&schema=" + schema + "&" + options);
    }

    @Test
    void manyThreadsShareFewServerConnections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Store store = open()) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            tickets.put("sum", Ticket.of("sum").due(0));
            List<Future<?>> all = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        for (int round = 0; round < 10; round++) {
                            String id = "t" + i + "_" + round;
                            tickets.put(id, Ticket.of(id));
                            assertThat(tickets.get(id)).isPresent();
                            store.runTransaction(tx -> tx.collection(Ticket.SCHEMA)
                                    .update("sum", ticket -> ticket.due(ticket.due() == null ? 0 : ticket.due() + 1)));
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(tickets.get("sum").orElseThrow().value().due()).isEqualTo(THREADS * 10L);
            assertThat(tickets.query().count()).isEqualTo(THREADS * 10L + 1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void severalProcessesMayMigrateAndDefineAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Long>> opened = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Store store = open()) {
                            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
                            tickets.insertAll(
                                    IntStream.range(0, 50).mapToObj(n -> new Ticket(i + "_" + n, "open", 1L, Set.of())),
                                    Ticket::title,
                                    OnConflict.FAIL);
                            return tickets.query().count();
                        }
                    }))
                    .toList();
            for (Future<Long> one : opened) {
                assertThat(one.get()).isGreaterThanOrEqualTo(50);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
