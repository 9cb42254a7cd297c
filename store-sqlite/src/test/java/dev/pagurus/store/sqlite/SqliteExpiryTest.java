package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.documents.SqliteMatches;
import dev.pagurus.store.sqlite.documents.SqlitePlan;
import dev.pagurus.store.sqlite.documents.SqliteScans;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of documents that expire is in the file, and that no plan is another one because they do. */
class SqliteExpiryTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Schema<Item> NOTES = Item.schema("notes").expiresAt(Item.TIME);

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock(START);
    private Path file;
    private StoreConfig config;
    private Store store;
    private DocumentCollection<Item> notes;

    @BeforeEach
    void open() {
        file = directory.resolve("notes.db");
        config = StoreConfig.builder("sqlite:" + file + "?synchronous=off")
                .clock(clock)
                .build();
        store = Stores.open(config);
        notes = store.collection(NOTES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Item until(long seconds) {
        return Item.NOTHING.withTime(START.plusSeconds(seconds));
    }

    private long rows(String table) throws SQLException {
        return Long.parseLong(
                OtherProgram.query(file, "select count(*) from " + table).get(0));
    }

    @Test
    void eachWriteRemovesAHundredAsLongAsThereAreSoMany() throws SQLException {
        notes.insertAll(
                IntStream.range(0, 250).mapToObj(i -> until(10).withNumber(i).tagged("t")),
                one -> "n" + one.number(),
                OnConflict.FAIL);
        clock.advanceSeconds(10);
        notes.put("a", Item.NOTHING);
        assertThat(rows("notes")).as("rows after one write").isEqualTo(151);
        assertThat(rows("notes$by$tags")).as("tags after one write").isEqualTo(150);
        store.runTransaction(tx -> tx.collection(NOTES).delete("nothing"));
        assertThat(rows("notes")).as("rows after a transaction").isEqualTo(51);
        notes.where(Item.TEXT.eq("nothing")).deleteAll();
        assertThat(rows("notes")).as("rows after three writes").isEqualTo(1);
        notes.put("b", until(10).withNumber(1));
        notes.put("c", Item.NOTHING);
        assertThat(rows("notes")).as("rows a moment after").isEqualTo(3);
        clock.advanceSeconds(1);
        notes.put("c", Item.NOTHING);
        assertThat(rows("notes")).as("rows a second after").isEqualTo(2);
    }

    @Test
    void aWriteRemovesWhatIsInItsWayAndNothingElse() throws SQLException {
        notes.put("a", until(10).withCode("a").tagged("t"));
        notes.put("b", until(10).withCode("b"));
        notes.put("c", until(10).withCode("c"));
        clock.advanceSeconds(5);
        notes.put("now", until(99)); // looks for what has expired, and so does not look again at once
        clock.set(START.plusSeconds(10).minusNanos(1_000));
        notes.put("now", until(99));
        clock.set(START.plusSeconds(10));
        notes.insert("a", Item.NOTHING.withCode("b"));
        assertThat(OtherProgram.query(file, "select id from notes order by id")).containsExactly("a", "c", "now");
        assertThat(rows("notes$by$tags")).as("tags").isZero();
    }

    @Test
    void aTransactionThatIsUndoneHasRemovedNothing() throws SQLException {
        notes.put("a", until(10));
        clock.advanceSeconds(10);
        try {
            store.runTransaction(tx -> {
                tx.collection(NOTES).insert("a", Item.of("new"));
                throw new IllegalStateException("undone");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("undone");
        }
        assertThat(rows("notes")).as("rows").isEqualTo(1);
        assertThat(notes.get("a")).isEmpty();
    }

    @Test
    void noPlanIsLedByTheTime() throws SQLException {
        CollectionDefinition expiring = definition();
        CollectionDefinition plain = expiring.withoutExpiry();
        List<Condition> filters = List.of(
                Condition.EVERYTHING,
                new Condition.Compare("color", Condition.Operator.EQ, "RED"),
                new Condition.Compare("flag", Condition.Operator.EQ, true),
                new Condition.ContainsAny("tags", List.of("t")),
                new Condition.Compare("time", Condition.Operator.LT, 5L));
        List<List<Sort>> orders = List.of(
                List.of(new Sort("id", false)),
                List.of(new Sort("time", true), new Sort("id", true)),
                List.of(new Sort("text", false), new Sort("id", false)));
        try (Explain explain = new Explain(file)) {
            for (Condition filter : filters) {
                for (List<Sort> order : orders) {
                    SqlitePlan one = plan(expiring, filter, order);
                    SqlitePlan other = plan(plain, filter, order);
                    assertThat(one.isServed()).as("%s by %s", filter, order).isEqualTo(other.isServed());
                    assertThat(plan(explain, SqliteScans.sorted(one, null, 20)))
                            .isEqualTo(plan(explain, SqliteScans.sorted(other, null, 20)));
                    if (one.inOrder() != null) {
                        assertThat(plan(explain, SqliteScans.inOrder(one, Range.ALL, 20)))
                                .isEqualTo(plan(explain, SqliteScans.inOrder(other, Range.ALL, 20)));
                        assertThat(plan(explain, SqliteScans.walk(one, Range.ALL)))
                                .isEqualTo(plan(explain, SqliteScans.walk(other, Range.ALL)));
                    }
                }
                SqliteMatches matches = SqliteMatches.of(expiring, filter);
                assertThat(plan(explain, matches.count(new SqliteMatches.Path(matches.exact(), false))))
                        .as("a count of %s", filter)
                        .noneMatch(line -> line.contains("MULTI-INDEX OR") || line.contains("time>"));
            }
            assertThat(explain.plan(new SqliteStatements(expiring).removeExpired, List.of(5L, 100)))
                    .anyMatch(line ->
                            line.matches("SEARCH notes USING (COVERING )?INDEX notes\\$by\\$time \\(time<\\?\\)"));
            assertThat(explain.plan(new SqliteStatements(expiring).get, List.of("a", 5L)))
                    .containsExactly("SEARCH notes USING INDEX sqlite_autoindex_notes_1 (id=?)");
        }
    }

    @Test
    void statementsOfDocumentsThatStayAreAsBefore() {
        CollectionDefinition plain = definition().withoutExpiry();
        SqliteStatements sql = new SqliteStatements(plain);
        assertThat(List.of(sql.insert, sql.put, sql.replace, sql.replaceVersion, sql.delete, sql.get, sql.rows))
                .noneMatch(text -> text.contains("coalesce") || text.contains("case when"));
    }

    private static SqlitePlan plan(CollectionDefinition collection, Condition filter, List<Sort> order) {
        return SqlitePlan.of(new Scan(collection, filter, order, List.of(Range.ALL), 20, Scan.CHUNK_BYTES));
    }

    private static List<String> plan(Explain explain, Sql sql) throws SQLException {
        return explain.plan(sql.text(), sql.values(() -> 5L));
    }

    private CollectionDefinition definition() {
        try (StoreEngine engine = new SqliteStoreProvider().open(config)) {
            return engine.definitions().stream()
                    .filter(one -> one.name().equals("notes"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
