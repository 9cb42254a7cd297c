package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Index;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a query is what the server does: held against the statement of the same page as the server has run it. */
class PostgresExplainTest {

    private static final int COUNT = 20_000;

    /** The branches of a statement, of which one is taken. */
    private static final Pattern TAKEN = Pattern.compile("One-Time Filter: \\(.* = '?(-?\\d+)'?(::integer)?\\)");

    private static final Asked ASKED = new Asked();
    private static final StoreConfig CONFIG =
            PostgresServer.newDatabase().provider(ASKED).build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final PostgresScans SCANS = new PostgresScans(new PostgresNames(SCHEMA), PostgresInstant.SERVERS);

    private static final Store STORE = Stores.open(CONFIG);
    private static final DocumentCollection<Entry> ENTRIES = STORE.collection(Entry.SCHEMA);
    private static final Connection CONNECTION = PostgresPlans.connect();
    private static final ByHand BY_HAND = new ByHand(CONNECTION, SCANS, SCHEMA + ".entries");

    @BeforeAll
    static void fill() throws SQLException {
        int[] next = {0};
        ENTRIES.insertAll(Entries.of(COUNT, 300), entry -> Entries.id(next[0]++), OnConflict.FAIL);
        PostgresServer.run("vacuum analyze " + SCHEMA + ".entries");
    }

    @AfterAll
    static void drop() throws SQLException {
        STORE.close();
        CONNECTION.close();
        PostgresServer.drop(CONFIG);
    }

    @Test
    void ofWhatIsGoneItIsSaidThatItIs() {
        Schema<Entry> schema = Schema.of("gone", Entry.class);
        DocumentCollection<Entry> gone = STORE.collection(schema);
        try (Store other = Stores.open(CONFIG)) {
            other.drop("gone");
        }
        assertThatThrownBy(() -> gone.query().explain(), "an explanation of what was dropped")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("dropped or renamed");
        assertThatThrownBy(
                        () -> STORE.runTransaction(
                                tx -> tx.collection(schema).query().explain()),
                        "the same in a transaction")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("dropped or renamed");
    }

