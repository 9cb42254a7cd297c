package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an administrator has set or made that stands in the way: each says so, and nothing is lost or hidden. */
@Timeout(60)
class AdministratorsLimitsTest {

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
        server.run("create role app login");
        server.admit("host all app 127.0.0.1/32 trust");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @AfterEach
    void reset() throws SQLException {
        server.run("alter role app reset all", "drop schema if exists app cascade");
    }

    private static void withThings(Consumer<Store> work) throws SQLException {
        server.run("create schema app authorization app");
        try (Store store = Stores.open(server.url("app", "postgres") + "?pool.minIdle=0&pool.max=4&schema=app")) {
            store.collection(Thing.SCHEMA).put("one", new Thing("first"));
            work.accept(store);
        }
    }

    private static void run(String... statements) {
        try {
            server.run(statements);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitTheEndOfTransactions() {
        Waiting.until(
                "the server to end the transaction",
                () -> server.ask(
                                "select count(*) from pg_stat_activity where usename = 'app' and state like 'idle in%'")
                        .equals("0"));
    }

    @Test
    void aTransactionThatIsIdleForTooLongIsEndedAndSaysBecauseOfWhat() throws Exception {
        server.run("alter role app set idle_in_transaction_session_timeout = '200ms'");
        withThings(store -> endsTransactions(store, "idle_in_transaction_session_timeout"));
    }

    @Test
    void aTransactionThatTakesTooLongIsEndedAndSaysBecauseOfWhat() throws Exception {
        if (Integer.parseInt(server.ask("show server_version_num")) < 170_000) {
            // There is no such setting.
            return;
        }
        server.run("alter role app set transaction_timeout = '1s'");
        withThings(store -> endsTransactions(store, "transaction_timeout"));
    }

    private static void endsTransactions(Store store, String setting) {
        String[] parts = {"has ended a transaction", setting, "Nothing was changed"};
        Failure.of(
                UnavailableException.class,
                () -> store.runTransaction(tx -> {
                    tx.collection(Thing.SCHEMA).put("two", new Thing("second"));
                    awaitTheEndOfTransactions();
                    tx.collection(Thing.SCHEMA).get("one");
                }),
                parts);
        Failure.of(
                UnavailableException.class,
                () -> store.runTransaction(tx -> {
                    tx.collection(Thing.SCHEMA).put("two", new Thing("second"));
                    awaitTheEndOfTransactions();
                }),
                parts);
        Failure.of(
                UnavailableException.class,
                () -> store.snapshot(view -> {
                    view.collection(Thing.SCHEMA).get("one");
                    awaitTheEndOfTransactions();
                    return view.collection(Thing.SCHEMA).query().list();
                }),
                parts);
        assertThat(store.collection(Thing.SCHEMA).query().count()).isEqualTo(1);
    }

    /** Sessions of ours are ended by their pool; of another's it is said. */
    @Test
    void aSessionThatIsIdleForTooLongIsEndedWithNothingLost() throws Exception {
        withThings(store -> {});
        server.run("alter role app set idle_session_timeout = '20s'");
        PostgresSettings settings =
                PostgresSettings.of(StoreConfig.of(server.url("app", "postgres") + "?pool.minIdle=0"));
        try (PostgresConnections connections = PostgresConnections.of(settings)) {
            PostgresPool pool = connections.pool(settings, new PostgresErrors(settings));
            assertThat(pool.<String>with(
                            false,
                            connection -> connection.alone(
                                    "select current_setting('idle_session_timeout')", List.of(), rows -> {
                                        rows.next();
                                        return rows.getString(1);
                                    })))
                    .isEqualTo("0");
        }
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
        try (SingleConnection single = new SingleConnection(DriverManager.getConnection(url, "app", ""));
                Store store = Stores.open(StoreConfig.builder("postgres:?schema=app")
                        .dataSource(single)
                        .build())) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            try (Statement statement = single.connection().createStatement()) {
                statement.execute("set idle_session_timeout = '1ms'");
            }
            Waiting.until(
                    "the server to end the session",
                    () -> server.ask("select count(*) from pg_stat_activity where usename = 'app'")
                            .equals("0"));
            Failure.of(
                    UnavailableException.class,
                    () -> things.put("one", new Thing("second")),
                    "has ended a connection that was idle",
                    "Nothing was changed",
                    "idle_session_timeout");
        }
    }

    /** The server is slow at times: then the message names the setting. */
    @Test
    void aStatementTimeOutThatIsVeryShortIsOverruledOrNamed() throws Exception {
        withThings(store -> {});
        server.run("alter role app set statement_timeout = '1ms'");
        for (int i = 0; i < 5; i++) {
            try (Store store = Stores.open(server.url("app", "postgres") + "?pool.minIdle=0&schema=app")) {
                assertThat(store.collection(Thing.SCHEMA).get("one")).isPresent();
            } catch (UnavailableException e) {
                assertThat(e).hasMessageContaining("statement_timeout");
            }
        }
    }

    @Test
    void aPolicyOfRowSecurityHidesNoDocument() throws Exception {
        withThings(store -> {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            run("alter table app.things enable row level security", "alter table app.things force row level security");
            for (Consumer<DocumentCollection<Thing>> call : List.<Consumer<DocumentCollection<Thing>>>of(
                    all -> all.get("one"),
                    all -> all.getAll(List.of("one", "two")),
                    all -> all.exists("one"),
                    all -> all.query().list(),
                    all -> all.query().count(),
                    all -> all.query().countBy(Thing.NAME),
                    all -> all.query().select(Thing.NAME).list(),
                    all -> all.put("one", new Thing("second")),
                    all -> all.insert("two", new Thing("second")),
                    all -> all.delete("one"),
                    all -> all.query().deleteAll())) {
                String[] parts = {"row-level security", "Nothing was changed", "policy"};
                Failure.of(ConfigurationException.class, () -> call.accept(things), parts);
                Failure.of(
                        ConfigurationException.class,
                        () -> store.runTransaction(tx -> call.accept(tx.collection(Thing.SCHEMA))),
                        parts);
            }
            Failure.of(
                    ConfigurationException.class,
                    () -> store.collection(
                            Schema.of("things", Thing.class).revision(2).field(Thing.NAME)),
                    "row-level security");
            run("alter table app.things no force row level security");
            assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("first"));
        });
    }

