package dev.pagurus.examples.benchmarks.words;

import dev.pagurus.examples.benchmarks.Server;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Indexes real texts of 10 to 20 words and searches them, on both engines, and prints two tables: how fast they come in, and
 * how long a page of 20 takes. Each answer is held against what Java finds. Arguments: quick, which shows that it works, or
 * long; then folders with texts, if not this machine's documentation.
 */
public final class WordSearch {

    private static final int PAGE = 20;

    private final Amounts amounts;
    private final List<Piece> pieces;
    private final List<String[]> words;
    private final List<Search> searches;

    private WordSearch(Amounts amounts, List<Piece> pieces) {
        this.amounts = amounts;
        this.pieces = pieces;
        this.words = pieces.stream()
                .map(piece -> Piece.WORDS.words(piece.text()).stream()
                        .map(String::intern)
                        .toArray(String[]::new))
                .toList();
        this.searches = Search.of(words);
    }

    /** How much is measured. */
    record Amounts(int texts, List<Integer> steps, int runs) {
        static final Amounts QUICK = new Amounts(2_000, List.of(1_000, 2_000), 2);
        static final Amounts LONG = new Amounts(1_000_000, List.of(10_000, 100_000, 900_000, 1_000_000), 30);
    }

    /** A line of either table. */
    record Line(String engine, String what, double value, double most) {}

    /** Starts it. */
    public static void main(String[] arguments) throws Exception {
        boolean isLong = arguments.length > 0 && arguments[0].equals("long");
        List<Path> folders = arguments.length > 1
                ? Arrays.stream(arguments, 1, arguments.length).map(Path::of).toList()
                : List.of(Path.of("/usr/share/man"), Path.of("/usr/share/doc"));
        for (Line line : run(isLong ? Amounts.LONG : Amounts.QUICK, folders)) {
            System.out.println(String.format(
                    Locale.ROOT, "%-9s %-60s %10.2f %10.2f", line.engine(), line.what(), line.value(), line.most()));
        }
    }

    static List<Line> run(Amounts amounts, List<Path> folders) throws Exception {
        List<String> texts = RealTexts.of(folders, amounts.texts());
        System.out.println(texts.size() + " real texts");
        List<Piece> pieces = IntStream.range(0, texts.size())
                .mapToObj(i -> new Piece(
                        String.format(Locale.ROOT, "t%07d", i), texts.get(i), i * 7_919L % (texts.size() + 1L)))
                .toList();
        WordSearch all = new WordSearch(amounts, pieces);
        Path folder = Files.createTempDirectory("pagurus-words");
        List<Line> lines = new ArrayList<>();
        try (Server server = new Server()) {
            lines.addAll(all.on("sqlite", "sqlite:" + folder.resolve("words.db")));
            lines.addAll(all.on("postgres", "postgres://postgres@" + server.address() + "/postgres?schema=words"));
        } finally {
            delete(folder);
        }
        return lines;
    }

    private List<Line> on(String engine, String url) {
        List<Line> lines = new ArrayList<>();
        try (Store store = Stores.open(url)) {
            DocumentCollection<Piece> collection = store.collection(Piece.SCHEMA);
            int from = 0;
            for (int step : amounts.steps()) {
                int to = Math.min(step, pieces.size());
                long began = System.nanoTime();
                collection.insertAll(pieces.subList(from, to).stream(), Piece::id, OnConflict.FAIL);
                double seconds = (System.nanoTime() - began) / 1e9;
                lines.add(new Line(engine, "texts a second, " + from + " to " + to, (to - from) / seconds, seconds));
                from = to;
            }
            for (Search search : searches) {
                lines.add(measured(engine, search, collection, false));
                lines.add(measured(engine, search, collection, true));
            }
        }
        return lines;
    }

    /** The median and the longest of some runs, after one to warm up, in milliseconds. */
    private Line measured(String engine, Search search, DocumentCollection<Piece> collection, boolean byNumber) {
        List<String> right = right(search, byNumber);
        double[] millis = new double[amounts.runs()];
        for (int run = -1; run < millis.length; run++) {
            long began = System.nanoTime();
            ReadQuery<Piece> query = collection.where(search.filter()).limit(PAGE);
            List<Document<Piece>> page = (byNumber ? query.orderBy(Piece.NUMBER.desc()) : query)
                    .page()
                    .items();
            double took = (System.nanoTime() - began) / 1e6;
            if (!page.stream().map(Document::id).toList().equals(right)) {
                throw new IllegalStateException("Wrong on " + engine + ": " + search);
            }
            if (run >= 0) {
                millis[run] = took;
            }
        }
        Arrays.sort(millis);
        String what = search.what() + ": " + String.join(" ", search.words()) + " " + search.prefix()
                + (search.prefix().isEmpty() ? "" : "*") + (byNumber ? ", by number" : ", by id");
        return new Line(engine, what, millis[millis.length / 2], millis[millis.length - 1]);
    }

    private List<String> right(Search search, boolean byNumber) {
        Stream<Piece> found = IntStream.range(0, words.size())
                .filter(i -> search.matches(words.get(i)))
                .mapToObj(pieces::get);
        return (byNumber ? found.sorted(Comparator.comparingLong(Piece::number).reversed()) : found)
                .limit(PAGE)
                .map(Piece::id)
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