    static List<QueryShape> shapes() {
        return QueryShapes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void whatIsSaidIsWhatIsDone(QueryShape shape) throws SQLException {
        String cursor = shape.pageBefore(ENTRIES).map(Page::nextCursor).orElse(null);
        ReadQuery<Entry> query = shape.on(ENTRIES).limit(QueryShape.LIMIT).startAfter(cursor);
        query.page();
        Plan plan = planOf(ASKED.scan());
        Explanation explanation = query.explain();

        @Nullable Integer taken = taken(plan);
        String words = explanation.words();
        boolean sorts = words.contains("is sorted by hand");
        if (taken == null) {
            assertThat(sorts)
                    .as("whether it is sorted, in: %s\n%s", explanation, plan)
                    .isEqualTo(plan.has("Sort Key: "));
        } else {
            assertThat(sorts)
                    .as("whether it is sorted, in: %s\n%s", explanation, plan)
                    .isEqualTo(taken >= 0);
        }
        String done = String.join("\n", executed(plan));
        assertThat(indexes(words))
                .as("the indexes in: %s", explanation)
                .allSatisfy(
                        index -> assertThat(done).as("what the server has run").contains(index));
        assertThat(explanation.plan())
                .as("the server's plan")
                .doesNotContain("cost=")
                .contains("entries");
    }

    /** The server's statistics are as good for a count as they are. */
    @Test
    void theServerGuessesHowManyMatch() {
        assertThat(matching(ENTRIES.query())).isEqualTo(COUNT);
        assertThat(matching(ENTRIES.where(Entry.UNREAD.eq(true)))).isBetween(COUNT / 2L, (long) COUNT);
        assertThat(matching(ENTRIES.where(Entry.CODE.eq(Entries.code(1234))))).isOne();
    }

    @Test
    void anOldReleaseIsRefused() {
        Schema<Entry> first = Schema.of("old", Entry.class).index(Entry.AT);
        ReadQuery<Entry> old = STORE.collection(first).where(Entry.AT.isNotNull());
        assertThat(old.explain().missing()).isEmpty();
        STORE.collection(Schema.of("old", Entry.class).field(Entry.AT).revision(2));
        assertThatThrownBy(old::explain).isInstanceOf(SchemaException.class);
    }

    /** A name may hold what stands for a value in a statement. */
    @Test
    void theSchemaMayBeCalledAnything() throws SQLException {
        String strange = "what's \"this\"? $1";
        StoreConfig config = StoreConfig.builder(
                        CONFIG.url().replace("schema=" + SCHEMA, "schema=what%27s%20%22this%22%3F%20%241"))
                .build();
        try (Store store = Stores.open(config)) {
            Explanation explanation = store.collection(Entry.SCHEMA)
                    .where(Entry.OWNER.eq("x").or(Entry.TAGS.contains("y")))
                    .orderBy(Entry.SIZE.asc())
                    .explain();
            assertThat(explanation.words()).contains("index owner+score and index tags");
        } finally {
            PostgresServer.run("drop schema " + PostgresNames.quoted(strange) + " cascade");
        }
    }

    /** What was prepared for it is gone. */
    @Test
    void nothingIsLeftPrepared() throws SQLException {
        StoreConfig one = PostgresServer.newDatabase().build();
        try (Store store = Stores.open(one)) {
            DocumentCollection<Entry> entries = store.collection(Entry.SCHEMA);
            for (int i = 0; i < 3; i++) {
                entries.where(Entry.AT.isNotNull()).explain();
                store.runTransaction(tx ->
                        tx.collection(Entry.SCHEMA).where(Entry.OWNER.isNull()).explain());
            }
            assertThat(entries.where(Entry.AT.isNotNull()).explain().plan()).isNotEmpty();
        } finally {
            PostgresServer.drop(one);
        }
    }

    /** What a server says of a table without statistics is made up. */
    @Test
    void onlyWhatTheServerKnowsIsTold() throws SQLException {
        StoreConfig one = PostgresServer.newDatabase().build();
        try (Store store = Stores.open(one)) {
            DocumentCollection<Entry> entries = store.collection(Entry.SCHEMA);
            int[] next = {0};
            entries.insertAll(Entries.of(40, 3), entry -> Entries.id(next[0]++), OnConflict.FAIL);
            ReadQuery<Entry> query = entries.where(Entry.SIZE.gte(0L));
            assertThat(query.explain().words()).doesNotContain("Matching");
            PostgresServer.run("analyze " + one.options().text("schema", "") + ".entries");
            assertThat(matching(query)).isEqualTo(40);
            entries.where(Entry.AT.isNotNull()).deleteAll();
            assertThat(query.explain().words()).contains("Matching documents: few or none.");
        } finally {
            PostgresServer.drop(one);
        }
    }

    @Test
    void idsAreSearchedFor() {
        Explanation explanation = ENTRIES.where(Entry.SCHEMA.id().in(Entries.id(7), Entries.id(8)))
                .orderBy(Entry.SIZE.asc())
                .explain();
        assertThat(explanation.words()).contains("Goes along id, which has the whole filter.");
        assertThat(explanation.missing()).isEmpty();
        assertThat(ENTRIES.where(Entry.SCHEMA.id().in(Entries.id(7), Entries.id(8)))
                        .explain()
                        .words())
                .contains("Goes along id, which has the whole filter.");
    }

    /** Returns how the server runs the statement that gives the page. */
    private static Plan planOf(Scan scan) throws SQLException {
        int step = 0;
        PostgresScans.Documents documents = SCANS.documents(scan, false, step);
        while (!documents.decides() && BY_HAND.isUndecided(documents.sql())) {
            documents = SCANS.documents(scan, false, ++step);
        }
        return Plan.of(CONNECTION, documents.sql(), true);
    }

    /** Returns the number of the branch that was run; null where there was nothing to choose. */
    private static @Nullable Integer taken(Plan plan) {
        List<String> lines = plan.lines();
        for (int i = 0; i + 1 < lines.size(); i++) {
            Matcher filter = TAKEN.matcher(lines.get(i));
            if (filter.find()) {
                int child = i + 1;
                while (child < lines.size() && isOfTheChoice(lines.get(child))) {
                    child++;
                }
                if (child < lines.size() && !lines.get(child).contains("never executed")) {
                    return Integer.valueOf(filter.group(1));
                }
            }
        }
        return null;
    }

    /** Between a branch's condition and what it does stands where that is looked up. */
    private static boolean isOfTheChoice(String line) {
        return !line.contains("->") || line.contains("CTE Scan on taken");
    }

    private static List<String> executed(Plan plan) {
        return plan.lines().stream()
                .filter(line -> !line.contains("never executed"))
                .toList();
    }

    private static List<String> indexes(String words) {
        List<String> names = new ArrayList<>();
        String along = words.lines()
                .filter(line -> line.startsWith("Goes along "))
                .map(line -> line.substring("Goes along ".length(), line.indexOf(',')))
                .collect(Collectors.joining());
        for (String name : along.isEmpty() ? new String[0] : along.split(" and ", -1)) {
            names.add(name.equals("id") ? "entries$r1" : "entries$by$" + nameOf(name.substring("index ".length())));
        }
        return names;
    }

    private static String nameOf(String fields) {
        return Entry.SCHEMA.indexes().stream()
                .filter(index -> index.terms().stream()
                        .map(term -> term.field().name())
                        .collect(Collectors.joining("+"))
                        .equals(fields))
                .map(Index::name)
                .findFirst()
                .orElseThrow();
    }

    private static long matching(ReadQuery<Entry> query) {
        String line = query.explain()
                .words()
                .lines()
                .filter(one -> one.startsWith("Matching documents: about "))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
