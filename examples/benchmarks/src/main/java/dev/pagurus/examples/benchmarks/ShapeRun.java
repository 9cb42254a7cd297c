package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import dev.pagurus.examples.benchmarks.plans.HandPlan;
import dev.pagurus.examples.benchmarks.plans.PostgresPlans;
import dev.pagurus.examples.benchmarks.plans.SqlitePlans;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds query shapes against the best of the plans by hand. Each plan is tried once cold and once warm, and given up when it
 * takes several times as long as the best so far; the best few are then called in turn with Pagurus, so that what else the
 * machine does meets all of them.
 */
record ShapeRun(Plan plan, Cell cell, Place place) {

    /** So many plans may turn out to be the best when they are measured again. */
    private static final int FINALISTS = 3;

    private static final Duration LEAST_LIMIT = Duration.ofMillis(250);

    /** How long the first plans may take, until one of them has come to its end. */
    private static final List<Duration> FIRST_LIMITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMinutes(3));

    /** What is so much slower than the best when it is tried is not measured again. */
    private static final int CLOSE = 2;

    private static final int MOST_CALLS = 1000;

    /** A call whose time is taken; it returns ids, or a number. */
    private interface Call {
        List<String> run() throws SQLException;
    }

    record Tried(HandPlan plan, HandStatement statement, long nanos) {}

    /** Fills a place with entries, and returns whether that was necessary. */
    static boolean fill(Place place, int documents, int body) {
        if (isFilled(place, documents)) {
            return false;
        }
        System.out.println("Filling " + place.name() + " on " + place.engine() + ".");
        place.clear();
        try (Store store = Stores.open(place.pagurusUrl())) {
            Iterator<String> ids =
                    IntStream.range(0, documents).mapToObj(Entries::id).iterator();
            long written = store.collection(Entry.SCHEMA)
                    .insertAll(Entries.of(documents, body), entry -> ids.next(), OnConflict.FAIL)
                    .written();
            if (written != documents) {
                throw new IllegalStateException("Only " + written + " of " + documents + " entries were written.");
            }
        }
        return true;
    }

    private static boolean isFilled(Place place, int documents) {
        try (Store store = Stores.open(place.pagurusUrl())) {
            return store.collection(Entry.SCHEMA).query().count() == documents;
        }
    }

    /** Measures each shape of the plan, and passes it on. */
    void run(Consumer<Comparison> measured) {
        try (Store store = Stores.open(place.pagurusUrl());
                HandConnections connections = new HandConnections(place)) {
            DocumentCollection<Entry> entries = store.collection(Entry.SCHEMA);
            for (QueryShape shape : plan.shapes()) {
                measured.accept(compare(connections, entries, shape));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Comparison compare(HandConnections connections, DocumentCollection<Entry> entries, QueryShape shape)
            throws SQLException {
        Optional<Page<Entry>> before = shape.pageBefore(entries);
        @Nullable String cursor = before.map(Page::nextCursor).orElse(null);
        Call ours = shape.ask() == QueryShape.Ask.COUNT
                ? () -> List.of(String.valueOf(shape.on(entries).count()))
                : () -> shape.page(entries, cursor).stream().map(Document::id).toList();
        List<Tried> best = best(connections, shape, after(shape, before), ours.run());
        Comparison comparison = inTurn(shape, ours, best);
        for (Tried one : best) {
            one.statement().close();
        }
        return comparison;
    }

    private static List<String> after(QueryShape shape, Optional<Page<Entry>> before) {
        return before.map(page -> {
                    Document<Entry> last = page.items().get(page.items().size() - 1);
                    return SqlitePlans.after(shape, last.id(), last.value());
                })
                .orElse(List.of());
    }

    /** Tries all plans, each of which must give the same answer, and returns the fastest ones. */
    private List<Tried> best(HandConnections connections, QueryShape shape, List<String> after, List<String> answer)
            throws SQLException {
        List<HandPlan> plans = plans(shape, after);
        for (Duration first : FIRST_LIMITS) {
            List<Tried> tried = tried(connections, shape, plans, answer, first);
            if (!tried.isEmpty()) {
                return tried;
            }
        }
        throw new IllegalStateException("None of " + plans.size() + " plans by hand came to an end: " + shape);
    }

    static List<Tried> tried(
            HandConnections connections, QueryShape shape, List<HandPlan> plans, List<String> answer, Duration first)
            throws SQLException {
        List<Tried> best = new ArrayList<>();
        for (HandPlan hand : plans) {
            Optional<HandStatement> prepared = HandStatement.of(connections, shape, hand);
            if (prepared.isEmpty()) {
                continue;
            }
            HandStatement statement = prepared.get();
            Duration limit = best.isEmpty()
                    ? first
                    : Duration.ofNanos(
                            Math.max(LEAST_LIMIT.toNanos(), 3 * best.get(0).nanos()));
            Optional<List<String>> cold = statement.run(limit);
            if (cold.isEmpty()) {
                statement.close();
                continue;
            }
            if (!cold.get().equals(answer)) {
                throw new IllegalStateException("Pagurus and a plan by hand differ in '" + shape + "': " + answer
                        + " is not " + cold.get() + " of " + hand.sql());
            }
            long started = System.nanoTime();
            statement.run();
            best.add(new Tried(hand, statement, System.nanoTime() - started));
            best.sort(Comparator.comparing(Tried::nanos));
            while (best.size() > FINALISTS
                    || best.get(best.size() - 1).nanos() > CLOSE * best.get(0).nanos()) {
                best.remove(best.size() - 1).statement().close();
            }
        }
        return best;
    }

    private List<HandPlan> plans(QueryShape shape, List<String> after) throws SQLException {
        return cell.engine() == Engine.SQLITE
                ? SqlitePlans.of(shape, indexes(), after)
                : PostgresPlans.of(shape, after);
    }

    /** Returns the names of SQLite's indexes, of the primary key too. */
    private List<String> indexes() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = place.openSqlite();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from pragma_index_list('entries')")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private Comparison inTurn(QueryShape shape, Call ours, List<Tried> plans) throws SQLException {
        List<Call> calls = new ArrayList<>(List.of(ours));
        plans.forEach(tried -> calls.add(tried.statement()::run));
        List<List<Figures>> figures = new ArrayList<>();
        for (Call call : calls) {
            measure(call, 3 * sliceMillis());
            figures.add(new ArrayList<>());
        }
        for (int round = 0; round < plan.pairs(); round++) {
            for (int i = 0; i < calls.size(); i++) {
                figures.get(i).add(measure(calls.get(i), sliceMillis()));
            }
        }
        int best = IntStream.rangeClosed(1, plans.size())
                .boxed()
                .min(Comparator.comparing(i -> Comparison.mean(figures.get(i), Figures::p50us)))
                .orElseThrow();
        return new Comparison(
                cell,
                Measure.TIME,
                Comparison.BEST_PLAN,
                shape.name(),
                plans.get(best - 1).plan().name(),
                figures.get(0),
                figures.get(best));
    }

    private int sliceMillis() {
        return plan.measureMillis() / (plan.quick() ? 100 : 10);
    }

    /** Calls for a while and returns the median and what is beside it; the rate is that of median calls. */
    private static Figures measure(Call call, int millis) throws SQLException {
        long[] nanos = new long[MOST_CALLS];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int calls = 0;
        while (calls == 0 || (calls < MOST_CALLS && System.nanoTime() < end)) {
            long started = System.nanoTime();
            call.run();
            nanos[calls++] = System.nanoTime() - started;
        }
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        double median = micros(sorted, 0.5);
        return new Figures(1_000_000 / median, median, micros(sorted, 0.99), micros(sorted, 0.999));
    }

    private static double micros(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
    }
}
