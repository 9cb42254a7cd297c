package dev.pagurus.store.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Writes which stores the whole kit caught, in how many runs and by what, while it goes on. Safe for several threads. */
final class StrangersReport {

    private static final Path FILE = Path.of("target", "store-tck", "strangers.md");

    private final Map<String, Line> lines = new TreeMap<>();

    /** What became of a store. */
    private static final class Line {

        private final Map<String, Integer> clauses = new TreeMap<>();
        private int caught;
        private int runs;
        private long nanos;
    }

    /** Adds a run of a store: the failures in it, none if it went through. */
    synchronized void add(String store, List<KitRun.Failure> failures, long nanos) {
        Line line = lines.computeIfAbsent(store, name -> new Line());
        line.runs++;
        line.caught += failures.isEmpty() ? 0 : 1;
        line.nanos += nanos;
        failures.stream()
                .map(failure -> failure.clause().isEmpty() ? failure.test() : failure.clause())
                .distinct()
                .forEach(clause -> line.clauses.merge(clause, 1, Integer::sum));
        write();
    }

    synchronized int caught(String store) {
        Line line = lines.get(store);
        return line == null ? 0 : line.caught;
    }

    private void write() {
        List<String> page = new ArrayList<>();
        page.add("# The whole kit against broken stores");
        page.add("");
        page.add("| store | caught in | by, in how many runs | seconds a run |");
        page.add("|---|---|---|---|");
        lines.forEach((store, line) -> page.add("| " + store + " | " + line.caught + " of " + line.runs + " | "
                + line.clauses.entrySet().stream()
                        .map(clause -> clause.getKey() + " " + clause.getValue())
                        .collect(Collectors.joining(", "))
                + " | " + TimeUnit.NANOSECONDS.toSeconds(line.nanos / line.runs) + " |"));
        try {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
