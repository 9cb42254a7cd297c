package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts round trips on the wire, also after the driver has begun to keep plans on the server. */
class RoundTripTest {

    private static final int TIMES = 20;
    private static final String LIVES = "com.zaxxer.hikari.aliveBypassWindowMs";

    private final String schema = Way.newSchema();
    private Relay relay;
    private Store store;
    private DocumentCollection<Ticket> tickets;

    @BeforeEach
    public void open() throws IOException {
        PostgresTarget server = Way.server();
        String[] address = server.hosts().split(":", -1);
        relay = new Relay(address[0], Integer.parseInt(address[1]));
        store = opened(schema, "");
        tickets = store.collection(Ticket.SCHEMA);
    }

    private Store opened(String schema, String more) {
        PostgresTarget server = Way.server();
        // HikariCP asks whether a connection still lives that was idle for half a second, as on a machine that stalls.
        System.setProperty(LIVES, "600000");
        try {
            return Stores.open("postgres://" + server.user() + "@localhost:" + relay.port() + "/" + server.database()
                    + "?pool.max=1&pool.minIdle=0&sslmode=disable&schema=" + schema + more);
        } finally {
            System.clearProperty(LIVES);
        }
    }

    @AfterEach
    void close() throws IOException, SQLException {
        store.close();
        relay.close();
        PostgresServer.run("drop schema " + schema + " cascade");
    }

    @Test
    void putTakesOneRoundTrip() {
        assertThat(roundTrips(i -> tickets.put("a" + i % 3, Ticket.of("a" + i % 3))))
                .isEqualTo(TIMES);
    }

    @Test
    void insertTakesOneRoundTrip() {
        assertThat(roundTrips(i -> tickets.insert("a" + i, Ticket.of("a" + i)))).isEqualTo(TIMES);
    }

    @Test
    void getTakesOneRoundTrip() {
        tickets.put("a", Ticket.of("a"));
        assertThat(roundTrips(i -> tickets.get("a"))).isEqualTo(TIMES);
        assertThat(roundTrips(i -> tickets.get("missing"))).isEqualTo(TIMES);
        assertThat(roundTrips(i -> tickets.getAll(List.of("a", "b")))).isEqualTo(TIMES);
    }

    @Test
    void replaceTakesOneRoundTrip() {
        Document<Ticket>[] last = newArray(tickets.put("a", Ticket.of("a")));
        assertThat(roundTrips(i -> last[0] = tickets.replace(last[0]))).isEqualTo(TIMES);
    }

    @Test
    void deleteTakesOneRoundTripIfThereIsSomethingToDelete() {
        for (int i = 0; i < TIMES; i++) {
            tickets.put("a" + i, Ticket.of("a" + i));
        }
        assertThat(roundTrips(i -> tickets.delete("a" + i))).isEqualTo(TIMES);
    }

    @Test
    void whatStoresShareIsToldTheirSchemasByNoRoundTrip() throws SQLException {
        String first = Way.newSchema();
        String second = Way.newSchema();
        String shared = "&pool.shared=true";
        try (Store one = opened(first, shared);
                Store other = opened(second, shared)) {
            DocumentCollection<Ticket> ones = one.collection(Ticket.SCHEMA);
            DocumentCollection<Ticket> others = other.collection(Ticket.SCHEMA);
            int connections = relay.connections();

            assertThat(roundTrips(i -> (i % 2 == 0 ? ones : others).put("a", Ticket.of("a" + i))))
                    .isEqualTo(TIMES);
            assertThat(roundTrips(i -> (i % 2 == 0 ? ones : others).get("a"))).isEqualTo(TIMES);
            assertThat(ones.get("a").orElseThrow().value().title()).isEqualTo("a" + (TIMES - 2));
            assertThat(others.get("a").orElseThrow().value().title()).isEqualTo("a" + (TIMES - 1));

            assertThat(roundTrips(i -> opened(first, shared).close()))
                    .as("opening again")
                    .isLessThanOrEqualTo(6 * TIMES);
            assertThat(relay.connections()).isEqualTo(connections);
        } finally {
            PostgresServer.run("drop schema " + first + " cascade");
            PostgresServer.run("drop schema " + second + " cascade");
        }
    }

    @Test
    void queriesTakeOneRoundTrip() {
        tickets.put("a", Ticket.of("a"));
        assertThat(roundTrips(i -> tickets.where(Ticket.STATUS.eq("open")).count()))
                .isEqualTo(TIMES);
        assertThat(roundTrips(i -> tickets.query().orderBy(Ticket.DUE.desc()).page()))
                .isEqualTo(TIMES);
    }

    @Test
    void aTransactionBeginsWithItsFirstStatement() {
        tickets.put("a", Ticket.of("a"));
        assertThat(roundTrips(i -> store.runTransaction(tx -> {
                    DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
                    inside.replace(inside.get("a").orElseThrow());
                })))
                .as("get, replace, commit")
                .isEqualTo(3 * TIMES);
        assertThat(roundTrips(i -> store.runTransaction(tx -> {})))
                .as("a transaction that does nothing")
                .isZero();
    }

    @Test
    void aListInATransactionIsOneStatement() {
        List<Ticket> many =
                IntStream.range(0, 100).mapToObj(i -> Ticket.of("a" + i)).toList();
        assertThat(roundTrips(i -> store.runTransaction(tx -> {
                    DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
                    inside.putAll(many.stream(), Ticket::title, OnConflict.FAIL);
                })))
                .as("put all, commit")
                .isEqualTo(2 * TIMES);
    }

    @Test
    void updateAllInATransactionIsOneStatementForAList() {
        for (int i = 0; i < 100; i++) {
            tickets.put("a" + i, Ticket.of("a" + i));
        }
        assertThat(roundTrips(i -> store.runTransaction(
                        tx -> tx.collection(Ticket.SCHEMA).query().updateAll(ticket -> ticket))))
                .as("search, replace all, commit")
                .isEqualTo(3 * TIMES);
    }

    /** Its state is that of its begin, and not of its first read. */
    @Test
    void aSnapshotTakesOneRoundTripToBeginAndOneToEnd() {
        assertThat(roundTrips(i -> store.snapshot(
                        view -> view.collection(Ticket.SCHEMA).get("a").isPresent())))
                .isEqualTo(3 * TIMES);
    }

    @Test
    void aRefusedWriteTakesTwoMoreToFindOutWhy() {
        tickets.put("a", Ticket.of("a"));
        assertThat(roundTrips(i -> Assertions.assertThatThrownBy(() -> tickets.insert("a", Ticket.of("b")))
                        .isInstanceOf(DuplicateIdException.class)))
                .isEqualTo(3 * TIMES);
    }

    /** As many as before there was anything to ask Citus for: it is a part of what is sent anyway. */
    @Test
    void nothingMoreIsAskedWhereNothingIsDistributed() {
        int before = relay.roundTrips();
        try (Store again = opened(schema, "")) {
            int open = relay.roundTrips();
            again.collection(Ticket.SCHEMA);
            int there = relay.roundTrips();
            again.health();
            assertThat(List.of(open - before, there - open, relay.roundTrips() - there))
                    .as("opening, the connection included; a collection that is there; health")
                    .containsExactly(10, 1, 3);
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read here
    private static <E> E[] newArray(E... elements) {
        return elements;
    }

    private int roundTrips(IntConsumer operation) {
        int before = relay.roundTrips();
        for (int i = 0; i < TIMES; i++) {
            operation.accept(i);
        }
        return relay.roundTrips() - before;
    }
}
