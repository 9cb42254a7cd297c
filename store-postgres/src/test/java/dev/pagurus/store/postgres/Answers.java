package dev.pagurus.store.postgres;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a store answers to each kind of call, as texts: on an empty store with a clock that stands still, the same calls have
 * the same answers.
 */
final class Answers {

    /** What the two Javas write in two ways, so that a literal of it is a warning on one of them. */
    private static final double SHORTEST = Double.parseDouble("1e23");

    private static final int DOCUMENTS = 60;
    private static final int PAGE = 9;

    private static final List<Double> REALS = List.of(
            0.1,
            -1.0 / 3,
            Math.PI,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.nextUp(1.0),
            SHORTEST,
            123456789.12345679);

    private static final List<String> TEXTS = List.of(
            "NULL",
            "null",
            "a\\b",
            "it's",
            "\"q\"",
            "\\'",
            "\u00e9\uD83D\uDE00",
            " x ",
            "{a,b}",
            "line\nbreak",
            "E'x'");

    record Sample(
            int n,
            @Nullable String text,
            @Nullable Long number,
            @Nullable Double real,
            @Nullable Instant at,
            @Nullable Boolean flag,
            Set<String> tags) {

        static Sample of(int n) {
            String text = TEXTS.get(n % TEXTS.size());
            return new Sample(
                    n,
                    n % 7 == 0 ? null : text,
                    n % 11 == 0 ? null : n * 1_000_000_000_000L,
                    n % 13 == 0 ? null : REALS.get(n % REALS.size()),
                    n % 5 == 0
                            ? null
                            : Instant.parse("0001-01-01T00:00:00.000001Z").plusSeconds(n * 1_000_000_000L),
                    n % 3 == 0 ? null : n % 2 == 0,
                    n % 4 == 0 ? Set.of() : n % 3 == 0 ? Set.of("all") : Set.of("all", text));
        }

        Sample with(double other) {
            return new Sample(n, text, number, other, at, flag, tags);
        }
    }

    private static final TextField<Sample> TEXT = TextField.of("text", Sample::text);
    private static final LongField<Sample> NUMBER = LongField.of("number", Sample::number);
    private static final DoubleField<Sample> REAL = DoubleField.of("real", Sample::real);
    private static final InstantField<Sample> AT = InstantField.of("at", Sample::at);
    private static final BooleanField<Sample> FLAG = BooleanField.of("flag", Sample::flag);
    private static final ManyField<Sample> TAGS = ManyField.of("tags", Sample::tags);
    private static final DoubleField<Sample> THIRD =
            DoubleField.of("third", sample -> sample.real() == null ? null : sample.real() / 3);

    private static final Schema<Sample> FIRST = Schema.of("samples", Sample.class)
            .uniqueIndex(NUMBER)
            .index(TEXT, REAL)
            .index(REAL)
            .index(TAGS)
            .field(AT)
            .field(FLAG);

    private static final Schema<Sample> SECOND = FIRST.index(THIRD).revision(2);
    private static final Schema<Sample> FEW = Schema.of("few", Sample.class).index(TEXT);

    private final Store store;
    private final Map<String, String> answers = new LinkedHashMap<>();

    private Answers(Store store) {
        this.store = store;
    }

    /**
     * Uses a store that is empty.
     *
     * @param directory where a file may be written
     */
    static Map<String, String> of(Store store, Path directory) throws Exception {
        Answers all = new Answers(store);
        DocumentCollection<Sample> samples = store.collection(FIRST);
        all.writes(samples);
        all.searches("", samples);
        all.sessions();
        DocumentCollection<Sample> upgraded = store.collection(SECOND);
        all.searches("upgraded: ", upgraded);
        all.add("by a new field", ids(upgraded.query().orderBy(THIRD.asc())));
        all.conflicts();
        Path export = directory.resolve("export.zip");
        Files.deleteIfExists(export);
        all.add("content", store.exportTo(export, CopyOptions.DEFAULT));
        return all.answers;
    }

    private void add(String call, Object answer) {
        answers.put(call, answer.toString());
    }

    private void refused(String call, Class<? extends Exception> type, Runnable run) {
        try {
            run.run();
            add(call, "not refused");
        } catch (RuntimeException e) {
            add(call, type.isInstance(e) ? type.getSimpleName() : e);
        }
    }

