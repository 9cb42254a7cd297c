package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoreProvider;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.documents.SqliteGroups;
import dev.pagurus.store.sqlite.documents.SqliteMatches;
import dev.pagurus.store.sqlite.documents.SqlitePlan;
import dev.pagurus.store.sqlite.documents.SqliteScans;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every lookup is a stretch of the right index, and a page costs the same wherever it stands. Whether SQLite has
 * statistics of the tables must not matter; we make none, but an operator may run ANALYZE.
 */
@ParameterizedClass
@EnumSource
class SqlitePlanTest {

    enum Statistics {
        NONE,
        OF_ANALYZE
    }

    private static final int DOCUMENTS = 100_000;

    private static final int PAGE = 20;

    /** More than any page needs, and a hundredth of what reading all documents before it would take. */
    private static final long STEPS_OF_A_PAGE = 3000;

    @TempDir
    private static Path directory;

    private static final Map<Statistics, Handle> HANDLES = new EnumMap<>(Statistics.class);

    private final Handle handle;

    /** A store that stays open, what it has made of the last query, and its plans. */
    private record Handle(Store store, ScanRecorder recorder, Explain explain) {

        static Handle on(Path file) throws SQLException {
            ScanRecorder recorder = new ScanRecorder();
            return new Handle(open(recorder, file), recorder, new Explain(file));
        }
    }

    SqlitePlanTest(Statistics statistics) {
        this.handle = Objects.requireNonNull(HANDLES.get(statistics));
    }

    @BeforeAll
    public static void fill() throws Exception {
        Path filled = directory.resolve(Statistics.NONE + ".db");
        try (Store store = open(new SqliteStoreProvider(), filled)) {
            for (Schema<Job> schema : List.of(Job.SCHEMA, Job.MIXED)) {
                store.collection(schema)
                        .insertAll(IntStream.range(0, DOCUMENTS).mapToObj(Job::new), Job::id, OnConflict.FAIL);
            }
        }
        Path analyzed = Files.copy(filled, directory.resolve(Statistics.OF_ANALYZE + ".db"));
        OtherProgram.run(analyzed, "analyze");
        HANDLES.put(Statistics.NONE, Handle.on(filled));
        HANDLES.put(Statistics.OF_ANALYZE, Handle.on(analyzed));
    }

