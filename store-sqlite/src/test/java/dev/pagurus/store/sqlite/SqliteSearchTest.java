package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.documents.SqliteMatches;
import dev.pagurus.store.sqlite.documents.SqliteSearch;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No search takes more than three times the steps of the best statement that one could write by hand, wherever the
 * documents lie and however many there are, and whatever statistics SQLite has.
 */
@ParameterizedClass
@EnumSource
class SqliteSearchTest {

    enum Statistics {
        NONE,
        OF_ANALYZE
    }

    private static final int ENTRIES = 5000;
    private static final double TIMES = 3;

    /** Where going in order costs a little more than sorting, and that was found out by going. */
    private static final double TIMES_AT_WORST = 4;

    /** What looking costs where there is next to nothing to do: about a tenth of a millisecond. */
    private static final long AT_LEAST = 2000;

    @TempDir
    private static Path directory;

    private static final Map<Statistics, Handle> HANDLES = new EnumMap<>(Statistics.class);

    private final Handle handle;

    private record Handle(Store store, ScanRecorder recorder, Steps steps) {

        static Handle on(Path file) throws SQLException {
            ScanRecorder recorder = new ScanRecorder();
            Store store = Stores.open(recorder, StoreConfig.of("sqlite:" + file + "?synchronous=off"));
            return new Handle(store, recorder, new Steps(file));
        }
    }

    SqliteSearchTest(Statistics statistics) {
        this.handle = Objects.requireNonNull(HANDLES.get(statistics));
    }

    @BeforeAll
    static void fill() throws Exception {
        Path filled = directory.resolve("filled.db");
        try (Store store = Stores.open(StoreConfig.of("sqlite:" + filled + "?synchronous=off"))) {
            AtomicInteger next = new AtomicInteger();
            store.collection(Entry.SCHEMA)
                    .insertAll(Entries.of(ENTRIES, 300), entry -> Entries.id(next.getAndIncrement()), OnConflict.FAIL);
            store.collection(Placed.SCHEMA).insertAll(Placed.all().stream(), Placed::id, OnConflict.FAIL);
        }
        Path analyzed = Files.copy(filled, directory.resolve("analyzed.db"));
        OtherProgram.run(analyzed, "analyze");
        HANDLES.put(Statistics.NONE, Handle.on(filled));
        HANDLES.put(Statistics.OF_ANALYZE, Handle.on(analyzed));
    }

    @AfterAll
    static void close() throws SQLException {
        for (Handle handle : HANDLES.values()) {
            handle.steps().close();
            handle.store().close();
        }
    }

    static Stream<QueryShape> shapes() {
        return QueryShapes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aShapeIsAnsweredAsTheBestStatementWould(QueryShape shape) throws SQLException {
        var entries = handle.store().collection(Entry.SCHEMA);
        String cursor = shape.pageBefore(entries).map(Page::nextCursor).orElse(null);
        shape.page(entries, cursor);
        Scan scan = handle.recorder().last();
        if (shape.ask() == QueryShape.Ask.COUNT) {
            requireGoodCount(scan.collection(), scan.filter(), shape.on(entries).count(), TIMES);
        } else {
            requireGood(scan, TIMES);
        }
    }

    static Stream<Arguments> placed() {
        List<List<Order<Placed>>> orders = List.of(List.of(Placed.AT.desc()), List.of(Placed.MIXED.asc()), List.of());
        return Placed.groups().stream().flatMap(group -> orders.stream().map(order -> Arguments.of(group, order)));
    }

    @ParameterizedTest
    @MethodSource("placed")
    void itDoesNotMatterWhereTheDocumentsLie(String group, List<Order<Placed>> order) throws SQLException {
        var placed = handle.store().collection(Placed.SCHEMA);
        for (Filter<Placed> filter : List.<Filter<Placed>>of(
                Placed.GROUP.eq(group), Placed.GROUP.eq(group).and(Placed.MIXED.gte(0L)))) {
            ReadQuery<Placed> query = placed.where(filter);
            for (Order<Placed> term : order) {
                query = query.orderBy(term);
            }
            query.limit(QueryShape.LIMIT).page();
            Scan scan = handle.recorder().last();
            requireGood(scan, TIMES_AT_WORST);
            requireGoodCount(
                    scan.collection(), scan.filter(), placed.where(filter).count(), TIMES_AT_WORST);
        }
    }

    @Test
    void idsBoundTheIndexOfATag() {
        var entries = handle.store().collection(Entry.SCHEMA);
        var id = Entry.SCHEMA.id();
        for (Filter<Entry> bound : List.<Filter<Entry>>of(
                id.isNull(),
                id.isNull().not(),
                id.eq(Entries.id(7)),
                id.in(List.of(Entries.id(1), Entries.id(2), Entries.id(3), Entries.id(4))),
                id.startsWith("entry-7"))) {
            Filter<Entry> both = Entry.TAGS.contains("common").and(bound);
            List<String> found =
                    entries.where(both).list().stream().map(Document::id).toList();
            assertThat(found)
                    .as(bound.toString())
                    .isEqualTo(entries.where(bound).list().stream()
                            .filter(entry -> entry.value().tags().contains("common"))
                            .map(Document::id)
                            .toList());
        }
    }

    private void requireGood(Scan scan, double times) throws SQLException {
        Steps steps = handle.steps();
        steps.start(Long.MAX_VALUE);
        List<String> found = SqliteSearch.ofDocuments(steps::query, scan).run().documents().stream()
                .map(StoredDocument::id)
                .toList();
        long taken = steps.counted();
        requireNoneBetter(HandWritten.pages(scan), taken, times);
        steps.start(Long.MAX_VALUE);
        List<String> right =
                Objects.requireNonNull(steps.column(HandWritten.pages(scan).get(0)));
        assertThat(found).isEqualTo(right.subList(0, Math.min(scan.maxDocuments(), right.size())));
    }

    private void requireGoodCount(CollectionDefinition collection, Condition filter, long counted, double times)
            throws SQLException {
        Steps steps = handle.steps();
        steps.start(Long.MAX_VALUE);
        SqliteMatches matches = SqliteMatches.of(collection, filter);
        try (ResultSet row = matches.count(steps::query)) {
            assertThat(row.getLong(1)).isEqualTo(counted);
        }
        long taken = steps.counted();
        List<Sql> handWritten = HandWritten.counts(collection, filter);
        requireNoneBetter(handWritten, taken, times);
        steps.start(Long.MAX_VALUE);
        assertThat(steps.column(handWritten.get(0))).containsExactly(Long.toString(counted));
    }

    private void requireNoneBetter(List<Sql> handWritten, long taken, double times) throws SQLException {
        if (taken <= AT_LEAST) {
            return;
        }
        long most = (long) ((taken - AT_LEAST) / times);
        for (Sql sql : handWritten) {
            handle.steps().start(most);
            assertThat(handle.steps().column(sql))
                    .as("found in fewer than %s of %s steps: %s", most, taken, sql.text())
                    .isNull();
        }
    }
}
