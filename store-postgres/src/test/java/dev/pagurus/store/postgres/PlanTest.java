package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import dev.pagurus.store.postgres.documents.PostgresGroups;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the plans on a million documents, once with and once without a look at the values. */
class PlanTest {

    private static final int LIMIT = 20;
    private static final int SORTED_TOGETHER = 32;

    private static final Sort ID = new Sort("id", false);
    private static final Sort ID_DOWN = new Sort("id", true);
    private static final Sort STATUS = new Sort("status", false);
    private static final Sort STATUS_DOWN = new Sort("status", true);
    private static final Sort DUE = new Sort("due", false);
    private static final Sort DUE_DOWN = new Sort("due", true);
    private static final Condition OPEN = new Condition.Compare("status", Operator.EQ, "open");

    private static final StoreConfig CONFIG = PostgresServer.newDatabase().build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final PostgresScans SCANS = new PostgresScans(new PostgresNames(SCHEMA), PostgresInstant.SERVERS);

    private static CollectionDefinition tickets = new CollectionDefinition("tickets", 1, List.of(), List.of());
    private static Connection connection;

    @BeforeAll
    public static void fill() throws SQLException {
        try (Store store = Stores.open(CONFIG)) {
            store.collection(Ticket.SCHEMA);
        }
        tickets = PostgresPlans.definition(CONFIG);
        PostgresTarget server = Way.server();
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + server.hosts() + "/" + server.database(), server.user(), server.password());
        // One in ten is without a date, one in a hundred open; one tag in all, one in a thousand, and a rare one.
        PostgresServer.run("""
                insert into %1$s.tickets (id, version, created_at, title, status, due, tags, body)
                select 'd' || lpad(i::text, 7, '0'), i, i, 'title ' || lpad(i::text, 7, '0'),
                    case when i %% 100 = 0 then 'open' else 'done' end,
                    case when i %% 10 = 1 then null else (i::bigint * 7919) %% 1000000 end,
                    array['all', 't' || i %% 1000] || case when i %% 100000 = 0 then '{rare}'::text[] else '{}' end,
                    '{"title":"title ' || i || '"}'
                from generate_series(1, 1000000) i;
                analyze %1$s.tickets;
                """.formatted(SCHEMA));
        PostgresServer.run("vacuum " + SCHEMA + ".tickets");
    }

    @AfterAll
    static void drop() throws SQLException {
        connection.close();
        PostgresServer.drop(CONFIG);
    }

    private static Plan page(Condition filter, List<Sort> order, boolean generic, Range... ranges) throws SQLException {
        Scan scan = new Scan(tickets, filter, order, List.of(ranges), LIMIT, Scan.CHUNK_BYTES);
        Plan plan = Plan.of(connection, SCANS.documents(scan, false, 0).sql(), generic);
        assertThat(Plan.of(connection, SCANS.documents(scan, true, 0).sql(), generic)
                        .mostRows())
                .as("rows read where bodies are counted")
                .isEqualTo(plan.mostRows());
        return plan;
    }

    /** Each range is read along its index, and not further than one document after the page. */
    private static void assertIndexed(Plan plan) {
        assertThat(plan.mostRows()).as(plan.toString()).isLessThanOrEqualTo(LIMIT + 1);
        assertThat(plan.has("Seq Scan")).as(plan.toString()).isFalse();
    }

    private static Range after(List<Object> equal, Object... values) {
        return new Range(equal, new Range.Tail.After(List.of(values)));
    }

    private static Range nulls(Object... equal) {
        return new Range(List.of(equal), new Range.Tail.IsNull());
    }

    private static Range notNulls(Object... equal) {
        return new Range(List.of(equal), new Range.Tail.NotNull());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesOverAnIndexReadOnlyThemselves(boolean generic) throws SQLException {
        assertIndexed(page(Condition.EVERYTHING, List.of(ID), generic, Range.ALL));
        assertIndexed(page(Condition.EVERYTHING, List.of(ID_DOWN), generic, after(List.of(), "d0500000")));
        assertIndexed(page(Condition.EVERYTHING, List.of(STATUS, DUE, ID), generic, Range.ALL));
        assertIndexed(page(
                Condition.EVERYTHING,
                List.of(STATUS, DUE, ID),
                generic,
                after(List.of(), "done", 500_000L, "d0500000")));
        assertIndexed(page(
                Condition.EVERYTHING,
                List.of(STATUS_DOWN, DUE_DOWN, ID_DOWN),
                generic,
                after(List.of("done", 500_000L), "d0500000"),
                after(List.of("done"), 500_000L),
                nulls("done"),
                after(List.of(), "done"),
                nulls()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesOfOneStatusReadOnlyThemselves(boolean generic) throws SQLException {
        assertIndexed(page(OPEN, List.of(DUE, ID), generic, Range.ALL));
        assertIndexed(page(OPEN, List.of(DUE, ID), generic, after(List.of(), 500_000L, "d0500000")));
        assertIndexed(page(
                OPEN,
                List.of(DUE_DOWN, ID_DOWN),
                generic,
                after(List.of(500_000L), "d0500000"),
                after(List.of(), 500_000L),
                nulls()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesThroughNullsReadOnlyThemselves(boolean generic) throws SQLException {
        Range inNulls = new Range(Arrays.asList("done", null), new Range.Tail.After(List.of("d0500000")));
        assertIndexed(page(
                Condition.EVERYTHING,
                List.of(STATUS, DUE, ID),
                generic,
                inNulls,
                notNulls("done"),
                after(List.of(), "done")));
        assertIndexed(page(
                Condition.EVERYTHING,
                List.of(STATUS_DOWN, DUE_DOWN, ID_DOWN),
                generic,
                inNulls,
                after(List.of(), "done"),
                nulls()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesInMixedDirectionsReadOnlyThemselves(boolean generic) throws SQLException {
        assertIndexed(page(
                Condition.EVERYTHING,
                List.of(STATUS_DOWN, DUE, ID),
                generic,
                after(List.of("open"), 500_000L, "d0500000"),
                after(List.of(), "open"),
                nulls()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPrefixIsARangeOfTheIndex(boolean generic) throws SQLException {
        Condition prefix = new Condition.And(List.of(
                new Condition.Compare("title", Operator.GTE, "title 05000"),
                new Condition.Compare("title", Operator.LT, "title 05001")));
        // A unique index ends without the id: what has the same title is sorted, in groups.
        Plan page = page(prefix, List.of(new Sort("title", false), ID), generic, Range.ALL);
        assertThat(page.mostRows()).as(page.toString()).isLessThanOrEqualTo(LIMIT + SORTED_TOGETHER);
        Plan counted = Plan.of(connection, SCANS.count(tickets, prefix), generic);
        assertThat(counted.mostRows()).as(counted.toString()).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsReadOnlyTheirRangeOfTheIndex(boolean generic) throws SQLException {
        Plan counted = Plan.of(connection, SCANS.count(tickets, OPEN), generic);
        assertThat(counted.has("Index Only Scan")).as(counted.toString()).isTrue();
        assertThat(counted.mostRows()).as(counted.toString()).isLessThanOrEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rareTagsAreFoundThroughTheirIndex(boolean generic) throws SQLException {
        Condition rare = new Condition.ContainsAny("tags", List.of("rare"));
        Plan page = page(rare, List.of(DUE, ID), generic, Range.ALL);
        assertThat(page.has("tickets$by$tags")).as(page.toString()).isTrue();
        assertThat(page.mostRows()).as(page.toString()).isLessThanOrEqualTo(LIMIT + 1);
        Plan counted = Plan.of(connection, SCANS.count(tickets, rare), generic);
        assertThat(counted.has("tickets$by$tags")).as(counted.toString()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndsOfAnIndexAreReadAlone(boolean generic) throws SQLException {
        Measure least = new Measure(Measure.Kind.MIN, "title");
        Measure greatest = new Measure(Measure.Kind.MAX, "title");
        Plan ends = groups(Condition.EVERYTHING, List.of(), generic, least, greatest);
        assertThat(ends.mostRows()).as(ends.toString()).isEqualTo(1);
        Plan open = groups(OPEN, List.of(), generic, new Measure(Measure.Kind.MAX, "due"));
        assertThat(open.mostRows()).as(open.toString()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void groupsOfAnIndexAreMeasuredByItAlone(boolean generic) throws SQLException {
        Plan plan = groups(
                OPEN,
                List.of("status"),
                generic,
                Measure.DOCUMENTS,
                new Measure(Measure.Kind.SUM, "due"),
                new Measure(Measure.Kind.MAX, "due"));
        assertThat(plan.has("Index Only Scan")).as(plan.toString()).isTrue();
        assertThat(plan.mostRows()).as(plan.toString()).isLessThanOrEqualTo(10_000);
    }

    private static Plan groups(Condition filter, List<String> by, boolean generic, Measure... measures)
            throws SQLException {
        Grouping grouping = new Grouping(tickets, filter, by, List.of(measures), null);
        return Plan.of(connection, SCANS.groups(new PostgresGroups(grouping)), generic);
    }
}
