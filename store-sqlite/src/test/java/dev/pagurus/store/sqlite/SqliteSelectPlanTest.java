package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Field;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.documents.SqliteSearch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are answered by the index alone where one has all that is named: every statement that a search runs is looked at. */
class SqliteSelectPlanTest {

    private static final int DOCUMENTS = 5000;

    private static final Schema<Job> SCHEMA = Schema.of("jobs", Job.CODEC)
            .index(Job.STATUS, Job.DUE)
            .index(Job.OWNER, Job.DUE)
            .index(Job.OWNER, Job.PRIORITY)
            .index(Job.DUE)
            .uniqueIndex(Job.CODE)
            .index(Job.TAGS);

    @TempDir
    private static Path directory;

    private static final ScanRecorder RECORDER = new ScanRecorder();

    private static @Nullable Store store;
    private static @Nullable Connection connection;
    private static @Nullable Explain plans;

    @BeforeAll
    static void fill() throws SQLException {
        Path file = directory.resolve("jobs.db");
        store = Stores.open(RECORDER, StoreConfig.of("sqlite:" + file + "?synchronous=off"));
        store.collection(SCHEMA).insertAll(IntStream.range(0, DOCUMENTS).mapToObj(Job::new), Job::id, OnConflict.FAIL);
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        plans = new Explain(file);
    }

    @AfterAll
    static void close() throws SQLException {
        Objects.requireNonNull(plans).close();
        Objects.requireNonNull(connection).close();
        Objects.requireNonNull(store).close();
    }

    @Test
    void aWayInOrderAnswersAlone() throws SQLException {
        assertAlone(
                "jobs$by$status_due",
                jobs().where(Job.STATUS.eq(Job.Status.DONE)).orderBy(Job.DUE.desc()),
                Job.DUE);
        assertAlone(
                "jobs$by$status_due",
                jobs().orderBy(Job.STATUS.asc()).thenBy(Job.DUE.asc()),
                Job.STATUS,
                SCHEMA.id(),
                Job.DUE);
        assertAlone("sqlite_autoindex_jobs_1", jobs(), SCHEMA.id());
    }

    @Test
    void aWayThatIsWalkedAnswersAlone() throws SQLException {
        assertAlone(
                "jobs$by$status_due",
                jobs().where(Job.DUE.isNotNull()).orderBy(Job.STATUS.asc()).thenBy(Job.DUE.asc()),
                Job.STATUS);
    }

    @Test
    void aWayToTheFilterAnswersAloneThoughAnotherIndexBeginsAlike() throws SQLException {
        assertAlone("jobs$by$owner_priority", jobs().where(Job.OWNER.eq("owner-7")), Job.PRIORITY);
        assertAlone(
                "jobs$by$owner_priority",
                jobs().where(Job.OWNER.in(List.of("owner-7", "owner-8")).and(Job.PRIORITY.isNotNull()))
                        .orderBy(Job.PRIORITY.desc()),
                Job.OWNER);
    }

    @Test
    void aWholeIndexIsGoneThroughInsteadOfTheTable() throws SQLException {
        assertAlone("jobs$by$owner_priority", jobs().orderBy(Job.PRIORITY.asc()), Job.OWNER);
    }

    @Test
    void otherwiseFieldsAreReadAndNoBodies() throws SQLException {
        List<Run> due = run(jobs().where(Job.STATUS.eq(Job.Status.DONE)).orderBy(Job.DUE.asc()), Job.PRIORITY);
        assertThat(due.get(0).plan()).containsExactly("SEARCH jobs USING INDEX jobs$by$status_due (status=?)");
        List<Run> tagged = run(jobs().where(Job.TAGS.contains("tag-7")).orderBy(Job.PRIORITY.desc()), Job.CODE);
        assertThat(tagged.get(tagged.size() - 1).plan())
                .contains("SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)", "USE TEMP B-TREE FOR ORDER BY");
        // A unique index has no ids, which end the order.
        List<Run> unique = run(jobs().orderBy(Job.CODE.asc()), Job.CODE);
        assertThat(unique.get(0).plan()).contains("SCAN jobs USING INDEX jobs$by$code");
        // The values of a many-field are in the document, and in no index by document.
        List<Run> tags = run(jobs(), SCHEMA.id(), Job.TAGS);
        assertThat(tags.get(0).plan()).contains("SCAN jobs USING INDEX sqlite_autoindex_jobs_1");
        for (List<Run> runs : List.of(due, tagged, unique, tags)) {
            assertThat(runs).as("what was run").noneMatch(run -> run.readsBodies());
        }
    }

    /** What was run, and its plan. */
    private record Run(String sql, List<String> plan) {

        /** Their lengths are in the heads of rows. */
        boolean readsBodies() {
            return sql.replace("octet_length(body)", "").contains("body");
        }

        boolean touchesTheTable() {
            return plan.stream()
                    .anyMatch(line -> line.matches("(SEARCH|SCAN) jobs( |$).*")
                            && !line.contains("COVERING")
                            && !line.startsWith("SCAN jobs$"));
        }
    }

    private static ReadQuery<Job> jobs() {
        return Objects.requireNonNull(store).collection(SCHEMA).query().limit(20);
    }

    private static void assertAlone(String index, ReadQuery<Job> query, Field<?, ?>... fields) throws SQLException {
        List<Run> runs = run(query, fields);
        assertThat(runs).as("all that was run").noneMatch(Run::touchesTheTable).noneMatch(Run::readsBodies);
        // Not always the last one: a walk is begun before it is known that nothing else is shorter.
        assertThat(runs.stream().flatMap(run -> run.plan().stream()))
                .as("the plans of all that was run")
                .anyMatch(line -> line.contains(" jobs USING COVERING INDEX " + index));
    }

    /** Runs the search itself, with what the layers above it have made of the query. */
    private static List<Run> run(ReadQuery<Job> query, Field<?, ?>... fields) throws SQLException {
        List<String> rows = query.select(fields).page().rows().stream()
                .map(Object::toString)
                .toList();
        Scan scan = RECORDER.last();
        List<Sql> statements = new ArrayList<>();
        int found = SqliteSearch.ofRows(
                        sql -> {
                            statements.add(sql);
                            PreparedStatement statement =
                                    Objects.requireNonNull(connection).prepareStatement(sql.text());
                            for (int i = 0; i < sql.values().size(); i++) {
                                statement.setObject(i + 1, sql.values().get(i));
                            }
                            statement.closeOnCompletion();
                            return statement.executeQuery();
                        },
                        scan,
                        Arrays.stream(fields).map(Field::name).toList())
                .run()
                .rows()
                .size();
        assertThat(found).as("how many rows came").isEqualTo(rows.size()).isPositive();
        List<Run> runs = new ArrayList<>();
        for (Sql sql : statements) {
            List<String> plan = new ArrayList<>(Objects.requireNonNull(plans).plan(sql.text(), sql.values()));
            // The collection's revision is looked up once, by its key.
            plan.removeIf(line -> line.startsWith("SCALAR SUBQUERY") || line.contains("pagurus_collections"));
            runs.add(new Run(sql.text(), plan));
        }
        return runs;
    }
}
