package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever an administrator has set for the database and the role, the store's answers stay the same: every setting that
 * any user may change is tried, several at a time; of some that have changed answers, one is named.
 */
@Timeout(120)
class AdministratorsSettingsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);
    private static final PostgresTarget SERVER = Way.server();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** So many at a time, since each try takes a new store. */
    private static final int TOGETHER = 24;

    private static final int SHOWN = 200;

    private static final String MOST_COST = "1.79769e+308";

    /** What can falsify an answer, as an administrator may have set it. */
    private static final Map<String, String> HARMFUL = Map.of(
            "extra_float_digits", "-15",
            "array_nulls", "off",
            "gin_fuzzy_search_limit", "1",
            "exit_on_error", "on",
            "default_transaction_deferrable", "on",
            "default_transaction_isolation", "read uncommitted",
            "standard_conforming_strings", "off",
            "enable_indexscan", "off",
            "enable_indexonlyscan", "off",
            "enable_bitmapscan", "off");

    /** Values of settings of which the least and the most, or each word, would not do. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("DateStyle", List.of("SQL, DMY")),
            Map.entry("TimeZone", List.of("Asia/Kathmandu")),
            Map.entry("application_name", List.of("another")),
            Map.entry("client_encoding", List.of("LATIN1")),
            Map.entry("createrole_self_grant", List.of("set")),
            Map.entry("default_table_access_method", List.of("heap")),
            Map.entry("default_tablespace", List.of("pg_default")),
            Map.entry("default_text_search_config", List.of("pg_catalog.simple")),
            Map.entry("lc_monetary", List.of("C")),
            Map.entry("lc_numeric", List.of("C")),
            Map.entry("lc_time", List.of("C")),
            Map.entry("restrict_nonsystem_relation_kind", List.of("view")),
            Map.entry("search_path", List.of("pg_temp, nowhere")),
            Map.entry("temp_tablespaces", List.of("pg_default")),
            Map.entry("timezone_abbreviations", List.of("India")),
            Map.entry("client_min_messages", List.of("debug1", "error")),
            Map.entry("icu_validation_level", List.of("disabled", "error")),
            Map.entry("gin_fuzzy_search_limit", List.of("1")),
            Map.entry("statement_timeout", List.of("20000")),
            Map.entry("idle_session_timeout", List.of("20000")),
            Map.entry("maintenance_work_mem", List.of("1024")),
            Map.entry("tcp_user_timeout", List.of("20000")),
            // These shall end what takes too long or writes, and the store says so: see PostgresErrorsTest.
            Map.entry("idle_in_transaction_session_timeout", List.of("20000")),
            Map.entry("transaction_timeout", List.of("20000")),
            Map.entry("default_transaction_read_only", List.of("off")),
            // Code of the administrator's own.
            Map.entry("local_preload_libraries", List.of("")));

    /** Nobody can set these for a database. */
    private static final Set<String> OF_ONE_TRANSACTION =
            Set.of("transaction_deferrable", "transaction_isolation", "transaction_read_only");

    private static String database = "";
    private static Map<String, String> expected = Map.of();

    @TempDir
    private static Path directory;

    /** A value for a setting. */
    private record Setting(String name, String value) {

        String sql() {
            boolean list = name.equals("search_path") || name.equals("temp_tablespaces");
            return name + " to " + (list ? value : "'" + value + "'");
        }

        @Override
        public String toString() {
            return name + " = " + value;
        }
    }

    @BeforeAll
    static void createDatabase() throws Exception {
        PostgresServer.run("""
                do $$ begin
                    if not exists (select from pg_roles where rolname = 'pagurus_app') then
                        create role pagurus_app login;
                    end if;
                end $$
                """);
        database = newDatabase();
        expected = answers(Way.DIRECT, database);
        assertThat(expected).containsEntry("attempts", "1");
        assertThat(expected.get("filter 9")).contains("s1 s10 s11 s110 s13");
    }

    @AfterAll
    static void dropDatabases() throws SQLException {
        for (int i = 1; i <= DATABASES.get(); i++) {
            PostgresServer.run("drop database if exists " + name(i) + " with (force)");
        }
    }

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static String name(int number) {
        return "settings_" + ProcessHandle.current().pid() + "_" + number;
    }

    private static String newDatabase() throws SQLException {
        String name = name(DATABASES.incrementAndGet());
        PostgresServer.run("create database " + name + " encoding 'UTF8' template template0");
        PostgresServer.run("grant create on database " + name + " to pagurus_app");
        return name;
    }

    @Test
    void noSettingChangesAnAnswer() throws Exception {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (List<Setting> all : everySetting().values()) {
            for (int from = 0; from < all.size(); from += TOGETHER) {
                search(all.subList(from, Math.min(all.size(), from + TOGETHER)), wrong);
            }
            tried += all.size();
        }
        assertThat(tried).isGreaterThan(150);
        assertThat(wrong).isEmpty();
    }

    /** Finds the settings of a list with which answers differ. */
    private static void search(List<Setting> some, List<String> wrong) throws Exception {
        set(database, some);
        Map<String, String> answers;
        try {
            answers = answers(Way.DIRECT, database);
        } finally {
            reset(database);
        }
        if (answers.equals(expected)) {
            return;
        }
        if (some.size() == 1) {
            wrong.add(some.get(0) + ": " + differences(answers));
            return;
        }
        int found = wrong.size();
        search(some.subList(0, some.size() / 2), wrong);
        search(some.subList(some.size() / 2, some.size()), wrong);
        if (wrong.size() == found) {
            wrong.add(some + " together: " + differences(answers));
        }
    }

    /** The ways on which every transaction must set for itself what it needs. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void noneDoesWhoeverElseUsesTheSession(Way way) throws Exception {
        String own = newDatabase();
        set(
                own,
                HARMFUL.entrySet().stream()
                        .map(one -> new Setting(one.getKey(), one.getValue()))
                        .toList());
        assertThat(differences(answers(way, own))).isEmpty();
    }

    private static Map<String, String> differences(Map<String, String> answers) {
        Map<String, String> differences = new LinkedHashMap<>(answers);
        differences.entrySet().removeIf(one -> Objects.equals(expected.get(one.getKey()), one.getValue()));
        differences.replaceAll((call, answer) -> shortened(answer) + " instead of " + shortened(expected.get(call)));
        return differences;
    }

    private static String shortened(@Nullable String answer) {
        String text = String.valueOf(answer);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static Map<String, String> answers(Way way, String database) {
        String schema = "s" + SCHEMAS.incrementAndGet();
        try (HikariDataSource source = way == Way.DATA_SOURCE ? dataSource(database) : null;
                Store store = Stores.open(config(way, database, schema, source))) {
            return Answers.of(store, directory);
        } catch (Exception e) {
            return Map.of("all", e.toString());
        }
    }

    private static StoreConfig config(Way way, String database, String schema, @Nullable HikariDataSource source) {
        String options = "pool.max=4&pool.minIdle=0&schema=" + schema;
        StoreConfig.Builder builder = switch (way) {
            case DIRECT ->
                StoreConfig.builder("postgres://pagurus_app@" + SERVER.hosts() + "/" + database + "?" + options);
            case PGBOUNCER -> StoreConfig.builder(PgBouncer.shared().url(PgBouncer.APP, database, options));
            case DATA_SOURCE ->
                StoreConfig.builder("postgres:?schema=" + schema).dataSource(Objects.requireNonNull(source));
        };
        return builder.clock(CLOCK).build();
    }

    /** Its driver sends and gets everything as text. */
    private static HikariDataSource dataSource(String database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://" + SERVER.hosts() + "/" + database + "?binaryTransfer=false");
        config.setUsername(PgBouncer.APP);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** Each with every other word, or the least and the most of what it may be; those of one list can be set together. */
    private static Map<Integer, List<Setting>> everySetting() throws SQLException {
        Map<Integer, List<Setting>> all = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select name, setting, vartype, min_val, max_val, array_to_string(enumvals, ','),"
                                + " current_setting('server_version_num')::int"
                                + " from pg_settings where context = 'user' order by md5(name)")) {
            while (rows.next()) {
                String name = rows.getString(1);
                String now = rows.getString(2);
                @Nullable List<String> given = VALUES.get(name);
                List<String> values = given != null
                        ? given
                        : switch (rows.getString(3)) {
                            case "bool" -> List.of(now.equals("on") ? "off" : "on");
                            case "enum" -> Arrays.asList(rows.getString(6).split(","));
                            case "integer", "real" -> List.of(rows.getString(4), most(rows));
                            default -> fail("Say in VALUES what the setting " + name + " is to be tried with.");
                        };
                for (int i = 0; i < values.size(); i++) {
                    if (!values.get(i).equals(now)) {
                        all.computeIfAbsent(i, round -> new ArrayList<>()).add(new Setting(name, values.get(i)));
                    }
                }
            }
        }
        return all;
    }

    /**
     * The most that a setting may be. To servers before 18, what is switched off is dearer by 10,000,000,000, and nobody makes
     * an operator cost more than that: they would go through tables that they are told not to.
     */
    private static String most(ResultSet setting) throws SQLException {
        String most = setting.getString(5);
        return most.equals(MOST_COST) && setting.getInt(7) < 180_000 ? "1000000" : most;
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + SERVER.hosts() + "/" + database, SERVER.user(), SERVER.password());
    }

    /** For the database, and for the role in it; what PostgreSQL lets nobody set so, nobody has set. */
    private static void set(String database, List<Setting> settings) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // With costs as high as can be, every statement would be compiled, which takes a second and changes
            // nothing.
            statement.execute("alter database " + database + " set jit to off");
            for (Setting one : settings) {
                try {
                    statement.execute("alter database " + database + " set " + one.sql());
                    statement.execute("alter role pagurus_app in database " + database + " set " + one.sql());
                } catch (SQLException e) {
                    assertThat(one.name()).as(e.toString()).isIn(OF_ONE_TRANSACTION);
                }
            }
        }
    }

    private static void reset(String database) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter database " + database + " reset all");
            statement.execute("alter role pagurus_app in database " + database + " reset all");
        }
    }
}
