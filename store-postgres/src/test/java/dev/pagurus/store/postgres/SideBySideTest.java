package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise itself: the same random operations on SQLite and on PostgreSQL get the same answers, one by one. */
class SideBySideTest {

    private static final long SEED = 20260501;
    private static final int OPERATIONS = Boolean.getBoolean("pagurus.long") ? 10_000 : 2_000;
    private static final String[] TEXTS = {"", "a", "A", "ä", "a\u0308", "ab", "z", "\uFFFF", "\uD83D\uDE00", "%", "_"};

    record Piece(
            @Nullable String text,
            @Nullable Long number,
            @Nullable Double real,
            Set<String> tags) {}

    private static final TextField<Piece> TEXT = TextField.of("text", Piece::text);
    private static final LongField<Piece> NUMBER = LongField.of("number", Piece::number);
    private static final DoubleField<Piece> REAL = DoubleField.of("real", Piece::real);
    private static final ManyField<Piece> TAGS = ManyField.of("tags", Piece::tags);
    private static final Schema<Piece> SCHEMA = Schema.of("pieces", Piece.class)
            .index(TEXT)
            .index(NUMBER.desc(), TEXT.asc())
            .uniqueIndex(REAL)
            .index(TAGS);

    @TempDir
    Path directory;

    /** Both stores live in the same time, which moves with each operation and now and then goes back. */
    private Instant now = Instant.parse("2026-05-01T08:00:00Z");

    private final InstantSource time = () -> now;

    @Test
    void randomOperationsHaveEqualAnswers() throws Exception {
        StoreConfig postgres = PostgresServer.newDatabase().clock(clock()).build();
        StoreConfig sqlite = StoreConfig.builder("sqlite:" + directory.resolve("pieces.db"))
                .clock(clock())
                .build();
        try (Store one = Stores.open(postgres);
                Store other = Stores.open(sqlite)) {
            DocumentCollection<Piece> here = one.collection(SCHEMA);
            DocumentCollection<Piece> there = other.collection(SCHEMA);
            Random seeds = new Random(SEED);
            for (int i = 0; i < OPERATIONS; i++) {
                long seed = seeds.nextLong();
                now = now.plusMillis(i % 7 == 0 ? -3 : 5);
                assertThat(answer(here, new Random(seed)))
                        .as("operation %d of seed %d", i, SEED)
                        .isEqualTo(answer(there, new Random(seed)));
            }
            assertThat(here.query().list()).isEqualTo(there.query().list()).isNotEmpty();
        } finally {
            PostgresServer.drop(postgres);
        }
    }

    private Clock clock() {
        return time.withZone(ZoneOffset.UTC);
    }

    private static String answer(DocumentCollection<Piece> pieces, Random random) {
        try {
            return String.valueOf(operate(pieces, random));
        } catch (StoreException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static @Nullable Object operate(DocumentCollection<Piece> pieces, Random random) {
        String id = id(random);
        return switch (random.nextInt(16)) {
            case 0 -> pieces.insert(id, piece(random));
            case 1, 2 -> pieces.put(id, piece(random));
            case 3 -> pieces.get(id).map(found -> pieces.replace(found.withValue(piece(random))));
            case 4 -> pieces.replace(id, 1777622400000000L, piece(random));
            case 5 -> pieces.update(id, found -> piece(random));
            case 6 ->
                pieces.compute(id, found -> java.util.Optional.of(piece(random)).filter(p -> random.nextBoolean()));
            case 7 -> pieces.delete(id);
            case 8 -> random.nextInt(20) == 0 ? pieces.where(filter(random, 1)).deleteAll() : pieces.exists(id);
            case 9 ->
                pieces.insertAll(IntStream.range(0, 3).mapToObj(i -> piece(random)), p -> id(random), OnConflict.SKIP);
            case 10 -> pieces.where(filter(random, 3)).count();
            case 11 -> pieces.query().countBy(TAGS) + " " + pieces.query().countBy(TEXT);
            case 12 -> pieces.getAll(List.of(id, id(random), id(random)));
            default -> pages(ordered(pieces.where(filter(random, 2)), random).limit(1 + random.nextInt(9)));
        };
    }

    /** The ids of all pages, with where they are cut. */
    private static String pages(Query<Piece> query) {
        StringBuilder ids = new StringBuilder();
        String cursor = null;
        do {
            Page<Piece> page = query.startAfter(cursor).page();
            ids.append(page.items().stream().map(Document::id).toList());
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids.toString();
    }

    private static Query<Piece> ordered(Query<Piece> query, Random random) {
        List<Order<Piece>> orders = List.of(
                TEXT.asc(),
                TEXT.desc(),
                NUMBER.asc(),
                NUMBER.desc(),
                REAL.asc(),
                REAL.desc(),
                SCHEMA.updatedAt().desc());
        Order<Piece> first = orders.get(random.nextInt(orders.size()));
        Order<Piece> second = orders.get(random.nextInt(orders.size()));
        Query<Piece> ordered = query.orderBy(first);
        return first.field().name().equals(second.field().name()) ? ordered : ordered.thenBy(second);
    }

    private static Filter<Piece> filter(Random random, int depth) {
        if (depth > 0 && random.nextBoolean()) {
            Filter<Piece> one = filter(random, depth - 1);
            Filter<Piece> other = filter(random, depth - 1);
            return random.nextBoolean() ? one.and(other) : one.or(other.not());
        }
        return switch (random.nextInt(9)) {
            case 0 -> TEXT.startsWith(text(random));
            case 1 -> TEXT.lte(text(random));
            case 2 -> TEXT.ne(text(random));
            case 3 -> NUMBER.between(random.nextInt(6) - 3, random.nextInt(6));
            case 4 -> NUMBER.in(1, 2, 3);
            case 5 -> REAL.isNull();
            case 6 -> REAL.gt(random.nextInt(40) - 20);
            case 7 -> TAGS.containsAny(text(random), text(random));
            default -> TAGS.isEmpty();
        };
    }

    private static Piece piece(Random random) {
        Set<String> tags = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add(text(random));
        }
        return new Piece(
                random.nextInt(5) == 0 ? null : text(random),
                random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(9) - 4),
                random.nextInt(3) == 0 ? null : Double.valueOf(random.nextInt(400) / 8.0 - 25),
                tags);
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static String id(Random random) {
        return "p" + random.nextInt(60);
    }
}
