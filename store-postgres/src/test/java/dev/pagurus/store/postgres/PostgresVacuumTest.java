package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** On a server that never vacuums by itself. */
class PostgresVacuumTest {

    private static final int MANY = 6000;

    private static OwnServer server;
    private static int schemas;

    private final String schema = "s" + ++schemas;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start("autovacuum=off");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private String url(String who) {
        return server.url(who, "postgres") + "?schema=" + schema;
    }

    private static DocumentCollection<Ticket> fill(Store store, int from, int many) {
        DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
        tickets.insertAll(
                IntStream.range(from, from + many).mapToObj(i -> Ticket.of("t" + i)), Ticket::title, OnConflict.FAIL);
        return tickets;
    }

    /** Says whether pages are known to be visible to all, and how many documents the server thinks there are. */
    private String known() throws SQLException {
        return known(schema);
    }

    private static String known(String schema) throws SQLException {
        return server.ask("select (relallvisible > 0) || ' ' || reltuples from pg_class where oid = '" + schema
                + ".tickets'::regclass");
    }

    private void awaitVacuum(int documents) {
        Waiting.until("the table to be vacuumed", () -> known().equals("true " + documents));
    }

    @Test
    void aTableIsVacuumedAndAnalyzedAfterABulkWriteAndAfterARefill() throws SQLException {
        try (Store store = Stores.open(url("postgres"))) {
            fill(store, 0, MANY);
            awaitVacuum(MANY);
            fill(store, MANY, MANY);
            awaitVacuum(2 * MANY);
            LongField<Ticket> length =
                    LongField.of("length", ticket -> ticket.title().length());
            store.collection(Ticket.SCHEMA.index(length).revision(2));
            Waiting.until(
                    "the new field to be analyzed",
                    () -> "1"
                            .equals(server.ask("select count(*) from pg_stats where schemaname = '" + schema
                                    + "' and attname = 'length'")));
        }
    }

    /** What is due when a store is closed is done before, for nobody else will do it. */
    @Test
    void aCopyIsVacuumedWhenItIsDone(@TempDir Path folder) throws SQLException {
        StoreConfig source = StoreConfig.of("sqlite:" + folder.resolve("tickets.db"));
        try (Store store = Stores.open(source)) {
            fill(store, 0, MANY);
        }
        Stores.copy(source, StoreConfig.of(url("postgres")), CopyOptions.DEFAULT);
        assertThat(known()).isEqualTo("true " + MANY);
    }

    /** One thread is for all of them, and nobody who closes waits behind the tables of others. */
    @Test
    void ofStoresThatShareTheirConnectionsEachIsVacuumed() throws SQLException {
        String second = "s" + ++schemas;
        String shared = server.url("postgres", "postgres") + "?pool.shared=true&schema=";
        try (Store one = Stores.open(shared + schema)) {
            fill(one, 0, MANY);
            try (Store other = Stores.open(shared + second)) {
                fill(other, 0, MANY);
            }
            assertThat(known(second)).isEqualTo("true " + MANY);
            awaitVacuum(MANY);
        }
    }

    /** Another one's lock is not waited for, by nobody. */
    @Test
    void aTableThatIsHeldIsLeftAlone() throws SQLException {
        try (LogCapture log = new LogCapture();
                Store store = Stores.open(url("postgres"))) {
            fill(store, 0, 1);
            try (Connection other = server.connect("postgres");
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table " + schema + ".tickets in share update exclusive mode");
                fill(store, 1, MANY);
                Waiting.until(
                        "it to be given up",
                        () -> log.ours(Level.DEBUG).stream()
                                .anyMatch(line -> line.contains("'tickets' was not vacuumed: ")));
            }
            assertThat(known()).isEqualTo("false -1");
            fill(store, MANY + 1, MANY);
            awaitVacuum(2 * MANY + 1);
        }
    }

    @Test
    void whoMayNotVacuumGoesWithout() throws Exception {
        server.run("create role writer login", "create schema " + schema + " authorization writer");
        server.admit("host all writer 127.0.0.1/32 trust");
        try (LogCapture log = new LogCapture();
                Store store = Stores.open(url("writer"))) {
            fill(store, 0, 1);
            server.run(
                    "alter table " + schema + ".tickets owner to postgres",
                    "grant select, insert, update, delete on " + schema + ".tickets to writer");
            fill(store, 1, MANY);
            Waiting.until(
                    "it to be given up",
                    () -> log.ours(Level.DEBUG).stream()
                            .anyMatch(line -> line.contains("'tickets' was not vacuumed: ")));
            assertThat(log.ours(Level.WARN)).isEmpty();
        }
    }

    /** Its only connection may be the one that the caller needs. */
    @Test
    void aGivenDataSourceIsLeftToItsOwner() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        try (Store store = Stores.open(StoreConfig.builder("postgres:?schema=" + schema)
                .dataSource(source)
                .build())) {
            fill(store, 0, MANY);
        }
        // What was due would have been done before it closed.
        assertThat(known()).isEqualTo("false -1");
    }
}
