package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the plan of each of the forty shapes against the best of what one would write by hand, by the pages and documents
 * that the server has looked at.
 */
class ShapesTest {

    private static final int COUNT = Integer.getInteger("shapes", 20_000);
    private static final int TIMES = 3;

    /** What the first steps of a choice look at in vain. */
    private static final int SMALL = 200;

    private static final Asked ASKED = new Asked();
    private static final StoreConfig CONFIG =
            PostgresServer.newDatabase().provider(ASKED).build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final PostgresScans SCANS = new PostgresScans(new PostgresNames(SCHEMA));

    private static Store store;
    private static DocumentCollection<Entry> entries;
    private static Connection connection;

    @BeforeAll
    static void fill() throws SQLException {
        store = Stores.open(CONFIG);
        entries = store.collection(Entry.SCHEMA);
        int[] next = {0};
        entries.insertAll(Entries.of(COUNT, 300), entry -> Entries.id(next[0]++), OnConflict.FAIL);
        PostgresServer.run("vacuum analyze " + SCHEMA + ".entries");
        PostgresTarget server = Way.server();
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + server.hosts() + "/" + server.database(), server.user(), server.password());
    }

    @AfterAll
    static void drop() throws SQLException {
        store.close();
        connection.close();
        PostgresServer.drop(CONFIG);
    }

    static List<QueryShape> shapes() {
        return QueryShapes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void noShapeTakesMoreThanThreeTimesTheBest(QueryShape shape) throws SQLException {
        List<Plan> ours = new ArrayList<>();
        List<Plan> best = new ArrayList<>();
        if (shape.ask() == QueryShape.Ask.COUNT) {
            shape.on(entries).count();
            ours.add(Plan.of(connection, SCANS.count(ASKED.counted(), ASKED.filter()), true));
            for (boolean seqScan : new boolean[] {false, true}) {
                Sql sql = new Sql().append("select count(*) from " + SCHEMA + ".entries where ");
                new PostgresConditions(ASKED.counted(), sql).append(ASKED.filter());
                best.add(Plan.of(connection, sql, false, seqScan));
            }
        } else {
            String cursor = shape.pageBefore(entries).map(Page::nextCursor).orElse(null);
            shape.page(entries, cursor);
            Scan scan = ASKED.scan();
            PostgresScans.Documents near = SCANS.documents(scan, false, false);
            ours.add(Plan.of(connection, near.sql(), true));
            if (!near.decides() && isUndecided(near.sql())) {
                ours.add(Plan.of(connection, SCANS.documents(scan, false, true).sql(), true));
            }
            for (boolean seqScan : new boolean[] {false, true}) {
                best.add(Plan.of(connection, walk(scan), false, seqScan));
                best.add(Plan.of(connection, sorted(scan), false, seqScan));
                best.add(Plan.of(connection, planners(scan), false, seqScan));
            }
        }
        long buffers = ours.stream().mapToLong(Plan::buffers).sum();
        double visited = ours.stream().mapToDouble(Plan::visited).sum();
        long fewest = best.stream().mapToLong(Plan::buffers).min().orElseThrow();
        double least = best.stream().mapToDouble(Plan::visited).min().orElseThrow();
        System.out.printf(
                "%-45s buffers %7d of %7d, visited %9.0f of %9.0f, %d statements%s%n",
                shape.name(),
                buffers,
                fewest,
                visited,
                least,
                ours.size(),
                buffers > TIMES * fewest + SMALL || visited > TIMES * least + SMALL ? " !!!" : "");
        assertThat(buffers).as(ours + "\n" + best).isLessThanOrEqualTo(TIMES * fewest + SMALL);
        assertThat(visited).as(ours + "\n" + best).isLessThanOrEqualTo(TIMES * least + SMALL);
    }

    private static boolean isUndecided(Sql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            for (int i = 0; i < sql.values().size(); i++) {
                statement.setObject(i + 1, sql.values().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getString(1) == null;
            }
        }
    }

    /** In order, until there are enough. */
    private static Sql walk(Scan scan) {
        Sql sql = new Sql().append("select id, version, created_at, body from (");
        String order = " order by " + PostgresStatements.terms(scan.order());
        List<Condition> parts = scan.ranges().stream()
                .flatMap(range -> range.conditions(scan.order()).stream())
                .toList();
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "(" : ") union all (").append("select * from (select *, ");
            condition(scan, sql, scan.filter());
            sql.append(" as fits$ from " + SCHEMA + ".entries where ");
            condition(scan, sql, parts.get(i));
            sql.append(order + " offset 0) w where fits$ limit " + (scan.maxDocuments() + 1));
        }
        return sql.append(")) w" + order + " limit " + (scan.maxDocuments() + 1));
    }

    /** All that match, ids first. */
    private static Sql sorted(Scan scan) {
        Sql sql = new Sql()
                .append("select d.id, d.version, d.created_at, d.body from (select place from (select *, ctid as"
                        + " place from " + SCHEMA + ".entries where ");
        condition(scan, sql, new Condition.Or(scan.parts()));
        String order = " order by " + PostgresStatements.terms(scan.order());
        return sql.append(" offset 0) a" + order + " limit " + (scan.maxDocuments() + 1) + ") k join " + SCHEMA
                + ".entries d on d.ctid = k.place" + order);
    }

    /** As the server likes it. */
    private static Sql planners(Scan scan) {
        Sql sql = new Sql().append("select id, version, created_at, body from " + SCHEMA + ".entries where ");
        condition(scan, sql, new Condition.Or(scan.parts()));
        return sql.append(
                " order by " + PostgresStatements.terms(scan.order()) + " limit " + (scan.maxDocuments() + 1));
    }

    private static void condition(Scan scan, Sql sql, Condition condition) {
        new PostgresConditions(scan.collection(), sql).append(condition);
    }
}
