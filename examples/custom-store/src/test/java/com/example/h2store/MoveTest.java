package com.example.h2store;

import static com.example.h2store.Oddity.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagurus.store.*;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that holds the strangest documents moves from SQLite to PostgreSQL, to H2 and back to SQLite, and is the same in
 * the end. Your store needs no such test; this one tests Pagurus.
 */
class MoveTest {

    private static final int INDEXED_DOCUMENTS = 60_000;
    private static final int SELECT_DOCUMENTS = 25_000;
    private static final int RAW_DOCUMENTS = 15_000;

    /** What StoreConfig allows if it is not told otherwise. */
    private static final int LARGEST_BODY = 16 << 20;

    /** {@code -Dmove.seed=} runs the same one again. */
    private final long seed = Long.getLong("move.seed", System.nanoTime());

    private final Oddities oddities = new Oddities(seed);
    private final long started = System.nanoTime();

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void fromSqliteToPostgresToH2AndBackNothingIsLostOrChanged() throws Exception {
        say("seed " + seed);
        StoreConfig first = StoreConfig.of("sqlite:" + directory.resolve("first.db"));
        StoreConfig h2 = StoreConfig.of("h2:" + directory.resolve("h2"));
        StoreConfig last = StoreConfig.of("sqlite:" + directory.resolve("last.db"));
        fill(first);
        say("filled");
        try (EmbeddedPostgres server = startServer()) {
            StoreConfig postgres =
                    StoreConfig.of("postgres://postgres@localhost:" + server.getPort() + "/postgres?pool.minIdle=0");
            copyWhileSomebodyWrites(first, postgres);
            CopyResult stopped = Stores.copy(first, postgres, CopyOptions.DEFAULT.withOverwrite());
            say("brought up to date: " + stopped.documents() + " documents, " + stopped.bytes() + " bytes");
            assertEquals(stopped, Stores.copy(postgres, h2, CopyOptions.DEFAULT));
            say("PostgreSQL to H2");
            assertEquals(stopped, Stores.copy(h2, last, CopyOptions.DEFAULT));
            say("H2 to SQLite");
            assertEquals(stopped, Stores.compare(first, last, CopyOptions.DEFAULT));
            say("compared the first and the last");
            requireSameAnswers(first, List.of(postgres, h2, last));
            say("asked all four");
        }
    }

