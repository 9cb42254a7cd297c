package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Index;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.documents.SqliteSearch;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a query is what SQLite does: held against the statements that the search runs, and SQLite's plan of them. */
class SqliteExplainTest {

    private static final int ENTRIES = 5000;

    /** What a guess may be wrong by: of 500 that are looked at, the share is known to some hundredths. */
    private static final long OFF = ENTRIES / 12;

    @TempDir
    private static Path directory;

    private static final ScanRecorder RECORDER = new ScanRecorder();

    private static @Nullable Store store;
    private static @Nullable Connection connection;
    private static @Nullable Explain plans;

    @BeforeAll
    static void fill() throws Exception {
        Path file = directory.resolve("entries.db");
        store = Stores.open(RECORDER, StoreConfig.of("sqlite:" + file + "?synchronous=off"));
        AtomicInteger next = new AtomicInteger();
        store.collection(Entry.SCHEMA)
                .insertAll(Entries.of(ENTRIES, 300), entry -> Entries.id(next.getAndIncrement()), OnConflict.FAIL);
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        plans = new Explain(file);
    }

    @AfterAll
    static void close() throws SQLException {
        if (plans != null && connection != null && store != null) {
            plans.close();
            connection.close();
            store.close();
        }
    }

    static Stream<QueryShape> shapes() {
        return QueryShapes.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void whatIsSaidIsWhatIsDone(QueryShape shape) throws SQLException {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        String cursor = shape.pageBefore(entries).map(Page::nextCursor).orElse(null);
        ReadQuery<Entry> query = shape.on(entries).limit(QueryShape.LIMIT).startAfter(cursor);
        query.page();
        List<String> plan = planOf(RECORDER.last());
        Explanation explanation = query.explain();

        assertThat(explanation.plan().lines().map(String::strip).toList())
                .as("SQLite's plan in: %s", explanation)
                .isEqualTo(plan);
        String words = explanation.words();
        assertThat(words.contains("is sorted by hand"))
                .as("whether it is sorted, in: %s", explanation)
                .isEqualTo(plan.contains("USE TEMP B-TREE FOR ORDER BY"));
        assertThat(words.contains("Every document of the collection is looked at"))
                .as("whether the whole table is read, in: %s", explanation)
                .isEqualTo(plan.contains("SCAN entries"));
        assertThat(indexes(words))
                .as("the indexes in: %s", explanation)
                .allSatisfy(index -> assertThat(plan).as("SQLite's plan").anyMatch(line -> line.contains(index)));
        assertThat(matching(words))
                .as("how many match, in: %s", explanation)
                .isBetween(shape.on(entries).count() - OFF, shape.on(entries).count() + OFF);
    }

    /** Runs the search itself, and returns the plan of the statement that gave the documents. */
    private static List<String> planOf(Scan scan) throws SQLException {
        List<Sql> run = new ArrayList<>();
        SqliteSearch.ofDocuments(
                        sql -> {
                            run.add(sql);
                            PreparedStatement statement = open(connection).prepareStatement(sql.text());
                            for (int i = 0; i < sql.values().size(); i++) {
                                statement.setObject(i + 1, sql.values().get(i));
                            }
                            statement.closeOnCompletion();
                            return statement.executeQuery();
                        },
                        scan)
                .run();
        List<Sql> readers =
                run.stream().filter(sql -> sql.text().contains("body")).toList();
        // Of several ranges that one after the other were read in order, the first.
        Sql last = readers.get(readers.size() - 1);
        return open(plans).plan(last.text(), last.values());
    }

    /** Returns what the indexes that are named are called in the database. */
    private static List<String> indexes(String words) {
        List<String> names = new ArrayList<>();
        String along = words.lines()
                .filter(line -> line.startsWith("Goes along "))
                .map(line -> line.substring("Goes along ".length(), line.indexOf(',')))
                .collect(Collectors.joining());
        for (String name : along.isEmpty() ? new String[0] : along.split(" and ", -1)) {
            names.add(
                    name.equals("id")
                            ? "sqlite_autoindex_entries_1"
                            : "entries$by$" + nameOf(name.substring("index ".length())));
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

    private static long matching(String words) {
        String line = words.lines()
                .filter(one -> one.startsWith("Matching documents: "))
                .findFirst()
                .orElseThrow();
        return line.endsWith(": few or none.") ? 0 : Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    @Test
    void fewAreCounted() {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        assertThat(matching(entries.where(Entry.CODE.eq(Entries.code(1234)))
                        .explain()
                        .words()))
                .isOne();
        ReadQuery<Entry> rare = entries.where(Entry.TAGS.contains("rare").and(Entry.SIZE.gte(0L)));
        assertThat(matching(rare.explain().words())).isEqualTo(rare.count());
    }

    @Test
    void ofACollectionWithGapsNoMoreAreGuessedThanThereAre(@TempDir Path other) {
        try (Store one = Stores.open("sqlite:" + other.resolve("entries.db"))) {
            DocumentCollection<Entry> entries = one.collection(Entry.SCHEMA);
            AtomicInteger next = new AtomicInteger(10_000);
            entries.insertAll(
                    Entries.of(20_000, 3), entry -> Integer.toString(next.getAndIncrement()), OnConflict.FAIL);
            for (int gone = 11_500; gone < 29_000; gone += 1500) {
                entries.where(Entry.SCHEMA.id().lt(Integer.toString(gone))).deleteAll();
                assertThat(matching(entries.where(Entry.SIZE.gte(0L)).explain().words()))
                        .as("how many match when %s are gone", gone)
                        .isBetween(1L, entries.query().count());
            }
        }
    }

    @Test
    void whatNoSampleShowsMayBeThere() {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        assertThat(entries.where(Entry.SIZE.eq(-1L)).explain().words()).contains("Matching documents: few or none.");
    }

    @Test
    void idsAreSearchedFor() {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        ReadQuery<Entry> some = entries.where(Entry.SCHEMA.id().in(Entries.id(7), Entries.id(8)));
        assertThat(some.explain().words())
                .contains("\nGoes along id, which has the whole filter.\nNothing is sorted.\n");
        assertThat(some.explain().missing()).isEmpty();
        Explanation sorted = some.orderBy(Entry.SIZE.asc()).explain();
        assertThat(sorted.words()).contains("Goes along id, which has the whole filter.\nWhat is found is sorted");
        assertThat(sorted.missing()).isEmpty();
        assertThat(entries.where(Entry.SCHEMA
                                .id()
                                .in(Entries.id(7), Entries.id(8))
                                .and(Entry.SIZE.gte(0L)))
                        .explain()
                        .words())
                .contains(
                        "Goes along id, which has a part of the filter. What it leads to is looked at by hand: size.");
    }

    /** SQLite goes along an index that has the first fields of the order by itself, and sorts what is equal in them. */
    @Test
    void aPartOfTheOrderIsFoundAndTheRestSorted() {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        List<ReadQuery<Entry>> queries = List.of(
                entries.query().orderBy(Entry.AT.desc()).thenBy(Entry.SIZE.asc()),
                entries.query()
                        .orderBy(Entry.AT.desc())
                        .thenBy(Entry.SIZE.asc())
                        .thenBy(Entry.LANGUAGE.asc()),
                entries.query().orderBy(Entry.UNREAD.asc()).thenBy(Entry.SIZE.asc()),
                entries.query()
                        .orderBy(Entry.OWNER.asc())
                        .thenBy(Entry.SCORE.asc())
                        .thenBy(Entry.SIZE.asc()),
                entries.query().orderBy(Entry.SIZE.asc()).thenBy(Entry.LANGUAGE.asc()),
                entries.where(Entry.SIZE.gte(0L)).orderBy(Entry.AT.asc()).thenBy(Entry.LANGUAGE.asc()));
        int along = 0;
        for (ReadQuery<Entry> query : queries) {
            Explanation explanation = query.limit(20).explain();
            String words = explanation.words();
            assertThat(words.contains("is sorted by hand"))
                    .as("whether it is sorted, in: %s", explanation)
                    .isEqualTo(explanation.plan().contains("USE TEMP B-TREE FOR "));
            Matcher index = Pattern.compile("SCAN entries USING (COVERING )?INDEX entries\\$by\\$(\\S+)")
                    .matcher(explanation.plan());
            if (index.find()) {
                along++;
                assertThat(words)
                        .as("the index in: %s", explanation)
                        .containsPattern("looked at, along index [a-z+]+[.,]")
                        .contains("along index "
                                + index.group(2).replaceAll("_desc|_asc", "").replace('_', '+'));
            } else {
                assertThat(words).as("no index in: %s", explanation).doesNotContain("along");
            }
        }
        assertThat(along).as("how many go along an index").isPositive();
    }

    @Test
    void aPageOfTextForPeople() {
        DocumentCollection<Entry> entries = open(store).collection(Entry.SCHEMA);
        assertThat(entries.where(Entry.UNREAD.eq(true).and(Entry.SIZE.gt(7L)))
                        .orderBy(Entry.AT.desc())
                        .limit(20)
                        .explain()
                        .toString()
                        .replaceAll("about [0-9,]+", "about N"))
                .isEqualTo("""
                        Of 'entries' where unread = ? and size > ? order by at desc.
                        Goes along index at, which has the order and nothing of the filter. What it leads to is looked at by hand: unread, size.
                        Nothing is sorted.
                        Not taken now: index unread+feed; which way is shorter depends on the values.
                        Matching documents: about N.
                        Either of the missing indexes helps by itself: the first has the order, the second more of the filter.
                        The engine's own plan:
                            SCALAR SUBQUERY 1
                              SEARCH pagurus_collections USING PRIMARY KEY (name=?)
                            SCAN entries USING INDEX entries$by$at
                        Missing in the schema:
                            .index(UNREAD, AT)
                            .index(UNREAD, SIZE)""");
    }

    @Test
    void whatAnAdministratorHasDroppedIsToldBySqliteAlone(@TempDir Path other) throws Exception {
        Path file = other.resolve("jobs.db");
        try (Store one = Stores.open("sqlite:" + file)) {
            DocumentCollection<Job> jobs = one.collection(Job.SCHEMA);
            jobs.put("a", new Job(7));
            OtherProgram.run(file, "drop index `jobs$by$owner`");
            Explanation explanation = jobs.where(Job.OWNER.eq("owner-7")).explain();
            assertThat(explanation.words()).contains("Declared: index owner for the filter.");
            assertThat(explanation.plan()).contains("SCAN jobs").doesNotContain("by$owner");
        }
    }

    @Test
    void anOldReleaseIsRefused(@TempDir Path other) {
        String url = "sqlite:" + other.resolve("notes.db");
        try (Store one = Stores.open(url)) {
            DocumentCollection<Note> old = one.collection(Note.SCHEMA);
            one.collection(Note.NEXT_SCHEMA);
            assertThatThrownBy(() -> old.where(Note.STATUS.eq(Note.Status.OPEN)).explain())
                    .isInstanceOf(SchemaException.class);
        }
    }

    private static <T> T open(@Nullable T opened) {
        if (opened == null) {
            throw new IllegalStateException("It was not opened.");
        }
        return opened;
    }
}
