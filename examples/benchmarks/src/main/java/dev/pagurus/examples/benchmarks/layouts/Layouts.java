package dev.pagurus.examples.benchmarks.layouts;

import dev.pagurus.examples.benchmarks.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures both on each engine, and prints a table of how they compare. Argument: quick, which shows that it works, or long,
 * which takes some minutes.
 */
public final class Layouts {

    private Layouts() {}

    /** Starts it. */
    public static void main(String[] arguments) throws Exception {
        Amounts amounts = arguments.length > 0 && arguments[0].equals("long") ? Amounts.LONG : Amounts.QUICK;
        print(run(amounts));
    }

    /** One line: what a layout makes of it, and what the other does. */
    record Line(String engine, String what, String unit, double log, double column) {
        double ratio() {
            return column / log;
        }
    }

    static List<Line> run(Amounts amounts) throws Exception {
        Path folder = Files.createTempDirectory("pagurus-layouts");
        try (Server server = new Server()) {
            return Stream.concat(
                            compared("sqlite", amounts, new Connections.File(folder)),
                            compared("postgres", amounts, new Connections.Schemas(server.address())))
                    .toList();
        } finally {
            delete(folder);
        }
    }

    private static Stream<Line> compared(String engine, Amounts amounts, Connections connections) throws Exception {
        try (Trial log = new Trial(connections, Layout.LOG, amounts);
                Trial column = new Trial(connections, Layout.COLUMN, amounts)) {
            return Trial.Part.ALL.stream().map(part -> line(engine, part, log, column)).toList().stream();
        }
    }

    /** By turns, so that what else the machine does falls on both. */
    private static Line line(String engine, Trial.Part part, Trial log, Trial column) {
        double[] sums = new double[2];
        try {
            for (int i = 0; i < part.times(); i++) {
                sums[0] += part.work().of(log);
                sums[1] += part.work().of(column);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("'" + part.what() + "' failed on " + engine + ".", e);
        }
        return new Line(engine, part.what(), part.unit(), sums[0] / part.times(), sums[1] / part.times());
    }

    private static void print(List<Line> lines) {
        System.out.println("| engine | what | unit | log | column | column / log |\n|---|---|---|---|---|---|");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %,.1f | %,.1f | %.2f |%n",
                    line.engine(),
                    line.what(),
                    line.unit(),
                    line.log(),
                    line.column(),
                    line.ratio());
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
