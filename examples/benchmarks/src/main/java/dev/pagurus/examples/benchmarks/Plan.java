package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is measured, and how long.
 *
 * @param only what of it, by option
 */
record Plan(Mode mode, Map<String, String> only) {

    /** How much is measured. */
    enum Mode {
        /** Small and once, to see that it works. */
        QUICK,
        /** For numbers to quote. */
        LONG,
        /** Nothing. */
        REPORT
    }

    private static final Set<String> OPTIONS = new TreeSet<>(Set.of(
            "works",
            "engines",
            "threads",
            "libraries",
            "pairs",
            "warmup",
            "time",
            "documents",
            "shapes",
            "keep",
            "into"));

    /** This many threads are virtual ones. */
    private static final int VIRTUAL = 1000;

    /** What a shape takes with all plans by hand tried. */
    private static final int SHAPE_MILLIS = 15_000;

    private static final int QUICK_SHAPE_MILLIS = 250;

    /** What a fork takes besides measuring. */
    private static final int FORK_MILLIS = 2000;

    static Plan of(String... arguments) {
        Mode mode = switch (arguments.length == 0 ? "quick" : arguments[0]) {
            case "quick" -> Mode.QUICK;
            case "long" -> Mode.LONG;
            case "report" -> Mode.REPORT;
            default ->
                throw new IllegalArgumentException(
                        "There is no mode " + arguments[0] + ", only quick, long, and report.");
        };
        Map<String, String> only = new LinkedHashMap<>();
        for (String argument : List.of(arguments).subList(Math.min(1, arguments.length), arguments.length)) {
            int equals = argument.indexOf('=');
            if (equals < 0 || !OPTIONS.contains(argument.substring(0, equals))) {
                throw new IllegalArgumentException("There is no option " + argument + ", only " + OPTIONS
                        + ", such as works=put,get threads=1,32.");
            }
            only.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        if (mode == Mode.REPORT && !only.containsKey("into")) {
            throw new IllegalArgumentException("A report is of a file of earlier runs: say which one by into=.");
        }
        return new Plan(mode, only);
    }

    boolean quick() {
        return mode == Mode.QUICK;
    }

    /** Whether nothing is measured, and the pages are written anew from what was. */
    boolean isReport() {
        return mode == Mode.REPORT;
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Work work : chosen("works", Work.class)) {
            for (Engine engine : chosen("engines", Engine.class)) {
                for (int threads : threads(work)) {
                    Cell cell = new Cell(work, engine, threads, threads == VIRTUAL);
                    if (!neverWaits(cell)) {
                        cells.add(cell);
                    }
                }
            }
        }
        return cells;
    }

    /** Where virtual threads never wait, the first few keep all cores, and JMH waits for the others for ever. */
    private static boolean neverWaits(Cell cell) {
        return cell.virtual() && cell.work().isGet() && cell.engine() == Engine.SQLITE;
    }

    /** Returns about how long it takes; filling a million documents comes on top. */
    Duration estimate() {
        long forks = cells().stream()
                .filter(cell -> !cell.work().isShapes())
                .mapToLong(cell -> pairs() * (1L + against(cell).size()))
                .sum();
        long tables = cells().stream().filter(cell -> cell.work().isShapes()).count();
        return Duration.ofMillis(forks * (warmupMillis() + measureMillis() + FORK_MILLIS)
                + tables * shapes().size() * (quick() ? QUICK_SHAPE_MILLIS : SHAPE_MILLIS));
    }

    private List<Integer> threads(Work work) {
        List<Integer> usual = switch (work) {
            case PUT -> quick() ? List.of(1, 32) : List.of(1, 8, 32, 128, VIRTUAL);
            case PUT_3K, PUT_10K, GET_3K, GET_10K -> quick() ? List.of() : List.of(1, 32);
            case REPLACE -> quick() ? List.of(1) : List.of(1, 32, 128);
            case FEED_PUT -> quick() ? List.of(1) : List.of(1, 32);
            case CLAIM, CLAIM_10, CLAIM_HELD -> List.of(8);
            case GET -> quick() ? List.of(1) : List.of(1, 32, VIRTUAL);
            case PAGE, LATER_PAGE, BULK, UPDATE_ALL, FEED_READ, FEED_FOLLOW, COPY, OPEN, SHAPES -> List.of(1);
            case SHAPES_3K -> quick() && !only.containsKey("works") ? List.of() : List.of(1);
        };
        if (!only.containsKey("threads")) {
            return usual;
        }
        List<Integer> wanted = list("threads").stream().map(Integer::valueOf).toList();
        return switch (work) {
            case PUT, PUT_3K, PUT_10K, REPLACE, FEED_PUT, CLAIM, CLAIM_10, CLAIM_HELD, GET, GET_3K, GET_10K -> wanted;
            case PAGE, LATER_PAGE, BULK, UPDATE_ALL, FEED_READ, FEED_FOLLOW, COPY, OPEN, SHAPES, SHAPES_3K ->
                usual.stream().filter(wanted::contains).toList();
        };
    }

