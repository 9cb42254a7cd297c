package dev.pagurus.store.postgres.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.schema.PostgresMigration;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A page costs what it shows, however long the log is, also before the server has looked at it. */
class PostgresChangePlanTest {

    private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)");

    private static final CollectionDefinition NOTES =
            new CollectionDefinition("notes", 1, List.of(), List.of(), null, Duration.ofDays(1));

    private final PostgresNames names = new PostgresNames("public");

    @Test
    void eachPageIsReadAlongTheIndex() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            for (PostgresMigration migration : PostgresMigrations.FILES) {
                statement.execute(migration.sqlFor(names));
            }
            statement.execute(
                    "create table notes (id text collate \"C\" primary key, version bigint, created_at bigint,"
                            + " body text); insert into pagurus_changes (tx, collection, id, version)"
                            + " select (1000 + i / 3)::text::xid8, 'notes', 'n' || i, i from generate_series(1, 100000) i;"
                            // As a session of ours has it, and as a page sets it.
                            + " set enable_seqscan = off; set jit = off; set plan_cache_mode = force_generic_plan;"
                            + " set enable_bitmapscan = off");
            PostgresTransactions early = new PostgresTransactions(10_000, List.of(1500L, 1600L));
            PostgresTransactions later = new PostgresTransactions(30_000, List.of(20_500L));
            PostgresPosition.Batch batch = new PostgresPosition.Batch(later, 15_000, 5, 5);
            for (String analyze : List.of("select 1", "analyze")) {
                statement.execute(analyze);
                assertThat(pages(connection, null)).isLessThan(400);
                assertThat(pages(connection, position(early, null))).isLessThan(400);
                assertThat(pages(connection, position(early, batch))).isLessThan(400);
                assertThat(pages(connection, position(new PostgresTransactions(40_000, List.of()), null)))
                        .isLessThan(10);
            }
        }
    }

    private static PostgresPosition position(PostgresTransactions base, PostgresPosition.@Nullable Batch batch) {
        return new PostgresPosition("", base, batch, List.of(), List.of(), null);
    }

    /** Returns how many pages of the database a page of 100 changes looks at. */
    private long pages(Connection connection, @Nullable PostgresPosition position) throws Exception {
        Sql sql = PostgresPageStatement.sql(
                names, new ChangeScan(List.of(NOTES), "", 100, 8_000_000), position, PostgresInstant.SERVERS);
        try (PreparedStatement explain =
                connection.prepareStatement("explain (analyze, buffers, costs off, timing off) " + sql.text())) {
            for (int i = 0; i < sql.values().size(); i++) {
                explain.setObject(i + 1, sql.values().get(i));
            }
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    Matcher pages = PAGES.matcher(rows.getString(1));
                    if (pages.find()) {
                        return Long.parseLong(pages.group(1));
                    }
                }
            }
        }
        return 0;
    }
}
