package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** The application's own pool, however it is set up. */
@Timeout(60)
class PostgresDataSourceTest {

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static HikariDataSource pool(Consumer<HikariConfig> change) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(driver());
        config.setMaximumPoolSize(2);
        change.accept(config);
        return new HikariDataSource(config);
    }

    private static PGSimpleDataSource driver() {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(new String[] {"127.0.0.1"});
        driver.setPortNumbers(new int[] {server.port()});
        driver.setDatabaseName("postgres");
        driver.setUser("postgres");
        return driver;
    }

    private static StoreConfig config(javax.sql.DataSource source, String schema) {
        return StoreConfig.builder("postgres:?timeout=5s&schema=" + schema)
                .dataSource(source)
                .build();
    }

    private static void use(StoreConfig config) throws SQLException {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
            things.put("one", new Thing("first"));
            assertThat(things.get("one").orElseThrow().value()).isEqualTo(new Thing("first"));
            store.runTransaction(tx -> tx.collection(Thing.SCHEMA).put("two", new Thing("second")));
            assertThat(store.health().up()).isTrue();
            String schema = config.options().text("schema", "");
            assertThat(server.ask("select count(*) from " + schema + ".things")).isEqualTo("2");
        }
    }

    @Test
    void itIsUsedAndNotClosed() throws Exception {
        try (HikariDataSource pool = pool(config -> {})) {
            use(config(pool, "plain"));
            assertThat(pool.isClosed()).isFalse();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void autocommitThatIsOffIsTurnedOnAndOffAgain() throws Exception {
        try (HikariDataSource pool = pool(config -> config.setAutoCommit(false))) {
            use(config(pool, "manual"));
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }
        }
        try (SingleConnection single = new SingleConnection(driver().getConnection())) {
            single.connection().setAutoCommit(false);
            use(config(single, "single"));
            assertThat(single.connection().getAutoCommit()).isFalse();
        }
    }

    @Test
    void everythingIsSerializableWhateverTheDefaultIs() throws Exception {
        try (HikariDataSource pool = pool(config -> config.setTransactionIsolation("TRANSACTION_READ_UNCOMMITTED"))) {
            use(config(pool, "careless"));
            server.run("create or replace function careless.tell() returns trigger language plpgsql as 'begin"
                    + " raise exception ''level %'', current_setting(''transaction_isolation''); end'");
            try (Store store = Stores.open(config(pool, "careless"))) {
                DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
                server.run("create trigger tell before insert or update on careless.things for each row execute"
                        + " function careless.tell()");
                Failure.of(
                        dev.pagurus.store.UnavailableException.class,
                        () -> things.put("three", new Thing("third")),
                        "level serializable");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_UNCOMMITTED);
            }
        }
    }

    @Test
    void nothingIsLeftInTheSession() throws Exception {
        try (SingleConnection single = new SingleConnection(driver().getConnection())) {
            use(config(single, "clean"));
            try (Statement statement = single.connection().createStatement();
                    ResultSet rows = statement.executeQuery("select name from pg_settings where source = 'session'"
                            + " and name not in ('application_name', 'extra_float_digits')")) {
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void aConnectionWithinATransactionOfOthersIsRefusedAndTheTransactionIsLeftAlone() throws Exception {
        server.run("create table public.others (id integer)");
        try (SingleConnection single = new SingleConnection(driver().getConnection())) {
            single.connection().setAutoCommit(false);
            try (Statement statement = single.connection().createStatement()) {
                statement.execute("insert into public.others values (1)");
                Failure.of(
                        ConfigurationException.class,
                        () -> Stores.open(config(single, "refused")),
                        "within a transaction already",
                        "Give the pool itself");
                assertThat(server.ask("select count(*) from public.others")).isEqualTo("0");
            }
            single.connection().rollback();
        }
    }
}
