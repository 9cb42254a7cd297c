package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.schema.PostgresInstructions;
import dev.pagurus.store.postgres.schema.PostgresMigration;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applications that may not create tables, or shall not: an administrator runs the SQL that opening prints. */
@Timeout(60)
class PostgresAdministratorTest {

    private static final String SCHEMA = "Ad \"min\"; 'é'";
    private static final String QUOTED = "\"Ad \"\"min\"\"; 'é'\"";
    private static final String ENCODED = "Ad%20%22min%22;%20'%C3%A9'";

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
        server.run("create role app login");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @AfterEach
    void dropSchema() throws SQLException {
        server.run("drop schema if exists " + QUOTED + " cascade");
    }

    private static String url(String options) {
        return server.url("app", "postgres") + "?pool.minIdle=0&schema=" + ENCODED + options;
    }

    private static String sql(StoreException refusal) {
        String message = String.valueOf(refusal.getMessage());
        assertThat(message)
                .startsWith("The database postgres://app@127.0.0.1")
                .contains("Nothing was changed", "administrator run this SQL ");
        return message.substring(message.indexOf("begin;"));
    }

    private static void assertWorks(String options) throws SQLException {
        try (Store store = Stores.open(url(options))) {
            store.collection(PostgresFeedTest.NOTES).put("one", "x");
            assertThat(store.changes(PostgresFeedTest.NOTES).page().changes()).isNotEmpty();
            assertThat(server.ask("select count(*) from " + QUOTED + ".pagurus_change_marks"))
                    .as("what may be forgotten is noted, too")
                    .isEqualTo("1");
            store.collection(Thing.SCHEMA).put("one", new Thing("first"));
            assertThat(store.collection(Thing.SCHEMA)
                            .where(Thing.NAME.eq("first"))
                            .count())
                    .isEqualTo(1);
            assertThat(store.health().details())
                    .containsEntry("catalogue_version", "" + PostgresMigrations.FILES.size());
        }
    }

    @Test
    void aUserWithoutRightsIsToldWhatSqlToRunAndThenWorks() throws Exception {
        ConfigurationException refusal = catchThrowableOfType(ConfigurationException.class, () -> Stores.open(url("")));
        assertThat(server.ask("select to_regnamespace('" + QUOTED.replace("'", "''") + "')"))
                .isEqualTo("null");
        server.run(sql(refusal));
        assertWorks("");
        assertWorks("&migrate=validate");
    }

    @Test
    void validateCreatesNothingEvenWithEveryRight() throws Exception {
        server.run("create schema " + QUOTED + " authorization app");
        MigrationException refusal =
                catchThrowableOfType(MigrationException.class, () -> Stores.open(url("&migrate=validate")));
        assertThat(refusal).hasMessageContaining("migrate is validate");
        assertThat(server.ask("select count(*) from pg_tables where schemaname = '" + SCHEMA.replace("'", "''") + "'"))
                .isEqualTo("0");
        String script = Objects.requireNonNull(refusal.sql());
        assertThat(script).startsWith("begin;\n").contains("\n-- 0001_catalogue.sql\n");
        assertThat(PostgresInstructions.inOneLine(script)).isEqualTo(sql(refusal));
        server.run(script);
        assertWorks("&migrate=validate");
    }

    @Test
    void whatIsPrintedInOneLineWorksTheSame() throws Exception {
        MigrationException refusal =
                catchThrowableOfType(MigrationException.class, () -> Stores.open(url("&migrate=validate")));
        server.run(sql(refusal));
        assertWorks("&migrate=validate");
    }

    @Test
    void aNewerDatabaseHasNoSqlToRun() throws Exception {
        server.run("create schema " + QUOTED + " authorization app");
        assertWorks("");
        server.run("insert into " + QUOTED + ".pagurus_migrations (version, name, sha256) select max(version) + 1,"
                + " 'later.sql', 'x' from " + QUOTED + ".pagurus_migrations");
        MigrationException refusal =
                catchThrowableOfType(MigrationException.class, () -> Stores.open(url("&migrate=validate")));
        assertThat(refusal).hasMessageContaining("newer release");
        assertThat(refusal.sql()).isNull();
    }

    @Test
    void theRightToTheSchemaIsEnoughWithoutTheOneToCreateSchemas() throws Exception {
        server.run("create schema " + QUOTED, "grant usage, create on schema " + QUOTED + " to app");
        assertThat(server.ask("select has_database_privilege('app', 'postgres', 'CREATE')"))
                .isEqualTo("f");
        assertWorks("");
    }

    @Test
    void theSqlIsOneLineWithoutComments() {
        assertThat(PostgresInstructions.inOneLine("-- a\nselect  'x -- y  z',\t\"c  d\" -- b\n  -- c\n;\n"))
                .isEqualTo(" select 'x -- y  z', \"c  d\" ; ");
    }

    @Test
    void aLaterMigrationThatTheUserMayNotRunIsPrintedToo() throws Exception {
        ConfigurationException first = catchThrowableOfType(ConfigurationException.class, () -> Stores.open(url("")));
        server.run(sql(first));
        PostgresSettings settings = PostgresSettings.of(dev.pagurus.store.StoreConfig.of(url("")));
        int newer = PostgresMigrations.FILES.size() + 1;
        List<PostgresMigration> later = new ArrayList<>(PostgresMigrations.FILES);
        later.add(new PostgresMigration(newer, "more.sql", "alter table {schema}.pagurus_fields add more text;"));
        PostgresMigrations next = new PostgresMigrations(settings, new PostgresNames(SCHEMA), later);
        PostgresPool pool = PostgresPool.direct(settings, new PostgresErrors(settings));
        ConfigurationException second = catchThrowableOfType(ConfigurationException.class, () -> next.run(pool));
        assertThat(sql(second)).contains("more.sql").doesNotContain("0001_catalogue.sql");
        server.run(sql(second));
        next.run(pool);
        assertThat(server.ask("select max(version) from " + QUOTED + ".pagurus_migrations"))
                .isEqualTo("" + newer);
    }
}
