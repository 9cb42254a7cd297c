package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Schema changes of collections that hold documents. */
class SchemaChangeTest {

    private static final String LONG_NAME = "n".repeat(40);

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");
    private final Store store = Stores.open(config);

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.drop(config);
    }

    private void putTickets(int many) {
        store.collection(Ticket.SCHEMA)
                .putAll(
                        IntStream.range(0, many)
                                .mapToObj(i -> new Ticket(
                                        "t" + i,
                                        i % 2 == 0 ? "open" : "done",
                                        i % 3 == 0 ? null : (long) i,
                                        Set.of("a,\"\\" + i))),
                        Ticket::title,
                        OnConflict.FAIL);
    }

    @Test
    void columnsThatACrashLeftBehindAreReplaced() throws SQLException {
        putTickets(10);
        PostgresServer.run("alter table " + schema
                + ".tickets add column \"length$new\" text default 'stale', add column \"gone$new\" bigint");
        LongField<Ticket> length =
                LongField.of("length", ticket -> ticket.title().length());
        DocumentCollection<Ticket> changed =
                store.collection(Ticket.SCHEMA.index(length).revision(2));
        assertThat(changed.where(length.eq(2)).count()).isEqualTo(10);
        assertThat(columns("tickets")).doesNotContain("$new");
    }

    private static List<String> ids(Query<String> query) {
        return query.list().stream().map(Document::id).toList();
    }

    /** They travel joined, and are cut where they were. */
    @Test
    void setsOfAnyTextsAreFilledAsTheyAre() throws SQLException {
        List<Set<String>> sets = List.of(
                Set.of(),
                Set.of(""),
                Set.of("", "a"),
                Set.of("\u0001"),
                Set.of("\u0001\u0001", "\u0001a", "a\u0001"),
                Set.of("NULL", "null", "{}", "{a,b}", "a\"b", "a\\b", " ", "\n", "\ud83d\ude00"));
        Codec<String> codec = Codec.of(text -> text, text -> text);
        DocumentCollection<String> texts = store.collection(Schema.of("texts", codec));
        IntStream.range(0, sets.size()).forEach(i -> texts.put("t" + i, Integer.toString(i)));
        ManyField<String> first = ManyField.of("first", text -> sets.get(Integer.parseInt(text)));
        ManyField<String> second = ManyField.of("second", text -> sets.get(sets.size() - 1 - Integer.parseInt(text)));
        DocumentCollection<String> filled = store.collection(
                Schema.of("texts", codec).index(first).field(second).revision(2));
        for (int i = 0; i < sets.size(); i++) {
            for (String each : sets.get(i)) {
                assertThat(ids(filled.where(first.contains(each)))).contains("t" + i);
                assertThat(ids(filled.where(second.contains(each)))).contains("t" + (sets.size() - 1 - i));
            }
        }
        assertThat(ids(filled.where(first.isEmpty()))).containsExactly("t0");
        assertThat(filled.query().countBy(first))
                .isEqualTo(filled.query().countBy(second))
                .hasSize(15);
    }

    @Test
    void aUniqueIndexOverDuplicatesIsRefusedAndNothingIsLeft() throws SQLException {
        putTickets(10);
        String before = columns("tickets");
        TextField<Ticket> kind = TextField.of("kind", Ticket::status);
        assertThatThrownBy(
                        () -> store.collection(Ticket.SCHEMA.uniqueIndex(kind).revision(2)))
                .isInstanceOf(SchemaException.class)
                .hasMessageMatching(
                        "(?s).*the documents 't\\d' and 't\\d' have the same values.*Nothing was changed.*");
        assertThat(columns("tickets")).isEqualTo(before);
        store.collection(Ticket.SCHEMA).put("x", Ticket.of("x"));
    }

    @Test
    void documentsMayExchangeTheValuesOfAUniqueIndex() {
        putTickets(4);
        TextField<Ticket> turned = TextField.of(
                "title", ticket -> "t" + (Integer.parseInt(ticket.title().substring(1)) + 1) % 4);
        Schema<Ticket> second = Schema.of("tickets", Ticket.class)
                .uniqueIndex(turned)
                .index(Ticket.STATUS, Ticket.DUE)
                .revision(2);
        DocumentCollection<Ticket> changed = store.collection(second);
        assertThat(changed.where(turned.eq("t1")).list())
                .singleElement()
                .satisfies(found -> assertThat(found.id()).isEqualTo("t0"));
        assertThatThrownBy(() -> changed.put("new", Ticket.of("t3")))
                .isInstanceOf(dev.pagurus.store.UniqueViolationException.class);
    }

    @Test
    void aFieldMayChangeItsKindUnderPreparedStatements() {
        putTickets(20);
        DocumentCollection<Ticket> first = store.collection(Ticket.SCHEMA);
        // Twelve times: by then the server keeps plans, which return another type after the change.
        for (int i = 0; i < 12; i++) {
            first.query().orderBy(Ticket.DUE.asc()).list();
            first.put("t1", Ticket.of("t1").due(i));
        }
        DoubleField<Ticket> due = DoubleField.of("due", ticket -> ticket.due() == null ? null : ticket.due() / 2.0);
        DocumentCollection<Ticket> changed = store.collection(Schema.of("tickets", Ticket.class)
                .uniqueIndex(Ticket.TITLE)
                .index(Ticket.STATUS, due)
                .index(Ticket.TAGS)
                .revision(2));
        for (int i = 0; i < 12; i++) {
            assertThat(changed.query().orderBy(due.asc()).list()).hasSize(20);
            changed.put("t1", Ticket.of("t1").due(i));
        }
        assertThat(changed.where(due.eq(9.5)).count()).isEqualTo(1);
        assertThat(changed.where(Ticket.TAGS.contains("a,\"\\7")).count()).isEqualTo(1);
    }

    @Test
    void anOldProcessWithPlansFromBeforeTheChangeIsToldSo() {
        putTickets(20);
        try (Store old = Stores.open(config)) {
            DocumentCollection<Ticket> tickets = old.collection(Ticket.SCHEMA);
            for (int i = 0; i < 12; i++) {
                tickets.query().orderBy(Ticket.DUE.asc()).list();
                tickets.get("t1");
            }
            DoubleField<Ticket> due = DoubleField.of("due", ticket -> 0.5);
            store.collection(Schema.of("tickets", Ticket.class)
                    .index(due)
                    .index(Ticket.TAGS)
                    .revision(2));
            for (int i = 0; i < 12; i++) {
                assertThatThrownBy(
                                () -> tickets.query().orderBy(Ticket.DUE.asc()).list())
                        .isInstanceOf(SchemaException.class)
                        .hasMessageContaining("newer version");
                assertThatThrownBy(() -> old.snapshot(view -> view.collection(Ticket.SCHEMA)
                                .query()
                                .orderBy(Ticket.DUE.asc())
                                .list()))
                        .isInstanceOf(SchemaException.class)
                        .hasMessageContaining("newer version");
                assertThat(tickets.get("t1")).isPresent();
            }
        }
    }

    @Test
    void namesMayBeAsLongAsAllowed() {
        List<TextField<Ticket>> fields = IntStream.range(0, 3)
                .mapToObj(i -> TextField.<Ticket>of(LONG_NAME.substring(1) + i, Ticket::title)
                        .maxBytes(100))
                .toList();
        Schema<Ticket> first =
                Schema.of(LONG_NAME, Ticket.class).index(fields.get(0)).index(fields.get(0), fields.get(1));
        store.collection(first).put("a", Ticket.of("a"));
        Schema<Ticket> second = first.uniqueIndex(fields.get(2))
                .index(fields.get(0), fields.get(2))
                .index(fields.get(1).desc(), fields.get(0))
                .revision(2_000_000_000);
        assertThat(store.collection(second).where(fields.get(2).eq("a")).count())
                .isEqualTo(1);
        assertThat(store.collection(second).where(fields.get(1).eq("a")).count())
                .isEqualTo(1);
    }

    @RepeatedTest(3)
    void severalProcessesMayMakeTheSameChangeAtOnce() throws Exception {
        putTickets(3_000);
        LongField<Ticket> length =
                LongField.of("length", ticket -> ticket.title().length());
        Schema<Ticket> second = Ticket.SCHEMA.index(length).revision(2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> counts = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Store other = Stores.open(config)) {
                            return other.collection(second).where(length.gte(2)).count();
                        }
                    }))
                    .toList();
            for (Future<Long> count : counts) {
                assertThat(count.get()).isEqualTo(3_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void largeBodiesAreRefilledFewAtATime() {
        String large = "x".repeat(6 << 20);
        DocumentCollection<Ticket> tickets = store.collection(Schema.of("large", Ticket.class));
        for (int i = 0; i < 6; i++) {
            tickets.put("l" + i, new Ticket(large, "open", 1L, Set.of()));
        }
        LongField<Ticket> length =
                LongField.of("length", ticket -> ticket.title().length());
        Schema<Ticket> second = Schema.of("large", Ticket.class).index(length).revision(2);
        assertThat(store.collection(second).where(length.eq(6 << 20)).count()).isEqualTo(6);
    }

    private String columns(String table) throws SQLException {
        return PostgresWaits.answer(
                "select string_agg(column_name, ',' order by column_name) from information_schema.columns"
                        + " where table_schema = '" + schema + "' and table_name = '" + table + "'");
    }
}
