package dev.pagurus.examples.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is measured, and how long.
 *
 * @param quick small and once, to see that it works; the other mode is for numbers to quote
 * @param only what of it, by option
 */
record Plan(boolean quick, Map<String, String> only) {

    private static final Set<String> OPTIONS =
            new TreeSet<>(Set.of("works", "engines", "threads", "libraries", "pairs", "warmup", "time", "documents"));

    /** This many threads are virtual ones. */
    private static final int VIRTUAL = 1000;

    /** What a fork takes besides measuring. */
    private static final int FORK_MILLIS = 2000;

    static Plan of(String... arguments) {
        boolean quick = switch (arguments.length == 0 ? "quick" : arguments[0]) {
            case "quick" -> true;
            case "long" -> false;
            default ->
                throw new IllegalArgumentException("There is no mode " + arguments[0] + ", only quick and long.");
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
        return new Plan(quick, only);
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
        return cell.virtual() && cell.work() == Work.GET && cell.engine() == Engine.SQLITE;
    }

    /** Returns about how long it takes; filling a million documents comes on top. */
    Duration estimate() {
        long forks = cells().stream()
                .mapToLong(cell -> pairs() * (1L + against(cell).size()))
                .sum();
        return Duration.ofMillis(forks * (warmupMillis() + measureMillis() + FORK_MILLIS));
    }

    private List<Integer> threads(Work work) {
        List<Integer> usual = switch (work) {
            case PUT -> quick ? List.of(1, 32) : List.of(1, 8, 32, 128, VIRTUAL);
            case PUT_10K -> quick ? List.of() : List.of(1, 32);
            case REPLACE -> quick ? List.of(1) : List.of(1, 32, 128);
            case GET -> quick ? List.of(1) : List.of(1, 32, VIRTUAL);
            case PAGE, LATER_PAGE, BULK, COPY, OPEN -> List.of(1);
        };
        if (!only.containsKey("threads")) {
            return usual;
        }
        List<Integer> wanted = list("threads").stream().map(Integer::valueOf).toList();
        return switch (work) {
            case PUT, PUT_10K, REPLACE, GET -> wanted;
            case PAGE, LATER_PAGE, BULK, COPY, OPEN ->
                usual.stream().filter(wanted::contains).toList();
        };
    }

    /** Returns what Pagurus is held against: the baseline, and peers where they are asked for. */
    List<Library> against(Cell cell) {
        List<Library> against = new ArrayList<>(List.of(Library.JDBC));
        boolean peers = switch (cell.work()) {
            case PUT -> cell.threads() <= (quick ? 1 : 32);
            case GET -> !quick && cell.threads() <= 32;
            case PUT_10K, REPLACE, PAGE, LATER_PAGE, BULK, COPY, OPEN -> false;
        };
        if (peers) {
            against.addAll(List.of(Library.HIBERNATE, Library.JDBI, Library.NITRITE));
        }
        if (cell.work() == Work.LATER_PAGE) {
            return List.of(Library.PAGURUS);
        }
        if (only.containsKey("libraries")) {
            against = chosen("libraries", Library.class);
            against.remove(Library.PAGURUS);
        }
        against.removeIf(library -> !library.runsOn(cell.engine()));
        return against;
    }

    /** Returns how many documents there are when the work starts, or how many it inserts. */
    int documents(Work work) {
        int usual = switch (work) {
            case PUT, REPLACE, GET -> quick ? 20_000 : 100_000;
            case PUT_10K -> quick ? 1_000 : 10_000;
            case PAGE, LATER_PAGE, BULK, COPY -> quick ? 20_000 : 1_000_000;
            case OPEN -> 1;
        };
        return work == Work.OPEN ? usual : number("documents", usual);
    }

    /** Returns which page is held against the first; a fourth of all documents is in the list. */
    int laterPage() {
        return Math.min(10_000, documents(Work.LATER_PAGE) / 4 / Side.PAGE * 9 / 10);
    }

    int pairs() {
        return number("pairs", quick ? 1 : 5);
    }

    int warmupMillis() {
        return (int) (Double.parseDouble(only.getOrDefault("warmup", quick ? "0.5" : "8")) * 1000);
    }

    int measureMillis() {
        return (int) (Double.parseDouble(only.getOrDefault("time", quick ? "1" : "2")) * 1000);
    }

    /** Returns the arguments that make this plan. */
    @Override
    public String toString() {
        return "-Dmode=" + (quick ? "quick" : "long")
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