    @AfterAll
    static void close() throws SQLException {
        for (Handle handle : HANDLES.values()) {
            handle.explain().close();
            handle.store().close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pagurus.store.sqlite.PagingCases#all")
    void aPageIsAStretchOfTheIndex(Paging paging) throws SQLException {
        Scan scan = scanOf(paging);
        SqlitePlan plan = SqlitePlan.of(scan);
        assertThat(plan.isServed()).isTrue();
        List<String> plans = new ArrayList<>();
        long steps = 0;
        int rows = 0;
        for (Range range : scan.ranges()) {
            Sql sql = SqliteScans.inOrder(plan, range, PAGE + 1);
            plans.addAll(planOf(sql));
            // The store does not come to the other ranges when the page is full.
            if (rows <= PAGE) {
                Explain.Run run = handle.explain().run(sql.text(), sql.values());
                steps += run.steps();
                rows += run.rows();
            }
        }

        assertThat(plans).isEqualTo(paging.plans());
        assertThat(steps).as("instructions of SQLite's machine").isLessThan(STEPS_OF_A_PAGE);
    }

    @Test
    void aFirstPageIsTheBeginningOfTheIndex() throws SQLException {
        assertThat(planOf(jobs().by())).containsExactly("SCAN jobs USING INDEX sqlite_autoindex_jobs_1");
        assertThat(planOf(jobs().by(Job.DUE.desc()))).containsExactly("SCAN jobs USING INDEX jobs$by$due");
        assertThat(planOf(jobs().by(Job.STATUS.asc(), Job.DUE.asc())))
                .containsExactly("SCAN jobs USING INDEX jobs$by$status_due");
        assertThat(planOf(jobs().where(Job.STATUS.eq(Job.Status.DONE)).by(Job.DUE.desc())))
                .containsExactly("SEARCH jobs USING INDEX jobs$by$status_due (status=?)");
        assertThat(planOf(Paging.of(Job.MIXED).by(Job.STATUS.desc(), Job.DUE.asc())))
                .containsExactly("SCAN mixed USING INDEX mixed$by$status_desc_due");
    }

    @Test
    void aFilterFindsItsDocumentsByItsIndex() throws SQLException {
        assertThat(planOf(jobs().where(Job.CODE.eq("code-7"))))
                .containsExactly("SEARCH jobs USING INDEX jobs$by$code (code=?)");
        assertThat(planOf(jobs().where(Job.OWNER.startsWith("owner-39")).by(Job.OWNER.asc())))
                .containsExactly("SEARCH jobs USING INDEX jobs$by$owner (owner>? AND owner<?)");
        assertThat(planOf(jobs().where(Job.SCHEMA.id().in("job-000007", "job-000008"))))
                .containsExactly("SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)");
        assertThat(planOf(jobs().where(Job.TAGS.contains("tag-7"))))
                .containsExactly(
                        "SEARCH jobs$by$tags USING PRIMARY KEY (value=?)",
                        "SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)");
    }

    @Test
    void countingReadsTheIndexAlone() throws SQLException {
        SqliteMatches done =
                SqliteMatches.of(definition(), new Condition.Compare("status", Condition.Operator.EQ, "DONE"));
        assertThat(planOf(done.count(exact(done))))
                .contains("SEARCH jobs USING COVERING INDEX jobs$by$status_due (status=?)");
        assertThat(planOf(groups(done.filter(), List.of("due"), Measure.DOCUMENTS)))
                .containsExactly("SEARCH jobs USING COVERING INDEX jobs$by$status_due (status=?)");
        assertThat(planOf(groups(Condition.EVERYTHING, List.of("status"), Measure.DOCUMENTS)))
                .containsExactly("SCAN jobs USING COVERING INDEX jobs$by$status_due");
    }

    @Test
    void groupsAreMeasuredByOneIndexOrByOneWalkThroughTheTable() throws SQLException {
        assertThat(planOf(groups(
                        new Condition.Compare("status", Condition.Operator.EQ, "DONE"),
                        List.of("status"),
                        new Measure(Measure.Kind.MAX, "due"),
                        Measure.DOCUMENTS)))
                .containsExactly("SEARCH jobs USING COVERING INDEX jobs$by$status_due (status=?)");
        assertThat(planOf(groups(Condition.EVERYTHING, List.of("owner"), new Measure(Measure.Kind.SUM, "priority"))))
                .containsExactly("SCAN jobs", "USE TEMP B-TREE FOR GROUP BY");
        assertThat(planOf(groups(Condition.EVERYTHING, List.of(), new Measure(Measure.Kind.SUM, "priority"))))
                .containsExactly("SCAN jobs USING COVERING INDEX jobs$by$priority_desc");
    }

    @Test
    void theEndsOfAnIndexAreReadAlone() throws SQLException {
        Measure least = new Measure(Measure.Kind.MIN, "due");
        Measure greatest = new Measure(Measure.Kind.MAX, "priority");
        assertThat(planOf(groups(Condition.EVERYTHING, List.of(), least, greatest)))
                .contains(
                        "SEARCH jobs USING COVERING INDEX jobs$by$due",
                        "SEARCH jobs USING COVERING INDEX jobs$by$priority_desc")
                .noneMatch(SqlitePlanTest::isScan);
        assertThat(planOf(groups(new Condition.Compare("status", Condition.Operator.EQ, "DONE"), List.of(), least)))
                .contains("SEARCH jobs USING COVERING INDEX jobs$by$status_due (status=?)");
        Sql ends = groups(Condition.EVERYTHING, List.of(), least, greatest);
        assertThat(handle.explain().run(ends.text(), ends.values()).steps())
                .as("instructions of SQLite's machine")
                .isLessThan(STEPS_OF_A_PAGE);
    }

    private Sql groups(Condition filter, List<String> by, Measure... measures) {
        SqliteGroups groups = SqliteGroups.of(new Grouping(definition(), filter, by, List.of(measures), null));
        return groups.sql(exact(groups.matches()));
    }

    @Test
    void idsAreSortedAndNoBodies() throws SQLException {
        Scan scan = scanOf(jobs().where(Job.OWNER.eq("owner-7")).by(Job.DUE.desc()));
        SqlitePlan plan = SqlitePlan.of(scan);
        assertThat(planOf(SqliteScans.sorted(plan, plan.ways().get(0), PAGE + 1)))
                .containsExactly(
                        "CO-ROUTINE k$",
                        "SEARCH jobs USING INDEX jobs$by$owner (owner=?)",
                        "USE TEMP B-TREE FOR ORDER BY",
                        "SCAN k$",
                        "SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)");
    }

    @Test
    void aStatementOfOneDocumentGoesByItsId() throws SQLException {
        SqliteStatements statements = new SqliteStatements(definition());
        String byId = "SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)";

        assertThat(planOf(new Sql().append(statements.get))).containsExactly(byId);
        assertThat(planOf(new Sql().append(statements.replaceVersion)))
                .contains(byId)
                .noneMatch(SqlitePlanTest::isScan);
        assertThat(planOf(new Sql().append(statements.deleteVersion)))
                .contains(byId)
                .noneMatch(SqlitePlanTest::isScan);
        assertThat(planOf(new Sql().append(statements.uniques.get(0).findOther())))
                .containsExactly("SEARCH jobs USING INDEX jobs$by$code (code=?)");
    }

    private static SqliteMatches.Path exact(SqliteMatches matches) {
        return new SqliteMatches.Path(matches.exact(), false);
    }

    private static boolean isScan(String line) {
        return line.startsWith("SCAN jobs");
    }

    private static Paging jobs() {
        return Paging.of(Job.SCHEMA);
    }

    private static Store open(StoreProvider provider, Path file) {
        return Stores.open(provider, StoreConfig.of("sqlite:" + file + "?synchronous=off"));
    }

    private CollectionDefinition definition() {
        return scanOf(jobs()).collection();
    }

    private Scan scanOf(Paging paging) {
        paging.query(handle.store().collection(paging.schema())).limit(PAGE).page();
        return handle.recorder().last();
    }

    private List<String> planOf(Paging paging) throws SQLException {
        Scan scan = scanOf(paging);
        assertThat(scan.ranges()).hasSize(1);
        SqlitePlan plan = SqlitePlan.of(scan);
        assertThat(plan.isServed()).isTrue();
        return planOf(SqliteScans.inOrder(plan, scan.ranges().get(0), PAGE + 1));
    }

    private List<String> planOf(Sql sql) throws SQLException {
        List<String> plan = new ArrayList<>(handle.explain().plan(sql.text(), sql.values()));
        // Searches and writes look the collection's revision up, once, by its key; that is no part of what is asked
        // here.
        int revision = plan.indexOf("SEARCH pagurus_collections USING PRIMARY KEY (name=?)");
        if (revision >= 0) {
            assertThat(plan.remove(revision)).isNotNull();
            assertThat(plan.remove(revision - 1)).startsWith("SCALAR SUBQUERY");
        }
        return plan;
    }
}