    private void writes(DocumentCollection<Sample> samples) {
        add("insertAll", samples.insertAll(samples(0, DOCUMENTS).stream(), one -> "s" + one.n(), OnConflict.FAIL));
        add("insertAll again", samples.insertAll(samples(50, 70).stream(), one -> "s" + one.n(), OnConflict.SKIP));
        add("putAll", samples.putAll(samples(20, 25).stream(), one -> "s" + one.n(), OnConflict.FAIL));
        for (int n : List.of(70, 77, 91, 110)) {
            add("put " + n, samples.put("s" + n, Sample.of(n)));
        }
        refused("insert", DuplicateIdException.class, () -> samples.insert("s1", Sample.of(200)));
        refused("unique", UniqueViolationException.class, () -> samples.put("other", Sample.of(1)));
        add("update", samples.update("s1", found -> found.with(0.1 + 0.2)));
        add("replace", samples.replace(samples.get("s5").orElseThrow()));
        add("updateAll", samples.where(REAL.eq(0.1)).updateAll(found -> found.with(0.7)));
        add("deleteAll", samples.where(REAL.eq(SHORTEST)).deleteAll());
        add("delete", samples.delete("s2"));
    }

    private static List<Sample> samples(int from, int to) {
        return IntStream.range(from, to).mapToObj(Sample::of).toList();
    }

    private void searches(String when, DocumentCollection<Sample> samples) {
        add(when + "get", samples.get("s1"));
        add(when + "getAll", new TreeMap<>(samples.getAll(List.of("s1", "s5", "s11", "none"))));
        add(when + "list", samples.query().list());
        for (ScalarField<Sample, ?> field : List.<ScalarField<Sample, ?>>of(TEXT, NUMBER, REAL, AT, FLAG)) {
            add(when + "pages by " + field.name(), pages(samples.query().orderBy(field.asc())));
            add(when + "pages down by " + field.name(), pages(samples.query().orderBy(field.desc())));
            add(when + "without " + field.name(), ids(samples.where(field.isNull())));
        }
        add(
                when + "select",
                samples.query().select(TEXT, NUMBER, REAL, AT, FLAG, TAGS).list());
        add(
                when + "countBy",
                List.of(
                        sorted(samples.query().countBy(TEXT)),
                        sorted(samples.query().countBy(REAL)),
                        sorted(samples.query().countBy(FLAG)),
                        sorted(samples.query().countBy(TAGS))));
        List<Filter<Sample>> filters = List.of(
                TEXT.eq("NULL"),
                TEXT.in(List.of("a\\b", "null")),
                TEXT.ne("it's"),
                TEXT.startsWith("\\"),
                REAL.gt(Math.PI),
                REAL.eq(Math.nextUp(1.0)),
                REAL.in(List.of(Double.MIN_VALUE, 0.7)),
                AT.lt(Instant.parse("1000-01-01T00:00:00Z")),
                FLAG.eq(true).and(NUMBER.isNotNull()),
                TAGS.contains("all"),
                TAGS.containsAny("NULL", "a\\b", "\"q\""),
                TAGS.isEmpty(),
                TAGS.contains("all").not());
        for (int i = 0; i < filters.size(); i++) {
            add(when + "filter " + i, ids(samples.where(filters.get(i))));
            add(when + "count " + i, samples.where(filters.get(i)).count());
        }
    }

    private static Map<String, Long> sorted(Map<?, Long> counts) {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((value, count) -> sorted.put(String.valueOf(value), count));
        return sorted;
    }

    private static String ids(Query<Sample> query) {
        return query.list().stream().map(Document::id).collect(Collectors.joining(" "));
    }

    private static String pages(Query<Sample> query) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Sample> page = query.limit(PAGE).startAfter(cursor).page();
            page.items().forEach(one -> ids.add(one.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return String.join(" ", ids);
    }

    private void sessions() {
        add(
                "snapshot",
                store.<String, RuntimeException>snapshot(view -> view.collection(FIRST)
                        .where(TAGS.contains("all"))
                        .list()
                        .toString()));
        store.runTransaction(tx -> {
            DocumentCollection<Sample> inside = tx.collection(FIRST);
            refused("insert inside", DuplicateIdException.class, () -> inside.insert("s1", Sample.of(201)));
            refused("unique inside", UniqueViolationException.class, () -> inside.put("other", Sample.of(1)));
            inside.put("inside", Sample.of(202));
            add("putAll inside", inside.putAll(samples(203, 206).stream(), one -> "s" + one.n(), OnConflict.FAIL));
        });
    }

    /** Transactions that have to do with different documents do not meet. */
    private void conflicts() {
        DocumentCollection<Sample> few = store.collection(FEW);
        samples(1, 7).forEach(one -> few.insert("f" + one.n(), one));
        AtomicInteger attempts = new AtomicInteger();
        store.runTransaction(tx -> {
            attempts.incrementAndGet();
            tx.collection(FEW).get("f1");
            CompletableFuture.runAsync(() -> store.runTransaction(other -> {
                        other.collection(FEW).get("f4");
                        other.collection(FEW).put("f3", Sample.of(3).with(0.5));
                    }))
                    .join();
            tx.collection(FEW).put("f2", Sample.of(2).with(0.5));
        });
        add("attempts", attempts);
    }
}
