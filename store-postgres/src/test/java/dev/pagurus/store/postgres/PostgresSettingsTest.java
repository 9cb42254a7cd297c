package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresPoolConfig;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What URLs and options mean. */
class PostgresSettingsTest {

    private static PostgresSettings of(String url) {
        return PostgresSettings.of(StoreConfig.of(url));
    }

    private static PostgresTarget target(String url) {
        return PostgresTarget.of(StoreConfig.of(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            postgres://host/db                              | host:5432           | db      | -     | -
            postgresql://host:6543/db                       | host:6543           | db      | -     | -
            jdbc:postgresql://host/db                       | host:5432           | db      | -     | -
            JDBC:PostgreSQL://host/db                       | host:5432           | db      | -     | -
            postgres://ann@host/db                          | host:5432           | db      | ann   | -
            postgres://ann:pw@host/db                       | host:5432           | db      | ann   | pw
            postgres://ann:@host/db                         | host:5432           | db      | ann   | ''
            postgres://:pw@host/db                          | host:5432           | db      | -     | pw
            postgres://ann:p:w@host/db                      | host:5432           | db      | ann   | p:w
            postgres://a%40b:p%2F%3A%3F%40%25%20w+@host/d%2Fb | host:5432         | d/b     | a@b   | p/:?@% w+
            postgres://ann:p/w@host/db                      | host:5432           | db      | ann   | p/w
            postgres://ann@host                             | host:5432           | ann     | ann   | -
            postgres://ann@host/                            | host:5432           | ann     | ann   | -
            postgres:///db                                  | localhost:5432      | db      | -     | -
            postgres://[::1]/db                             | [::1]:5432          | db      | -     | -
            postgres://ann:pw@[fe80::1]:6543/db             | [fe80::1]:6543      | db      | ann   | pw
            postgres://a,b:6543,[::1]/db                    | a:5432,b:6543,[::1]:5432 | db | -     | -
            postgres://%C3%A9:%E2%82%AC@host/%C3%A9         | host:5432           | é       | é     | €
            """)
    void aUrlIsTakenApart(String url, String hosts, String database, String user, String password) {
        PostgresTarget target = target(url);
        assertThat(target.hosts()).isEqualTo(hosts);
        assertThat(target.database()).isEqualTo(database);
        assertThat(target.user()).isEqualTo(user);
        assertThat(target.password()).isEqualTo(password);
        assertThat(target.several()).isEqualTo(hosts.contains(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres:",
                "postgres:db",
                "postgres://host",
                "postgres://host:port/db",
                "postgres://host:70000/db",
                "postgres://host:/db",
                "postgres://::1/db",
                "postgres://a,,b/db",
                "postgres://ann:hunter2@host/db/more",
                "postgres://ann:%hunter2@host/db",
                "postgres://ann:hunter2%FF@host/db",
                "postgres://ann:hunter2@host/%zz",
                "postgres://ann/hunter2@host/db",
                "postgres://ann:hunter2",
                "postgres://ann:hunter2/db",
                "postgres://host/db;password=hunter2",
                "postgres://host/db&password=hunter2",
                "postgres://host;password=hunter2/db",
                "postgres:ann:hunter2@host/db",
                "postgres:/ann:hunter2@host/db",
                "postgres://ann%3Ahunter2%40host",
            })
    void aUrlThatMeansNothingIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> of(url))
                .isExactlyInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("hunter2", "ter2");
    }

    @Test
    void userAndPasswordApartFromTheUrlWin() {
        PostgresTarget target = PostgresTarget.of(StoreConfig.builder("postgres://ann:old@host/db")
                .user("bob")
                .password("new")
                .build());
        assertThat(target.user()).isEqualTo("bob");
        assertThat(target.password()).isEqualTo("new");
        assertThat(target.toString()).doesNotContain("old", "new");
    }

    @Test
    void severalHostsMeanThePrimaryAmongThem() {
        assertThat(of("postgres://a,b/db").driver()).containsEntry("targetServerType", "primary");
        assertThat(of("postgres://a/db").driver()).doesNotContainKey("targetServerType");
    }

    @Test
    void thePoolIsAsTheOptionsSay() {
        HikariConfig pool = pool("?pool.max=7&pool.minIdle=2&pool.maxLifetime=90s&pool.idleTimeout=20s&timeout=3s");
        assertThat(pool.getMaximumPoolSize()).isEqualTo(7);
        assertThat(pool.getMinimumIdle()).isEqualTo(2);
        assertThat(pool.getMaxLifetime()).isEqualTo(90_000);
        assertThat(pool.getIdleTimeout()).isEqualTo(20_000);
        assertThat(pool.getConnectionTimeout()).isEqualTo(3_000);
    }

    @Test
    void thePoolHasTheDefaultsThatAreDocumented() {
        HikariConfig pool = pool("");
        assertThat(pool.getMaximumPoolSize()).isEqualTo(25);
        assertThat(pool.getMinimumIdle()).isEqualTo(5);
        assertThat(pool.getMaxLifetime()).isEqualTo(Duration.ofMinutes(5).toMillis());
        assertThat(pool.getConnectionTimeout()).isEqualTo(Duration.ofSeconds(30).toMillis());
    }

    @Test
    void thePoolWarnsOfNothing() {
        for (String options : new String[] {
            "", "?pool.max=1", "?pool.minIdle=25", "?pool.maxLifetime=30s", "?pool.maxLifetime=1d", "?timeout=100ms"
        }) {
            try (LogCapture log = new LogCapture()) {
                pool(options).validate();
                assertThat(log.text())
                        .doesNotContain("WARN")
                        .doesNotContain("disabling")
                        .doesNotContain("setting to");
            }
        }
    }

    private static HikariConfig pool(String options) {
        PostgresSettings settings = of("postgres://host/db" + options);
        return PostgresPoolConfig.of(settings, new PGSimpleDataSource(), settings.poolMax(), settings.poolMinIdle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool.max=0",
                "pool.max=1001",
                "pool.minIdle=26",
                "pool.max=3&pool.minIdle=4",
                "pool.maxLifetime=29s",
                "pool.maxLifetime=300",
                "pool.maxLifetime=2d",
                "pool.idleTimeout=9s",
                "pool.idleTimeout=5m",
                "connect.timeout=0s",
                "connect.timeout=999ms",
                "connect.wait=5",
                "connect.wait=2d",
                "sslmode=yes",
                "sslmode=verify_full",
                "migrate=maybe",
                "schema=",
                "schema=pg_mine",
                "schema=information_schema",
                "schema=a%00b",
                "prepare.threshold=-1",
            })
    void anOptionThatMakesNoSenseIsRefusedByName(String option) {
        assertThatThrownBy(() -> of("postgres://host/db?" + option))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option '"
                        + option.substring(option.lastIndexOf('&') + 1).replaceAll("=.*", "") + "'");
    }

    @Test
    void aSchemaNameIsLimitedInBytes() {
        assertThat(of("postgres://host/db?schema=" + "x".repeat(63)).schema()).hasSize(63);
        assertThatThrownBy(() -> of("postgres://host/db?schema=" + "%C3%A9".repeat(32)))
                .hasMessageContaining("'schema'");
    }

    @Test
    void anUnknownOptionIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> of("postgres://host/db?pasword=hunter2"))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessage("The URL has the unknown option 'pasword'. Known options: application, application_name,"
                        + " body.max, channel_binding, client_encoding, connect.timeout, connect.wait, connect_timeout,"
                        + " dbname, fallback_application_name, gssencmode, host, keepalives, migrate, options, password,"
                        + " pool.idleTimeout, pool.max, pool.maxLifetime, pool.minIdle, pool.shared, port, prepare.threshold,"
                        + " schema, slow, sslcert, sslkey, sslmode, sslnegotiation, sslrootcert, target_session_attrs,"
                        + " timeout, user.");
    }

    @Test
    void aDataSourceTakesNoOptionsOfConnections() {
        for (String url : new String[] {"postgres://host/db", "postgres:?pool.max=3", "postgres:?sslmode=require"}) {
            StoreConfig config = StoreConfig.builder(url)
                    .dataSource(new PGSimpleDataSource())
                    .build();
            assertThatThrownBy(() -> PostgresSettings.of(config))
                    .isExactlyInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("DataSource");
        }
        StoreConfig withUser = StoreConfig.builder("postgres:")
                .dataSource(new PGSimpleDataSource())
                .password("hunter2")
                .build();
        assertThatThrownBy(() -> PostgresSettings.of(withUser)).isExactlyInstanceOf(ConfigurationException.class);
    }
}