    private static EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private void fill(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(EMPTY);
            insert(store.collection(INDEXED), Stream.generate(oddities::next).limit(INDEXED_DOCUMENTS));
            insert(store.collection(SELECT), Stream.generate(oddities::next).limit(SELECT_DOCUMENTS));
            DocumentCollection<String> raw = store.collection(RAW);
            insert(raw, Stream.generate(() -> oddities.text(3_000)).limit(RAW_DOCUMENTS));
            raw.insert("the largest", "x".repeat(LARGEST_BODY));
            raw.insert("the largest of others", "\uD83D\uDE00".repeat(LARGEST_BODY / 4));
            for (int i = 0; i < 10; i++) {
                raw.insert(oddities.id(), oddities.text(2 << 20));
            }
            // Versions that differ from the time of creation.
            store.collection(INDEXED).query().limit(2_000).list().forEach(found -> store.collection(INDEXED)
                    .replace(found.withValue(oddities.next())));
        }
        for (String time : List.of("1970-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999Z")) {
            Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
            try (Store store = Stores.open(config.toBuilder().clock(clock).build())) {
                store.collection(INDEXED).insert("at " + time, oddities.next());
            }
        }
    }

    private <T> void insert(DocumentCollection<T> collection, Stream<T> values) {
        BulkResult result = collection.insertAll(values, value -> oddities.id(), OnConflict.FAIL);
        assertTrue(result.failures().isEmpty(), () -> "seed " + seed + ": " + result.failures());
    }

    /** The writer always has as many pairs as the counter says, each with a number and its opposite. */
    private void copyWhileSomebodyWrites(StoreConfig source, StoreConfig target) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        try (Store store = Stores.open(source)) {
            CopyResult before = Stores.compare(source, source, CopyOptions.DEFAULT);
            say("read");
            DocumentCollection<Oddity> pairs = store.collection(PAIRS);
            pairs.put("counter", ofNumber(0));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (long i = 1; !enough.get(); i++) {
                    long number = i;
                    store.runTransaction(tx -> {
                        DocumentCollection<Oddity> inside = tx.collection(PAIRS);
                        inside.put("counter", ofNumber(number));
                        inside.put("a" + number % 1_000, ofNumber(number));
                        inside.put("z" + number % 1_000, ofNumber(-number));
                    });
                    written.set(number);
                }
            });
            CopyResult copied;
            long earlier;
            try {
                while (written.get() < 2_000) {
                    Thread.onSpinWait();
                }
                earlier = written.get();
                copied = Stores.copy(source, target, CopyOptions.DEFAULT);
            } finally {
                enough.set(true);
                writer.join();
            }
            long meanwhile = written.get() - earlier;
            say("SQLite to PostgreSQL, beside " + meanwhile + " transactions");
            assertTrue(meanwhile > 100, "transactions while it was copied: " + meanwhile);
            assertEquals(
                    before.collections(),
                    copied.collections().stream()
                            .filter(one -> !one.name().equals(PAIRS.name()))
                            .toList());
        }
        requireOneStateOfPairs(target, written.get());
    }

    private static void requireOneStateOfPairs(StoreConfig copy, long most) {
        try (Store store = Stores.open(copy)) {
            DocumentCollection<Oddity> pairs = store.collection(PAIRS);
            long counter = pairs.get("counter").orElseThrow().value().number();
            assertTrue(counter >= 2_000 && counter <= most, "the counter is " + counter);
            Map<String, Long> numbers = pairs.query().stream()
                    .collect(Collectors.toMap(Document::id, document -> document.value().number()));
            for (long number = counter; number > counter - 1_000; number--) {
                assertEquals(number, numbers.get("a" + number % 1_000));
                assertEquals(-number, numbers.get("z" + number % 1_000));
            }
        }
    }

    /** Asks what an application would: by id, by field, in order, counted. */
    private void requireSameAnswers(StoreConfig source, List<StoreConfig> copies) {
        List<Object> wanted = answers(source);
        for (StoreConfig copy : copies) {
            assertEquals(wanted, answers(copy), () -> "seed " + seed + ", answers of " + copy.redactedUrl());
        }
    }

    private static List<Object> answers(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Oddity> indexed = store.collection(INDEXED);
            DocumentCollection<Oddity> select = store.collection(SELECT);
            DocumentCollection<String> raw = store.collection(RAW);
            return List.of(
                    indexed.query().orderBy(TEXT.desc()).limit(300).list(),
                    indexed.query().orderBy(KIND.asc()).thenBy(TIME.desc()).limit(300).list(),
                    indexed.query().orderBy(NUMBER.desc()).thenBy(TEXT.asc()).limit(300).list(),
                    indexed.where(REAL.eq(Double.NEGATIVE_INFINITY)).count(),
                    indexed.where(REAL.eq(0.0).and(FLAG.eq(true))).count(),
                    indexed.where(TAGS.contains("{NULL}").or(TAGS.contains(""))).list(),
                    indexed.where(TAGS.isEmpty().and(CODE.isNull())).count(),
                    indexed.query().countBy(KIND),
                    select.query().limit(500).list(),
                    raw.getAll(List.of("the largest", "the largest of others")),
                    raw.query().count(),
                    store.collection(EMPTY).query().count(),
                    store.summaries());
        }
    }

    private void say(String what) {
        System.out.println("move: " + (System.nanoTime() - started) / 1_000_000 + " ms " + what);
    }
}