    /** Returns what Pagurus is held against: the baseline, and peers where they are asked for. */
    List<Library> against(Cell cell) {
        List<Library> against = new ArrayList<>(List.of(Library.JDBC, Library.LIMIT));
        boolean peers = switch (cell.work()) {
            case PUT -> cell.threads() <= (quick() ? 1 : 32);
            case GET -> !quick() && cell.threads() <= 32;
            default -> false;
        };
        if (peers) {
            against.addAll(List.of(Library.HIBERNATE, Library.JDBI, Library.NITRITE));
        }
        if (cell.work() == Work.LATER_PAGE || cell.work().isFeed() || cell.work() == Work.CLAIM_HELD) {
            return List.of(Library.PAGURUS);
        }
        if (only.containsKey("libraries")) {
            against = chosen("libraries", Library.class);
            against.remove(Library.PAGURUS);
        }
        against.removeIf(library -> !library.runsOn(cell.engine()));
        if (!hasLimit(cell)) {
            against.remove(Library.LIMIT);
        }
        return against;
    }

    /** Where calls are joined at all; of a thousand threads the same holds as of 128. */
    private boolean hasLimit(Cell cell) {
        return (cell.work().isPut() || cell.work() == Work.REPLACE)
                && cell.threads() > 1
                && !cell.virtual()
                && documents(cell.work()) >= batch(cell.threads());
    }

    /** Returns how many writes at a time are held against those of so many threads. */
    static int batch(int threads) {
        return threads <= 16 ? 16 : threads <= 32 ? 32 : 128;
    }

    /** Returns the kit's query shapes, or those whose numbers were given; the first one has number 1. */
    List<QueryShape> shapes() {
        if (!only.containsKey("shapes")) {
            return QueryShapes.all();
        }
        return list("shapes").stream()
                .map(Integer::valueOf)
                .map(number -> {
                    int shapes = QueryShapes.all().size();
                    if (number < 1 || number > shapes) {
                        throw new IllegalArgumentException(
                                "There is no shape " + number + "; they have the numbers 1 to " + shapes + ".");
                    }
                    return QueryShapes.all().get(number - 1);
                })
                .toList();
    }

    /** Returns where the documents of the shapes are kept for the next run, if they are. */
    Optional<Path> keep() {
        return Optional.ofNullable(only.get("keep")).map(Path::of);
    }

    /** Returns the file with what earlier runs measured, to which this one adds. */
    Optional<Path> into() {
        return Optional.ofNullable(only.get("into")).map(Path::of);
    }

    /** Returns how many documents there are when the work starts, or how many it inserts. */
    int documents(Work work) {
        int usual = switch (work) {
            case PUT, REPLACE, GET, FEED_PUT, CLAIM, CLAIM_10, CLAIM_HELD -> quick() ? 20_000 : 100_000;
            case PUT_3K, GET_3K -> quick() ? 3_000 : 30_000;
            case PUT_10K, GET_10K -> quick() ? 1_000 : 10_000;
            case UPDATE_ALL, FEED_FOLLOW -> quick() ? 10_000 : 100_000;
            case SHAPES, SHAPES_3K -> quick() ? 10_000 : 1_000_000;
            case PAGE, LATER_PAGE, BULK, FEED_READ, COPY -> quick() ? 20_000 : 1_000_000;
            case OPEN -> 1;
        };
        return work == Work.OPEN ? usual : number("documents", usual);
    }

    /** Returns which page is held against the first; a fourth of all documents is in the list. */
    static int laterPage(int documents) {
        return Math.min(10_000, documents / 4 / Side.PAGE * 9 / 10);
    }

    int pairs() {
        return number("pairs", quick() ? 1 : 5);
    }

    int warmupMillis() {
        return (int) (Double.parseDouble(only.getOrDefault("warmup", quick() ? "0.5" : "8")) * 1000);
    }

    int measureMillis() {
        return (int) (Double.parseDouble(only.getOrDefault("time", quick() ? "1" : "2")) * 1000);
    }

    /** Returns the arguments that make this plan. */
    @Override
    public String toString() {
        return "-Dmode=" + mode.name().toLowerCase(Locale.ROOT)
                + (only.isEmpty()
                        ? ""
                        : only.entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining(" ", " -Donly=\"", "\"")));
    }

    private List<String> list(String option) {
        return Pattern.compile(",").splitAsStream(only.getOrDefault(option, "")).toList();
    }

    private int number(String option, int usual) {
        return Integer.parseInt(only.getOrDefault(option, String.valueOf(usual)));
    }

    private <E extends Enum<E>> List<E> chosen(String option, Class<E> type) {
        List<E> chosen = new ArrayList<>();
        if (only.containsKey(option)) {
            list(option).forEach(name -> chosen.add(Enum.valueOf(type, name.toUpperCase(Locale.ROOT))));
        } else {
            chosen.addAll(List.of(type.getEnumConstants()));
        }
        return chosen;
    }
}
