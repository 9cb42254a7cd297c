package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the first document of a program costs, in what a busy machine does not change: waits for the server, and classes. */
@Timeout(120)
class FirstDocumentTest {

    /** A connection: the driver's greeting, the application's name, and what makes the session ours. */
    private static final int CONNECTING = 3;

    /** The pool asks its first connection whether it lives, and how it is isolated. */
    private static final int POOLING = 2;

    private final String schema = Way.newSchema();
    private Relay relay;

    @TempDir
    private Path directory;

    @BeforeEach
    void connect() throws IOException {
        String[] address = Way.server().hosts().split(":", -1);
        relay = new Relay(address[0], Integer.parseInt(address[1]));
    }

    @AfterEach
    void clear() throws Exception {
        relay.close();
        PostgresServer.run("drop schema if exists " + schema + " cascade");
    }

    @Test
    void inANewSchemaItTakesOneConnectionAndFewRoundTrips() {
        try (Store store = Stores.open(url())) {
            assertThat(relay.roundTrips())
                    .as("facts, lock and rights, schema, history, each migration, commit; definitions")
                    .isEqualTo(CONNECTING + 5 + PostgresMigrations.FILES.size() + POOLING + 1);
            DocumentCollection<Ticket> tickets = trips(
                    "is it there, or was it; process and lock, definition, create, commit",
                    5,
                    () -> store.collection(Ticket.SCHEMA));
            trips("the document", 1, () -> tickets.put("a", Ticket.of("a")));
        }
        assertThat(relay.connections()).isEqualTo(1);
    }

    @Test
    void inASchemaThatIsThereOpeningOnlyReads() {
        try (Store store = Stores.open(url())) {
            store.collection(Ticket.SCHEMA);
        }
        int before = relay.roundTrips();
        try (Store store = Stores.open(url())) {
            assertThat(relay.roundTrips() - before)
                    .as("facts, lock and rights, history, commit; definitions")
                    .isEqualTo(CONNECTING + 4 + POOLING + 1);
            DocumentCollection<Ticket> tickets = trips("definitions", 1, () -> store.collection(Ticket.SCHEMA));
            trips("the document", 1, () -> tickets.put("a", Ticket.of("a")));
        }
        assertThat(relay.connections()).as("of both").isEqualTo(2);
    }

    /** Steps have a hidden collection, which is looked for once, and made by the first of them. */
    @Test
    void theFirstStepMakesItsCollectionInFourRoundTripsAndLaterOnesFindIt() {
        try (Store store = Stores.open(url())) {
            trips(
                    "is it there; process and lock, definition, create, commit; mark, mark, commit",
                    8,
                    () -> step(store, 1));
            trips("is it done; mark, mark, commit", 4, () -> step(store, 2));
        }
        try (Store store = Stores.open(url())) {
            trips("is it there, is it done", 2, () -> !step(store, 1));
            trips("is it done", 1, () -> !step(store, 2));
            trips("is it done; mark, mark, commit", 4, () -> step(store, 3));
        }
    }

    /** Somebody's table is found by the attempt to make ours, and not looked for before. */
    @Test
    void aTableOfSomebodyElseIsNamed() throws Exception {
        try (Store store = Stores.open(url())) {
            PostgresServer.run("create table " + schema + ".tickets (id int)");
            Failure.of(
                    SchemaException.class,
                    () -> store.collection(Ticket.SCHEMA),
                    "There is a table or view 'tickets' in schema " + schema,
                    "Nothing was changed.");
            PostgresServer.run("drop table " + schema + ".tickets");
            store.collection(Ticket.SCHEMA).put("a", Ticket.of("a"));
        }
    }

    private static boolean step(Store store, int number) {
        return store.step("step " + number, tx -> {});
    }

    /** What connecting took is taken off from what the first work may wait for, and from nothing afterwards. */
    @Test
    void aFirstConnectionThatCameLateHasAllItsTimeInThePool() throws Exception {
        relay.admitLate(200);
        PostgresSettings settings = PostgresSettings.of(StoreConfig.of(url()));
        PostgresErrors errors = new PostgresErrors(settings);
        try (PostgresConnections connections = PostgresConnections.of(settings)) {
            int first = connections
                    .toOpen(settings, errors)
                    .withFirst(connection -> connection.jdbc().getNetworkTimeout());
            PostgresConnection same = connections.pool(settings, errors).take();
            assertThat(same.jdbc().getNetworkTimeout()).isEqualTo(30_700).isGreaterThan(first);
            PostgresPool.abandon(same);
        }
        assertThat(relay.connections()).isEqualTo(1);
    }

    private interface Step<R> {
        R run();
    }

    private <R> R trips(String what, int expected, Step<R> step) {
        int before = relay.roundTrips();
        R result = step.run();
        assertThat(relay.roundTrips() - before).as(what).isEqualTo(expected);
        return result;
    }

    private String url() {
        PostgresTarget server = Way.server();
        return "postgres://" + server.user() + "@localhost:" + relay.port() + "/" + server.database()
                + "?pool.max=1&pool.minIdle=0&sslmode=disable&schema=" + schema;
    }

    /** To link the first one of a JVM takes 10 ms, for it is made of a tree of method handles. */
    @Test
    void nothingOnTheWayComparesRecordsByWhatARecordBrings() throws Exception {
        for (String tables : List.of("new", "there")) {
            Path classes = directory.resolve("classes-" + tables);
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xlog:class+load:file=" + classes,
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            FirstWriter.class.getName(),
                            url())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(directory.resolve("errors").toFile())
                    .start();
            assertThat(writer.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.exitValue())
                    .as(() -> readString(directory.resolve("errors")))
                    .isZero();

            assertThat(Files.readString(classes))
                    .as(tables)
                    .contains("dev.pagurus.store.spi.CollectionDefinition ")
                    .doesNotContain("java.lang.runtime.ObjectMethods");
        }
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }
}
