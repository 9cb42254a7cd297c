package dev.pagurus.examples.benchmarks.fields;

import dev.pagurus.examples.benchmarks.Server;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures pages of documents beside pages of three of their fields, on each engine, and prints a table. Argument: quick,
 * which shows that it works, or long, which takes about two minutes.
 */
public final class FieldsOnly {

    private static final int PAGE = 100;

    private FieldsOnly() {}

    /** Starts it. */
    public static void main(String[] arguments) throws Exception {
        print(run(arguments.length > 0 && arguments[0].equals("long") ? Amounts.LONG : Amounts.QUICK));
    }

    /**
     * How much is measured.
     *
     * @param megabytes of bodies
     */
    record Amounts(int megabytes, int rounds, List<Integer> bodies) {
        static final Amounts QUICK = new Amounts(1, 10, List.of(3_000));
        static final Amounts LONG = new Amounts(150, 1_500, List.of(3_000, 30_000));
    }

    /** Microseconds of a page, the median. */
    record Line(String engine, int body, double documents, double rows, double alone) {}

    static List<Line> run(Amounts amounts) throws IOException {
        Path folder = Files.createTempDirectory("pagurus-fields");
        try (Server server = new Server()) {
            List<Line> lines = new ArrayList<>();
            for (int body : amounts.bodies()) {
                lines.add(line("sqlite", "sqlite:" + folder.resolve(body + ".db"), body, amounts));
                String url = "postgres://postgres@" + server.address() + "/postgres?schema=b" + body;
                lines.add(line("postgres", url, body, amounts));
            }
            return lines;
        } finally {
            delete(folder);
        }
    }

    private static Line line(String engine, String url, int body, Amounts amounts) {
        try (Store store = Stores.open(url)) {
            AtomicInteger next = new AtomicInteger();
            store.collection(Post.SCHEMA)
                    .insertAll(
                            IntStream.range(0, Math.max(2 * PAGE, amounts.megabytes() * 1_000_000 / body))
                                    .mapToObj(number -> Post.any(number, body)),
                            post -> "p" + next.getAndIncrement(),
                            OnConflict.FAIL);
            ReadQuery<Post> query = store.collection(Post.SCHEMA)
                    .query()
                    .orderBy(Post.AT.desc())
                    .thenBy(Post.TITLE.desc())
                    .limit(PAGE);
            List<IntSupplier> pages = List.of(
                    () -> query.page().items().size(),
                    () -> query.select(Post.TITLE, Post.AT, Post.AUTHOR)
                            .page()
                            .rows()
                            .size(),
                    () -> query.select(Post.TITLE, Post.AT, Post.SCHEMA.id())
                            .page()
                            .rows()
                            .size());
            double[] micros = medians(pages, amounts.rounds());
            return new Line(engine, body, micros[0], micros[1], micros[2]);
        }
    }

    /** By turns, so that what else the machine does falls on all of them; a third of the rounds only warms up. */
    private static double[] medians(List<IntSupplier> pages, int rounds) {
        double[][] micros = new double[pages.size()][rounds];
        for (int round = -rounds / 2; round < rounds; round++) {
            for (int i = 0; i < pages.size(); i++) {
                long started = System.nanoTime();
                if (pages.get(i).getAsInt() != PAGE) {
                    throw new IllegalStateException("A page is not full.");
                }
                micros[i][Math.max(0, round)] = (System.nanoTime() - started) / 1000.0;
            }
        }
        return Arrays.stream(micros)
                .mapToDouble(all -> Arrays.stream(all).sorted().toArray()[rounds / 2])
                .toArray();
    }

    private static void print(List<Line> lines) {
        System.out.println(
                "| engine | body | documents, µs | fields of the table | fields of an index |\n|---|---|---|---|---|");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %,.0f (%.2f) | %,.0f (%.2f) |%n",
                    line.engine(),
                    line.body(),
                    line.documents(),
                    line.rows(),
                    line.rows() / line.documents(),
                    line.alone(),
                    line.alone() / line.documents());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
