package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** URLs and options that reach a real server, and what a closed store leaves behind. */
@Timeout(60)
class PostgresUrlTest {

    private static final String USER = "a@b:c/d";
    private static final String PASSWORD = "p/:?@% w+é#&=" + Failure.SECRET;
    private static final String DATABASE = "d/b ?%é";

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start("listen_addresses=127.0.0.1,::1");
        server.run(
                "create role \"" + USER + "\" login password '" + PASSWORD + "'",
                "create role \"" + System.getProperty("user.name") + "\" login",
                "create database \"" + DATABASE + "\" owner \"" + USER + "\" encoding 'UTF8' template template0");
        server.admit(
                "host all \"" + USER + "\" 127.0.0.1/32 scram-sha-256",
                "host all " + System.getProperty("user.name") + " 127.0.0.1/32 trust",
                "host all postgres ::1/128 trust");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void assertWorks(StoreConfig config, String user, String schema) {
        try (LogCapture log = new LogCapture()) {
            try (Store store = Stores.open(config)) {
                store.collection(Thing.SCHEMA).put("one", new Thing("first"));
                assertThat(store.collection(Thing.SCHEMA)
                                .where(Thing.NAME.eq("first"))
                                .list())
                        .hasSize(1);
                assertThat(store.health().details()).containsEntry("user", user).containsEntry("schema", schema);
            }
            assertThat(log.text()).doesNotContain(Failure.SECRET);
        }
    }

    @Test
    void everyCharacterOfUserPasswordDatabaseAndSchemaArrives() {
        String schema = "we?ird \"{fn now()}\" \\ $1 'é'; -- %";
        String at =
                "127.0.0.1:" + server.port() + "/" + encoded(DATABASE) + "?pool.minIdle=0&schema=" + encoded(schema);
        for (String scheme : new String[] {"postgres", "postgresql", "jdbc:postgresql"}) {
            String url = scheme + "://" + encoded(USER) + ":" + encoded(PASSWORD) + "@" + at;
            assertWorks(StoreConfig.of(url), USER, schema);
        }
        assertWorks(
                StoreConfig.builder("postgres://" + at)
                        .user(USER)
                        .password(PASSWORD)
                        .build(),
                USER,
                schema);
    }

    @Test
    void withoutAUserItIsThatOfTheOperatingSystem() throws Exception {
        String user = System.getProperty("user.name");
        server.run("create schema mine authorization \"" + user + "\"");
        assertWorks(
                StoreConfig.of("postgres://127.0.0.1:" + server.port() + "/postgres?pool.minIdle=0&schema=mine"),
                user,
                "mine");
    }

    @Test
    void anAddressOfIpVersion6IsReached() throws Exception {
        String at = "[::1]:" + server.port() + "/postgres?pool.minIdle=0&schema=six";
        assertWorks(StoreConfig.of("postgres://postgres@" + at), "postgres", "six");
        assertWorks(StoreConfig.of("postgres://postgres@[::1]:" + OwnServer.freePort() + "," + at), "postgres", "six");
        try (Store store = Stores.open("postgres://postgres@" + at)) {
            store.collection(Thing.SCHEMA);
            assertThat(server.ask("select host(client_addr) from pg_stat_activity where application_name = 'pagurus'"))
                    .isEqualTo("::1");
        }
    }

    @Test
    void aLineBreakAtTheEndOfAUrlOrAPasswordIsNotPartOfIt() {
        String at = "127.0.0.1:" + server.port() + "/" + encoded(DATABASE);
        for (String end : new String[] {"\n", "\r\n"}) {
            assertWorks(
                    StoreConfig.builder("postgres://" + at + "?pool.minIdle=0&schema=lines" + end)
                            .user(USER + end)
                            .password(PASSWORD + end)
                            .build(),
                    USER,
                    "lines");
        }
    }

    @Test
    void whatPsqlTakesReachesTheServer() throws Exception {
        String url = "postgresql:///?host=127.0.0.1&port=" + server.port() + "&dbname=" + encoded(DATABASE) + "&user="
                + encoded(USER) + "&password=" + encoded(PASSWORD)
                + "&connect_timeout=10&application_name=psql&channel_binding=prefer&gssencmode=disable&keepalives=1"
                + "&sslmode=prefer&sslnegotiation=postgres&target_session_attrs=read-write&client_encoding=UTF8"
                + "&options=-c%20geqo%3Doff&pool.minIdle=0&schema=libpq";
        assertWorks(StoreConfig.of(url), USER, "libpq");
        try (Store store = Stores.open(url)) {
            store.collection(Thing.SCHEMA);
            assertThat(server.ask("select count(*) > 0 from pg_stat_activity where application_name = 'psql'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void ofSeveralHostsOneThatAnswersIsTaken() throws Exception {
        assertWorks(
                StoreConfig.of("postgres://postgres@127.0.0.1:" + OwnServer.freePort() + ",127.0.0.1:" + server.port()
                        + "/postgres?pool.minIdle=0&schema=several"),
                "postgres",
                "several");
    }

    @Test
    void aClosedStoreLeavesNeitherConnectionsNorThreads() throws Exception {
        String url = server.url("postgres", "postgres") + "?schema=closed&application=leaver&pool.max=4&pool.minIdle=4";
        String mine = "select count(*) from pg_stat_activity where application_name = 'leaver'";
        try (Store store = Stores.open(url)) {
            store.collection(Thing.SCHEMA).put("one", new Thing("first"));
            store.health();
            Waiting.until(
                    "the pool to fill",
                    () -> "4".equals(store.health().details().get("pool_idle")));
            assertThat(server.ask(mine)).isEqualTo("4");
        }
        Waiting.until("the connections to be gone", () -> server.ask(mine).equals("0"));
        assertNoThreadIsLeft();
    }

    @Test
    void aFailedOpeningLeavesNothingEither() throws Exception {
        Failure.ofOpening(
                UnavailableException.class,
                "postgres://app:" + Failure.SECRET + "@127.0.0.1:" + OwnServer.freePort() + "/db",
                "No PostgreSQL server");
        assertNoThreadIsLeft();
    }

    @Test
    void anInterruptedWaitForAConnectionEndsAtOnce() throws Exception {
        String url = server.url("postgres", "postgres") + "?schema=interrupted&pool.max=1&pool.minIdle=0&timeout=50s";
        try (Store store = Stores.open(url)) {
            store.collection(Thing.SCHEMA);
            CountDownLatch started = new CountDownLatch(1);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            store.runTransaction(tx -> {
                tx.collection(Thing.SCHEMA).get("one");
                Thread other = new Thread(() -> {
                    started.countDown();
                    try {
                        store.collection(Thing.SCHEMA).get("one");
                    } catch (RuntimeException e) {
                        thrown.set(e);
                    }
                });
                other.start();
                started.await();
                other.interrupt();
                other.join();
            });
            assertThat(thrown.get())
                    .isExactlyInstanceOf(UnavailableException.class)
                    .hasMessageContaining("interrupted")
                    .hasMessageContaining("Nothing was changed");
        }
    }

    /** A pool tells its threads to end and does not wait for them, those of the tests before this one too. */
    private static void assertNoThreadIsLeft() throws Exception {
        Waiting.until(
                "the threads to be gone",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("pagurus-")));
    }
}
