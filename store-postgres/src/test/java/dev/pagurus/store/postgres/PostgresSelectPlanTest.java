package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Field;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.documents.PostgresRows;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.Scan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are answered by the index alone where one has all that is named, once the table was vacuumed. */
class PostgresSelectPlanTest {

    private static final int LIMIT = 20;

    private static final StoreConfig CONFIG = PostgresServer.newDatabase().build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final PostgresRows ROWS = new PostgresRows(new PostgresNames(SCHEMA), PostgresInstant.SERVERS);
    private static final Asked ASKED = new Asked();

    private static @Nullable Store store;
    private static @Nullable Connection connection;

    @BeforeAll
    public static void fill() throws SQLException {
        store = Stores.open(ASKED, CONFIG);
        store.collection(Ticket.SCHEMA);
        connection = PostgresPlans.connect();
        PostgresServer.run("""
                insert into %1$s.tickets (id, version, created_at, title, status, due, tags, body)
                select 'd' || lpad(i::text, 7, '0'), i, i, 'title ' || i,
                    case when i %% 100 = 0 then 'open' else 'done' end,
                    case when i %% 10 = 1 then null else (i::bigint * 7919) %% 20000 end,
                    array['all', 't' || i %% 100], '{"title":"title ' || i || '"}'
                from generate_series(1, 20000) i;
                analyze %1$s.tickets;
                """.formatted(SCHEMA));
        PostgresServer.run("vacuum " + SCHEMA + ".tickets");
    }

    @AfterAll
    static void drop() throws SQLException {
        Objects.requireNonNull(connection).close();
        Objects.requireNonNull(store).close();
        PostgresServer.drop(CONFIG);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWayInOrderAnswersAlone(boolean generic) throws SQLException {
        assertAlone(generic, tickets().where(Ticket.STATUS.eq("done")).orderBy(Ticket.DUE.asc()), Ticket.DUE);
        assertAlone(
                generic,
                tickets().orderBy(Ticket.STATUS.asc()).thenBy(Ticket.DUE.asc()),
                Ticket.STATUS,
                Ticket.DUE,
                Ticket.SCHEMA.id());
        assertAlone(generic, tickets(), Ticket.SCHEMA.id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWayToTheFilterAnswersAlone(boolean generic) throws SQLException {
        assertAlone(generic, tickets().where(Ticket.STATUS.eq("open")), Ticket.DUE);
        assertAlone(
                generic,
                tickets()
                        .where(Ticket.STATUS.eq("open").and(Ticket.DUE.gt(10_000L)))
                        .orderBy(Ticket.SCHEMA.id().desc()),
                Ticket.DUE,
                Ticket.STATUS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWayThatIsWalkedAnswersAlone(boolean generic) throws SQLException {
        assertAlone(
                generic,
                tickets()
                        .where(Ticket.DUE.isNotNull())
                        .orderBy(Ticket.STATUS.asc())
                        .thenBy(Ticket.DUE.asc()),
                Ticket.DUE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherwiseTheTableIsLookedInto(boolean generic) throws SQLException {
        assertThat(plan(generic, tickets().where(Ticket.STATUS.eq("open")), Ticket.TITLE))
                .anyMatch(PostgresSelectPlanTest::touchesTheTable);
        assertThat(plan(generic, tickets().where(Ticket.TAGS.contains("t7")).orderBy(Ticket.DUE.asc()), Ticket.TAGS))
                .anyMatch(PostgresSelectPlanTest::touchesTheTable);
    }

    private static ReadQuery<Ticket> tickets() {
        return Objects.requireNonNull(store).collection(Ticket.SCHEMA).query().limit(LIMIT);
    }

    private static void assertAlone(boolean generic, ReadQuery<Ticket> query, Field<?, ?>... fields)
            throws SQLException {
        assertThat(plan(generic, query, fields))
                .noneMatch(PostgresSelectPlanTest::touchesTheTable)
                .anyMatch(line -> line.contains("Index Only Scan"))
                .filteredOn(line -> line.contains("Heap Fetches"))
                .allMatch(line -> line.contains("Heap Fetches: 0"));
    }

    private static boolean touchesTheTable(String line) {
        return line.contains("Index Scan")
                || line.contains("Seq Scan on tickets")
                || line.contains("Bitmap Heap Scan")
                || line.contains("Tid Scan");
    }

    /** The lines of what was run: what is not needed to decide, or not taken, never is. */
    private static List<String> plan(boolean generic, ReadQuery<Ticket> query, Field<?, ?>... fields)
            throws SQLException {
        assertThat(query.select(fields).page().rows()).as("the rows").hasSize(LIMIT);
        Scan scan = ASKED.scan();
        List<String> names = Arrays.stream(fields).map(Field::name).toList();
        PostgresScans.Documents rows = ROWS.sql(scan, names, 0);
        Plan plan = Plan.of(Objects.requireNonNull(connection), rows.sql(), generic);
        return plan.lines().stream()
                .filter(line -> !line.contains("never executed"))
                .toList();
    }
}
