package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How our tables are distributed, by tables that look like Citus' catalogue: both sides of the rule. What Citus itself does
 * is not tried here, for it is not there.
 */
@Timeout(120)
class PostgresDistributionTest {

    private static OwnServer server;

    private Connection citus;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void create() throws SQLException {
        server.run("create database spread");
        citus = server.connect("spread");
        CitusCatalogue.create(citus);
        fill();
    }

    @AfterEach
    void drop() throws SQLException {
        citus.close();
        server.run("drop database spread with (force)");
    }

    private static String url(String more) {
        return server.url("postgres", "spread") + "?pool.minIdle=0&schema=app" + more;
    }

    private static void fill() {
        try (Store store = Stores.open(url(""))) {
            store.collection(Ticket.SCHEMA).put("a", Ticket.of("a"));
            store.collection(Thing.SCHEMA).put("a", new Thing("a"));
        }
    }

    private static void refused(Runnable call, String table, String how) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "\"app\".\"" + table + "\"",
                        "postgres://postgres@127.0.0.1",
                        how + ", by Citus",
                        "not serializable",
                        "Nothing was changed",
                        "select undistribute_table('\"app\".\"" + table + "\"');",
                        "select citus_schema_distribute('\"app\"');");
    }

    @Test
    void tablesThatAreDistributedOneByOneAreRefusedAtOpening() throws SQLException {
        CitusCatalogue.distributeRows(citus, "app.tickets");
        refused(() -> Stores.open(url("")), "tickets", "distributed by its rows");
        CitusCatalogue.copyEverywhere(citus, "app.things");
        refused(() -> Stores.open(url("")), "things", "copied to every server");
        CitusCatalogue.distributeAlone(citus, "app.pagurus_collections");
        refused(
                () -> Stores.open(url("&migrate=validate")),
                "pagurus_collections",
                "distributed by itself, and not with its schema");
        CitusCatalogue.leave(citus, "app.tickets");
        try (Store store = Stores.open(url(""))) {
            assertThat(store.collection(Ticket.SCHEMA).get("a"))
                    .as("a table that Citus leaves where it is")
                    .isPresent();
        }
    }

    @Test
    void beforeItKnewOfSchemasItIsTheSame() throws SQLException {
        drop();
        server.run("create database spread");
        citus = server.connect("spread");
        CitusCatalogue.createWithoutSchemas(citus);
        fill();
        CitusCatalogue.distributeRows(citus, "app.tickets");
        refused(() -> Stores.open(url("")), "tickets", "distributed by its rows");
        CitusCatalogue.forget(citus);
        assertThatCode(PostgresDistributionTest::fill).doesNotThrowAnyException();
    }

    @Test
    void theyAreRefusedAtADefinitionToo() throws SQLException {
        try (Store store = Stores.open(url(""))) {
            CitusCatalogue.distributeRows(citus, "app.tickets");
            refused(() -> store.collection(Ticket.SCHEMA), "tickets", "distributed by its rows");
            refused(() -> store.collection(Thing.SCHEMA), "tickets", "distributed by its rows");
            Health health = store.health();
            assertThat(health.up()).as("a store whose tables are spread").isFalse();
            assertThat(health.problem()).contains("\"app\".\"tickets\"", "distributed by its rows");
            CitusCatalogue.forget(citus);
            assertThat(store.collection(Ticket.SCHEMA).get("a")).isPresent();
            assertThat(store.health().up()).isTrue();
        }
    }

    @Test
    void tablesOfOthersDoNotMatter() throws SQLException {
        try (Statement statement = citus.createStatement()) {
            statement.execute(
                    "create table app.theirs (id int); create schema other; create table other.tickets (id int)");
        }
        CitusCatalogue.distributeRows(citus, "app.theirs");
        fill();
        CitusCatalogue.distributeRows(citus, "other.tickets");
        fill();
    }

    @Test
    void aSchemaThatIsDistributedWholeIsWelcomeAndShown() throws SQLException {
        try (Store store = Stores.open(url(""))) {
            assertThat(store.health().details()).doesNotContainKey("distributed");
        }
        CitusCatalogue.distributeSchema(citus, "app");
        try (Store store = Stores.open(url(""))) {
            assertThat(store.collection(Ticket.SCHEMA).get("a")).isPresent();
            assertThat(store.health().details()).containsEntry("distributed", "whole schema");
            assertThat(store.health().up()).isTrue();
            assertThat(store.capabilities()).doesNotContain(Capability.CHANGES);
            assertThatThrownBy(() -> store.collection(Ticket.SCHEMA.changes(Duration.ofDays(1))))
                    .isInstanceOf(UnsupportedCapabilityException.class);
        }
        CitusCatalogue.distributeRows(citus, "app.tickets");
        refused(() -> Stores.open(url("")), "tickets", "distributed by its rows");
        CitusCatalogue.distributeAlone(citus, "app.tickets");
        refused(() -> Stores.open(url("")), "tickets", "distributed by itself, and not with its schema");
    }

    /** There, only a transaction that says it is serializable is. */
    @Test
    void eachCallSaysThenHowItIsIsolated() throws SQLException {
        try (Store store = Stores.open(url(""))) {
            assertThat(lastStatements(store))
                    .as("on one server")
                    .allSatisfy(last -> assertThat(last).matches("(insert into|select id)[^;]*"));
        }
        CitusCatalogue.distributeSchema(citus, "app");
        try (Store store = Stores.open(url(""))) {
            assertThat(lastStatements(store))
                    .as("in a schema that is distributed")
                    .containsOnly("commit");
        }
    }

    /** Before it has asked for anything else. */
    @Test
    void itDoesFromItsFirstCallOn() throws SQLException {
        PostgresSettings settings = PostgresSettings.of(StoreConfig.of(url("")));
        CollectionDefinition things;
        try (StoreEngine engine = PostgresEngine.open(settings)) {
            things = engine.definitions().stream()
                    .filter(one -> one.name().equals("things"))
                    .findFirst()
                    .orElseThrow();
        }
        CitusCatalogue.distributeSchema(citus, "app");
        try (StoreEngine engine = PostgresEngine.open(settings)) {
            assertThat(engine.info().target()).contains("distributed whole by Citus");
            engine.get(things, List.of("a"));
            assertThat(lastStatement()).as("of a read").isEqualTo("commit");
        }
        try (StoreEngine engine = PostgresEngine.open(settings)) {
            Content.Body body = new Content.Body("{\"name\":\"b\"}", List.of("b"));
            engine.write(List.of(new Write(things, "b", Write.Precondition.NONE, body)));
            assertThat(lastStatement()).as("of a write").isEqualTo("commit");
        }
    }

    @Test
    void soDoesEachCallOnceADefinitionOrAQuestionHasFoundItOut() throws SQLException {
        for (boolean asks : new boolean[] {false, true}) {
            citus.createStatement().execute("delete from pg_dist_schema; delete from pg_dist_partition");
            try (Store store = Stores.open(url(""))) {
                lastStatements(store);
                CitusCatalogue.distributeSchema(citus, "app");
                if (asks) {
                    store.health();
                } else {
                    store.collection(Thing.SCHEMA);
                }
                assertThat(lastStatements(store)).as("asks: %s", asks).containsOnly("commit");
            }
        }
    }

    /** Returns with what a write and a read have ended, on the connections of each. */
    private List<String> lastStatements(Store store) throws SQLException {
        store.collection(Ticket.SCHEMA).put("b", Ticket.of("b"));
        String ofWrite = lastStatement();
        store.collection(Ticket.SCHEMA).get("b");
        return List.of(ofWrite, lastStatement());
    }

    private String lastStatement() throws SQLException {
        try (Statement statement = citus.createStatement();
                ResultSet rows = statement.executeQuery("select query from pg_stat_activity where application_name ="
                        + " 'pagurus' and datname = 'spread' and query !~* '^(set |select num_nonnulls)'"
                        + " order by query_start desc limit 1")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void aGivenDataSourceIsLookedAtToo() throws SQLException {
        CitusCatalogue.distributeRows(citus, "app.tickets");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.port() + "/spread");
        config.setUsername("postgres");
        try (HikariDataSource source = new HikariDataSource(config)) {
            assertThatThrownBy(() -> Stores.open(StoreConfig.builder("postgres:?schema=app")
                            .dataSource(source)
                            .build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("\"app\".\"tickets\"", "a given DataSource");
        }
    }
}
