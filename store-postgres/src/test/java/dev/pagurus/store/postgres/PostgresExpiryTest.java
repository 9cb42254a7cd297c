package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that expire by the server's clock, whose lists of writes are statements; and what their removal does to others. */
class PostgresExpiryTest {

    private static final Schema<Item> NOTES =
            Item.schema("notes").expiresAt(Item.TIME).changes(Duration.ofDays(1));

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.drop(config);
    }

    private static Item until(Instant end) {
        return Item.NOTHING.withTime(end);
    }

    private long rows() throws SQLException {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + schema + ".notes")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> ids(DocumentCollection<Item> notes) {
        return notes.query().list().stream().map(Document::id).toList();
    }

    /** Of a document that is put when its time has come, nothing is to be seen from the beginning. */
    @Test
    void theServersClockJudgesWithoutBeingAsked() throws SQLException {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Item> notes = store.collection(NOTES);
            Instant past = store.now().minusSeconds(60);
            Instant later = store.now().plusSeconds(3600);
            BulkResult put = notes.putAll(
                    IntStream.range(0, 20)
                            .mapToObj(i -> until(i % 2 == 0 ? past : later)
                                    .withNumber(i)
                                    .withCode("c" + i)
                                    .tagged("t")),
                    one -> "n" + (10 + Objects.requireNonNull(one.number())),
                    OnConflict.FAIL);
            assertThat(put.written()).isEqualTo(20);
            assertThat(notes.query().count()).isEqualTo(10);
            assertThat(notes.where(Item.TAGS.contains("t")).list()).hasSize(10);
            assertThat(notes.getAll(List.of("n10", "n11", "n12"))).containsOnlyKeys("n11");
            assertThat(notes.get("n10")).isEmpty();
            assertThat(notes.insertAll(
                                    Stream.of(10, 11, 12)
                                            .map(i -> until(later).withNumber(i).withCode("c" + (i + 2))),
                                    one -> "n" + one.number(),
                                    OnConflict.SKIP)
                            .written())
                    .as("inserts of which one id is held, and of the others the ids and values are free")
                    .isEqualTo(2);
            Document<Item> there = notes.get("n13").orElseThrow();
            Document<Item> changed = notes.replace(there.withValue(until(past)));
            assertThatThrownBy(() -> notes.replace(changed)).isInstanceOf(VersionConflictException.class);
            assertThat(notes.delete("n13")).isFalse();
            assertThat(notes.update("n14", item -> item)).isEmpty();
            Document<Item> anew = notes.put("n13", until(later));
            assertThat(anew.createdAt()).isAfter(there.createdAt());
            assertThat(anew.version()).isGreaterThan(changed.version());
            store.runTransaction(tx -> {
                DocumentCollection<Item> inside = tx.collection(NOTES);
                assertThat(inside.get("n16")).isEmpty();
                inside.insert("n16", until(later).withCode("c8"));
                assertThat(inside.get("n16")).isPresent();
                assertThat(inside.query().count()).isEqualTo(13);
            });
            store.removeExpired();
            assertThat(rows()).isEqualTo(notes.query().count()).isEqualTo(13);
            assertThat(notes.query().deleteAll()).isEqualTo(13);
        }
    }

    /** Each kind of list: a statement finds what it may write, and says of the rest what became of it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesOfManyCallersAreJudgedOneByOne(boolean given) throws Exception {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        StoreConfig judged =
                given ? config.toBuilder().clock(new SettableClock(now)).build() : config;
        try (Store store = Stores.open(judged)) {
            DocumentCollection<Item> notes = store.collection(NOTES);
            Instant past = store.now().minusSeconds(60);
            Instant later = store.now().plusSeconds(3600);
            List<Document<Item>> gone = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                gone.add(notes.put("n" + i, until(past).withNumber(i).withCode("c" + i)));
            }
            List<CompletableFuture<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int number = i;
                calls.add(CompletableFuture.supplyAsync(() -> switch (number % 4) {
                    case 0 ->
                        notes.put("n" + number, until(later).withCode("c" + (number + 1)))
                                        .version()
                                > gone.get(number).version();
                    case 1 -> !notes.delete("n" + number);
                    case 2 -> notes.update("n" + number, item -> item).isEmpty();
                    default ->
                        notes.insert("n" + number, until(later)).version()
                                > gone.get(number).version();
                }));
            }
            for (CompletableFuture<Boolean> call : calls) {
                assertThat(call.get()).isTrue();
            }
            assertThat(ids(notes)).hasSize(20).allMatch(id -> Integer.parseInt(id.substring(1)) % 4 % 3 == 0);
        }
    }

    @Test
    void removalPassesByWhatOthersAreWriting() throws Exception {
        Instant start = Instant.parse("2030-01-01T00:00:00Z");
        SettableClock early = new SettableClock(start);
        SettableClock late = new SettableClock(start.plusSeconds(60));
        try (Store writer = Stores.open(config.toBuilder().clock(early).build());
                Store remover = Stores.open(config.toBuilder().clock(late).build())) {
            DocumentCollection<Item> notes = writer.collection(NOTES);
            remover.collection(NOTES);
            for (String id : List.of("a", "b", "c")) {
                notes.put(id, until(start.plusSeconds(30)));
            }
            int[] runs = {0};
            writer.runTransaction(tx -> {
                runs[0]++;
                DocumentCollection<Item> inside = tx.collection(NOTES);
                inside.update("a", item -> until(start.plusSeconds(99)));
                assertThat(CompletableFuture.supplyAsync(remover::removeExpired).join())
                        .as("how many are removed beside the one that is being written")
                        .isEqualTo(2);
                assertThat(inside.query().count())
                        .as("what the transaction finds")
                        .isEqualTo(3);
                inside.put("d", until(start.plusSeconds(99)));
            });
            assertThat(runs[0]).as("runs of the transaction").isEqualTo(1);
            assertThat(ids(remover.collection(NOTES))).containsExactly("a", "d");
            assertThat(rows()).isEqualTo(2);
        }
    }

    @Test
    void laterWritesRemoveAHundredAtATime() throws SQLException {
        SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
        try (Store store = Stores.open(config.toBuilder().clock(clock).build())) {
            DocumentCollection<Item> notes = store.collection(NOTES);
            Instant end = clock.instant().plusSeconds(30);
            notes.insertAll(
                    IntStream.range(0, 250).mapToObj(i -> until(end).withNumber(i)),
                    one -> "n" + one.number(),
                    OnConflict.FAIL);
            clock.advanceSeconds(30);
            notes.put("a", Item.NOTHING);
            assertThat(rows()).isEqualTo(151);
            store.runTransaction(tx -> tx.collection(NOTES).put("a", Item.NOTHING));
            assertThat(rows()).isEqualTo(51);
            notes.putAll(Stream.of(Item.of("b"), Item.of("c")), Item::text, OnConflict.FAIL);
            assertThat(rows()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noPageIsLedByTheTime(boolean generic) throws SQLException {
        try (Store store = Stores.open(config)) {
            store.collection(NOTES);
        }
        // Nearly all have expired, so that the time would lead to few.
        PostgresServer.run("""
                insert into %1$s.notes (id, version, created_at, number, time, text, body)
                select 'd' || lpad(i::text, 7, '0'), i, i, i, case when i %% 1000 = 0 then null else 5 end, 't' || i, '{}'
                from generate_series(1, 20000) i;
                insert into %1$s.notes (id, version, created_at, number, time, text, body)
                select 'e' || lpad(i::text, 7, '0'), i, i, 100000 + i, null, 't', '{}' from generate_series(1, 1000) i;
                analyze %1$s.notes;
                """.formatted(schema));
        CollectionDefinition notes = PostgresPlans.definition(config);
        PostgresScans scans = new PostgresScans(new PostgresNames(schema), PostgresInstant.SERVERS);
        List<Sort> order = List.of(new Sort("number", true), new Sort("text", false), new Sort("id", false));
        Scan scan = new Scan(notes, Condition.EVERYTHING, order, List.of(Range.ALL), 20, Scan.CHUNK_BYTES);
        try (Connection connection = PostgresPlans.connect()) {
            Plan plan = Plan.of(connection, scans.documents(scan, false, 0).sql(), generic);
            assertThat(plan.mostRows()).as(plan.toString()).isLessThanOrEqualTo(21);
            assertThat(plan.toString()).doesNotContain("Bitmap", "Seq Scan");
        }
    }
}
