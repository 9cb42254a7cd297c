package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** URLs as psql takes them and as hosts of PostgreSQL give them: they work as they are, or are refused by name. */
class PostgresHostedUrlsTest {

    private static PostgresSettings of(String url) {
        return PostgresSettings.of(StoreConfig.of(url));
    }

    private static PostgresTarget target(String url) {
        return Objects.requireNonNull(of(url).target());
    }

    /** Neon, Supabase, Heroku, Railway, DigitalOcean, RDS, Azure, Crunchy, Fly, Aiven, Render. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://neondb_owner:npg_pw@ep-cool-1.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require | ep-cool-1.eu-central-1.aws.neon.tech:5432 | neondb | neondb_owner | npg_pw | require
            postgresql://owner:pw@ep-cool-1.aws.neon.tech/neondb?sslmode=require&options=endpoint%3Dep-cool-1 | ep-cool-1.aws.neon.tech:5432 | neondb | owner | pw | require
            postgres://postgres.abcdefgh:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres | aws-0-eu-central-1.pooler.supabase.com:6543 | postgres | postgres.abcdefgh | pw | prefer
            postgres://ujk:p12@ec2-54-83-1-2.compute-1.amazonaws.com:5432/d1abc | ec2-54-83-1-2.compute-1.amazonaws.com:5432 | d1abc | ujk | p12 | prefer
            postgresql://postgres:pw@containers-us-west-1.railway.app:7421/railway | containers-us-west-1.railway.app:7421 | railway | postgres | pw | prefer
            postgresql://doadmin:AVNS_pw@db-do-user-1-0.b.db.ondigitalocean.com:25060/defaultdb?sslmode=require | db-do-user-1-0.b.db.ondigitalocean.com:25060 | defaultdb | doadmin | AVNS_pw | require
            postgres://app:pw@mydb.c9.eu-west-1.rds.amazonaws.com:5432/app?sslmode=verify-full&sslrootcert=/etc/rds.pem | mydb.c9.eu-west-1.rds.amazonaws.com:5432 | app | app | pw | verify-full
            postgres://ann%40srv:pw@srv.postgres.database.azure.com:5432/postgres?sslmode=require | srv.postgres.database.azure.com:5432 | postgres | ann@srv | pw | require
            postgres://application:pw@p.xyz.db.postgresbridge.com:5432/postgres | p.xyz.db.postgresbridge.com:5432 | postgres | application | pw | prefer
            postgres://app:pw@app-db.flycast:5432/app?sslmode=disable | app-db.flycast:5432 | app | app | pw | disable
            postgres://avnadmin:pw@pg-1-x.aivencloud.com:12691/defaultdb?sslmode=require | pg-1-x.aivencloud.com:12691 | defaultdb | avnadmin | pw | require
            postgresql://app:pw@dpg-abc-a.frankfurt-postgres.render.com/app_x1 | dpg-abc-a.frankfurt-postgres.render.com:5432 | app_x1 | app | pw | prefer
            postgresql:///db?host=h&port=6543&user=ann&password=p%40w | h:6543 | db | ann | p@w | prefer
            postgresql://?host=a,b&port=1,2&dbname=db&user=ann&password=pw | a:1,b:2 | db | ann | pw | prefer
            postgresql://?host=::1&dbname=db&user=ann&password=pw | [::1]:5432 | db | ann | pw | prefer
            jdbc:postgresql://h:6543/db?user=ann&password=pw&sslmode=verify-ca | h:6543 | db | ann | pw | verify-ca
            """)
    void whatAHostGivesWorks(String url, String hosts, String database, String user, String password, String sslmode) {
        PostgresSettings settings = of(url);
        PostgresTarget target = Objects.requireNonNull(settings.target());
        assertThat(target.hosts()).isEqualTo(hosts);
        assertThat(target.database()).isEqualTo(database);
        assertThat(target.user()).isEqualTo(user);
        assertThat(target.password()).isEqualTo(password);
        assertThat(settings.driver()).containsEntry("sslmode", sslmode);
        assertThat(settings.shown())
                .contains(hosts.substring(0, hosts.indexOf(':')))
                .doesNotContain(":" + password + "@", "=" + password, "p%40w");
    }

    @ParameterizedTest
    @CsvSource({
        "application_name=billing, ApplicationName=billing",
        "fallback_application_name=billing, ApplicationName=billing",
        "fallback_application_name=other&application=billing, ApplicationName=billing",
        "connect_timeout=10, connectTimeout=10",
        "channel_binding=require, channelBinding=require",
        "sslnegotiation=direct&sslmode=require, sslNegotiation=direct",
        "gssencmode=disable, gssEncMode=disable",
        "keepalives=0, tcpKeepAlive=false",
        "keepalives=1, tcpKeepAlive=true",
        "options=-c%20geqo%3Doff, options=-c geqo=off",
        "target_session_attrs=read-write, sslmode=prefer",
        "client_encoding=UTF8, sslmode=prefer",
        "sslrootcert=system, sslmode=verify-full",
        "sslrootcert=system, sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
    })
    void aWordOfLibpqMeansTheSame(String options, String driver) throws Exception {
        Map<String, String> given = of("postgres://h/db?" + options).driver();
        assertThat(given.entrySet().stream().map(Object::toString)).contains(driver);
        // The driver itself knows each of them.
        PGSimpleDataSource source = new PGSimpleDataSource();
        given.forEach((name, value) -> assertThat(set(source, name, value)).isTrue());
    }

    private static boolean set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void aTimeoutOfConnectingIsInSeconds() {
        assertThat(of("postgres://h/db?connect_timeout=7").connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres:///db?host=/var/run/postgresql            | unix socket
            postgres://%2Fvar%2Frun%2Fpostgresql/db            | unix socket
            postgres://ann@%2Ftmp:5433/db                      | localhost:5432
            postgres://h/db?service=mine                       | 'service'
            postgres://h/db?passfile=/x                        | PGPASSFILE
            postgres://h/db?hostaddr=10.0.0.1                  | write the address as the host
            postgres://h/db?keepalives_idle=30                 | 'keepalives_idle'
            postgres://h/db?sslpassword=hunter2                | key without one
            postgres://h/db?ssl=true                           | sslmode=require
            postgres://h/db?pgbouncer=true                     | prepare.threshold=0
            postgres://h/db?connection_limit=5                 | pool.max
            postgres://h/db?currentSchema=x                    | write schema
            postgres://h/db?target_session_attrs=standby       | 'target_session_attrs'
            postgres://h/db?client_encoding=LATIN1             | 'client_encoding'
            postgres://h/db?connect_timeout=0                  | 'connect_timeout'
            postgres://h/db?connect_timeout=5s                 | 'connect_timeout'
            postgres://h/db?channel_binding=maybe              | disable, prefer, require
            postgres://h/db?sslrootcert=system&sslmode=require | verify-full
            postgres://h/db?options=-c%20search_path%3Dx       | option schema
            postgres://h/db?connect_timeout=5&connect.timeout=5s | two names for the same
            postgres://h/db?application_name=a&application=b   | two names for the same
            postgres://h/db?host=other                         | 'host'
            postgres://ann:hunter2@h/db?password=hunter2       | 'password'
            postgres://ann@h/db?user=hunter2                   | 'user'
            postgres://h/db?dbname=other                       | 'dbname'
            postgres://a,b,c/db?port=1,2                       | as many as there are hosts
            postgres://h:1/db?port=2                           | host and port
            postgres://h?port=99999&dbname=x                   | host and port
            postgres://::1/db                                  | host and port
            """)
    void whatCannotWorkIsRefusedByName(String url, String part) {
        assertThatThrownBy(() -> of(url))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application_name=x", "connect_timeout=5", "channel_binding=require", "host=h", "password=x"})
    void aDataSourceKnowsThatItself(String option) {
        StoreConfig config = StoreConfig.builder("postgres:?" + option)
                .dataSource(new PGSimpleDataSource())
                .build();
        assertThatThrownBy(() -> PostgresSettings.of(config))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("DataSource");
    }

    @Test
    void theKnownOptionsAreNamedAndThoseThatAreRefusedAreNotAmongThem() {
        assertThatThrownBy(() -> of("postgres://h/db?foo=1"))
                .hasMessageContaining("'foo'")
                .message()
                .satisfies(message -> assertThat(
                                message.substring(message.indexOf("Known")).split("[ ,.:]+"))
                        .contains("channel_binding", "connect_timeout", "host", "password")
                        .doesNotContain("service", "ssl", "pgbouncer"));
    }

    @Test
    void severalHostsShareTheTimeOfACall() {
        String url = "postgres://a,b,c/db?timeout=6s&connect.timeout=5s";
        assertThat(of(url).connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(target(url).several()).isTrue();
        assertThat(of(url).driver().entrySet().stream()
                        .filter(one -> one.getKey().endsWith("Timeout"))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet()))
                .containsExactly("2");
    }
}
