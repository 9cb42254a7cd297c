package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.connect.PostgresOpening;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract group E: servers and users that are not as the store needs them, each for real. */
@Timeout(60)
class PostgresServersTest {

    private static final String SECRET = Failure.SECRET;

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
        server.run(
                "create role app login password '" + SECRET + "'",
                "create schema app authorization app",
                "revoke create on schema public from public");
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

    @Test
    void aReadOnlyServerCanBeReadAndRefusesWrites() throws Exception {
        withThings("timeout=5s", things -> assertThat(things.exists("one")).isTrue());
        server.run("alter role app set default_transaction_read_only = on");
        try (Store store = Stores.open(url("timeout=5s"))) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            assertThat(things.exists("one")).isTrue();
            Failure.of(
                    UnavailableException.class,
                    () -> things.put("two", new Thing("second")),
                    "read-only",
                    "default_transaction_read_only",
                    "Nothing was changed");
            assertThat(store.health().details()).containsEntry("read_only", "true");
        } finally {
            server.run("alter role app reset default_transaction_read_only");
        }
    }

    @Test
    void aRightThatIsMissingIsNamed() throws Exception {
        withThings("timeout=5s", things -> {});
        server.run(
                "create role reader login password '" + SECRET + "'",
                "grant usage on schema app to reader",
                "grant select on all tables in schema app to reader");
        server.admit("host all app,reader 127.0.0.1/32 scram-sha-256");
        String url = server.url("reader:" + SECRET, "postgres");
        try (Store store = Stores.open(url + "?pool.minIdle=0&schema=app")) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            assertThat(things.exists("one")).isTrue();
            Failure.of(
                    ConfigurationException.class,
                    () -> things.put("two", new Thing("second")),
                    "The user of postgres://reader:***@127.0.0.1",
                    "lacks a right",
                    "things",
                    "grant");
            assertThat(things.exists("two")).isFalse();
        }
        Failure.ofOpening(
                ConfigurationException.class,
                url + "?schema=elsewhere",
                "which the user reader may not create",
                "create schema \"elsewhere\"",
                "grant usage");
        Failure.ofOpening(
                ConfigurationException.class, url, "which the user reader may not create", "create table \"public\"");
    }

    @Test
    void aServerThatIsTooOldIsRefused() {
        PostgresFacts old = new PostgresFacts(130_022, "13.22", "UTF8", false, "app", false, true, 0, false);
        assertThatThrownBy(() -> old.check("postgres://db"))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The server of postgres://db is PostgreSQL 13.22; Pagurus needs 14 or newer");
        new PostgresFacts(140_000, "14.0", "UTF8", false, "app", false, true, 0, false).check("postgres://db");
    }

    @Test
    void aServerThatForgetsIsWarnedOf() {
        PostgresOpening opening = new PostgresOpening(PostgresSettings.of(StoreConfig.of(url(""))));
        for (boolean durable : new boolean[] {true, false}) {
            try (LogCapture log = new LogCapture()) {
                opening.how(new PostgresFacts(180_000, "18.0", "UTF8", false, "app", false, durable, 0, false));
                assertThat(String.join(" ", log.ours(Level.WARN)).contains("fsync"))
                        .isNotEqualTo(durable);
            }
        }
    }

    /** Nobody asks whether an administrator has given up what a verb promises when it returns. */
    @Test
    void writesAreDurableWhateverTheDefaultIs() throws Exception {
        for (String level : new String[] {"off", "local", "remote_write", "on"}) {
            server.run("alter role app set synchronous_commit = " + level);
            PostgresSettings settings = PostgresSettings.of(StoreConfig.of(url("")));
            try (LogCapture log = new LogCapture();
                    PostgresConnections connections = PostgresConnections.of(settings)) {
                PostgresPool pool = connections.pool(settings, new PostgresErrors(settings));
                assertThat(pool.<String>with(
                                false,
                                connection -> connection.alone(
                                        "select current_setting('synchronous_commit')", List.of(), rows -> {
                                            rows.next();
                                            return rows.getString(1);
                                        })))
                        .isEqualTo(level.equals("off") ? "on" : level);
                withThings("timeout=5s", things -> {});
                assertThat(log.ours(Level.WARN)).isEmpty();
            } finally {
                server.run("alter role app reset synchronous_commit");
            }
        }
    }

    @Test
    void neitherTheStoreNorItsConfigurationShowsThePassword() {
        StoreConfig config = StoreConfig.builder(server.url("app", "postgres") + "?schema=app&pool.minIdle=0")
                .password(SECRET)
                .build();
        try (LogCapture log = new LogCapture();
                Store store = Stores.open(config)) {
            store.collection(Thing.SCHEMA).put("one", new Thing("first"));
            assertThat(store + " " + config + " " + PostgresSettings.of(config) + PostgresTarget.of(config))
                    .doesNotContain(SECRET);
            assertThat(log.text()).contains("pagurus-").doesNotContain(SECRET);
            Failure.assertNoSecretInJmx();
        }
    }
}