    @Test
    void whatUsesAFieldThatIsDroppedIsNamedAndNothingIsChanged() throws Exception {
        Schema<Thing> without = Schema.of("things", Thing.class).revision(2);
        withThings(store -> {
            run("create view public.report as select name from app.things");
            Failure.of(
                    SchemaException.class,
                    () -> store.collection(without),
                    "'things'",
                    "revision 2",
                    "the view 'report', which is not ours, is in the way",
                    "Nothing was changed.",
                    "drop view public.report;");
            run("drop view public.report");
            run("create function public.names() returns bigint language sql"
                    + " begin atomic select count(name) from app.things; end");
            Failure.of(
                    SchemaException.class,
                    () -> store.collection(without),
                    "'things'",
                    "revision 2",
                    "the function 'public.names()', which is not ours, is in the way",
                    "Nothing was changed.",
                    "drop function public.names();");
            try {
                store.collection(without);
            } catch (SchemaException e) {
                // The server's hint is dangerous.
                assertThat(e.getMessage()).doesNotContain("CASCADE");
            }
            assertThat(store.collection(Thing.SCHEMA)
                            .where(Thing.NAME.eq("first"))
                            .count())
                    .isEqualTo(1);
            run("drop function public.names");
            assertThat(store.collection(without).get("one")).isPresent();
        });
    }

    @Test
    void aTableThatSomebodyDropsIsNotTakenForANewerRevision() throws Exception {
        withThings(store -> {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            run("alter table app.things rename to kept");
            for (Runnable call : List.<Runnable>of(
                    () -> things.get("one"),
                    () -> things.query().count(),
                    () -> things.put("one", new Thing("second")),
                    () -> store.runTransaction(tx -> tx.collection(Thing.SCHEMA).get("one")))) {
                Failure.of(SchemaException.class, call::run, "'things'", "app.things", "dropped or renamed");
            }
            run("alter table app.kept rename to things");
            assertThat(things.get("one")).isPresent();
        });
    }

    @Test
    void aPgBouncerThatSplitsTransactionsIsNamed() {
        try (PgBouncer bouncer = PgBouncer.start(Way.server(), "pool_mode = statement")) {
            String user = String.valueOf(Way.server().user());
            String url = bouncer.url(user, Way.server().database(), "pool.minIdle=0&schema=" + Way.newSchema());
            Failure.of(
                    ConfigurationException.class,
                    () -> Stores.open(url).close(),
                    "PgBouncer",
                    "pool_mode",
                    "transaction");
        }
    }
}
