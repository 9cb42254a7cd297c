package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what was measured: JSON for programs, tables and a chart for people. */
record Report(List<Row> rows) {

    static final String HEAD = """
            | work | engine | threads | Pagurus, per s | against | per s | ratio | 95% | target | verdict | of the limit |
            |---|---|---:|---:|---|---:|---:|---|---|---|---|""";

    static final String SHAPES_HEAD = """
            | shape | engine | body | Pagurus, ms | best plan by hand, ms | ratio | 95% | verdict | that plan |
            |---|---|---|---:|---:|---:|---|---|---|""";

    private static final String COMMAND = "mvn -q -ntp compile exec:exec -pl examples/benchmarks -am";

    /** Writes a file of JSON, and beside it the tables and the chart, of the same name. */
    void write(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        Files.writeString(file, Rows.json(rows) + "\n");
        Files.writeString(
                file.resolveSibling(name + ".svg"),
                new Chart(rows.stream().map(Row::comparison).toList()).svg());
        Files.writeString(file.resolveSibling(name + ".md"), markdown(name + ".svg"));
    }

    String markdown(String chart) {
        StringBuilder text = new StringBuilder("<!-- Made by `%s`. -->\n\n# How fast\n\n".formatted(COMMAND));
        if (rows.stream().anyMatch(row -> row.part().quick())) {
            text.append("Quick mode shows that the benchmarks work, not how fast anything is.\n\n");
        }
        text.append(parts()).append("""

                How the numbers are made is in [DESIGN.md](../../DESIGN.md#how-speed-is-measured).

                ![How many times the rate of plain JDBC](%s)

                """.formatted(chart));
        List<Row> shapes =
                rows.stream().filter(row -> isShape(row.comparison())).toList();
        text.append(HEAD).append('\n');
        shown().forEach(row -> text.append(line(row, limit(row))).append('\n'));
        if (!shapes.isEmpty()) {
            text.append(shapes(shapes));
        }
        return text.toString();
    }

    /** Says when and how each row came to be. */
    private String parts() {
        Map<Part, Integer> parts = new LinkedHashMap<>();
        rows.forEach(row -> parts.merge(row.part(), 1, Integer::sum));
        StringBuilder text = new StringBuilder("""
                | rows | date | commit | machine | command, after `%s` |
                |---:|---|---|---|---|
                """.formatted(COMMAND));
        parts.forEach((part, count) -> text.append("| %s | %s | %s | %s | `%s` |%n"
                .formatted(count, part.date(), part.commit(), part.machine(), part.command())));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Returns the rows of the first table; a share of the limit is a column of the baseline's row, if there is one. */
    private List<Row> shown() {
        List<Row> shown = new ArrayList<>();
        for (Row row : rows) {
            boolean column =
                    isLimit(row) && rows.stream().anyMatch(other -> limit(other).equals(Optional.of(row)));
            if (!isShape(row.comparison()) && !column) {
                shown.add(row);
            }
        }
        return shown;
    }

    /** Returns the share of the limit that belongs to a row of the baseline. */
    private Optional<Row> limit(Row row) {
        Comparison comparison = row.comparison();
        if (comparison.measure() != Comparison.Measure.OPS
                || !comparison.baseline().equals(Library.JDBC.toString())) {
            return Optional.empty();
        }
        return rows.stream()
                .filter(Report::isLimit)
                .filter(other -> other.comparison().cell().equals(comparison.cell()))
                .findFirst();
    }

    private static boolean isLimit(Row row) {
        return row.comparison().baseline().equals(Library.LIMIT.toString());
    }

    private static boolean isShape(Comparison comparison) {
        return comparison.cell().work().isShapes();
    }

    /** Returns a row of one of the tables, as it is measured. */
    static String line(Row row) {
        return isShape(row.comparison()) ? shapeLine(row) : line(row, Optional.empty());
    }

    private static String line(Row row, Optional<Row> limit) {
        Comparison comparison = row.comparison();
        Cell cell = comparison.cell();
        Interval ratio = comparison.ratio();
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        label(row),
                        cell.engine(),
                        cell.threads() + (cell.virtual() ? " virtual" : ""),
                        rate(Comparison.mean(comparison.ours(), Figures::ops)),
                        comparison.baseline(),
                        rate(Comparison.mean(comparison.theirs(), Figures::ops)),
                        twoDigits(ratio.mean()),
                        range(ratio),
                        row.target().map(target -> target.text(cell.engine())).orElse(""),
                        row.verdict().orElse(""),
                        limit.map(Report::share).orElse(""));
    }

    /** Says how much of the limit was reached, and what becomes of its target. */
    private static String share(Row limit) {
        Comparison comparison = limit.comparison();
        String verdict = limit.target()
                .map(target -> " (" + target.text(comparison.cell().engine())
                        + limit.verdict().map(said -> ", " + said).orElse("") + ")")
                .orElse("");
        return twoDigits(comparison.ratio().mean()) + verdict;
    }

    private static String shapes(List<Row> shapes) {
        StringBuilder text = new StringBuilder("""

                ## Query shapes

                Each of the kit's [shapes](../../store-tck/src/main/java/dev/pagurus/store/tck/samples/QueryShapes.java) \
                against the best of all sensible plans by hand through plain JDBC: the median of repeated calls in turn, in \
                milliseconds, bodies read and decoded on both sides. Target: at most 3 times the best, and no more than \
                100 ms unless the best takes more.
                """);
        text.append(shapes.stream()
                .map(Row::documents)
                .distinct()
                .map(documents -> String.format(Locale.ROOT, "%,d", documents))
                .collect(Collectors.joining(" or ", "There are ", " documents.\n\n")));
        text.append(SHAPES_HEAD).append('\n');
        shapes.forEach(row -> text.append(shapeLine(row)).append('\n'));
        return text.toString();
    }

    private static String shapeLine(Row row) {
        Comparison comparison = row.comparison();
        Interval ratio = comparison.ratio();
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        comparison.detail(),
                        comparison.cell().engine(),
                        comparison.cell().work().size(),
                        millis(comparison.millis()),
                        millis(comparison.baselineMillis()),
                        twoDigits(ratio.mean()),
                        range(ratio),
                        row.verdict().orElse(""),
                        comparison.note());
    }

    private static String label(Row row) {
        Comparison comparison = row.comparison();
        Work work = comparison.cell().work();
        return switch (work) {
            case PUT, PUT_3K, PUT_10K, GET_3K, GET_10K ->
                comparison.name() + ", " + work.size()
                        + (comparison.measure() == Comparison.Measure.OPS ? "" : " (time)");
            case FEED_PUT -> "put where changes are kept, against where they are not";
            case FEED_READ -> "pages of 500 changes, against pages of 500 documents";
            case CLAIM -> String.format(Locale.ROOT, "claim of one of %,d", row.documents() / 4);
            case CLAIM_10 -> String.format(Locale.ROOT, "claim of ten of %,d", row.documents() / 4);
            case CLAIM_HELD -> "claim while a snapshot is open, against none";
            case FEED_FOLLOW ->
                String.format(
                        Locale.ROOT,
                        "follower of %,d changes that counts them, against pages that are counted",
                        row.documents());
            case REPLACE -> "replace, an indexed field changing";
            case GET -> "get by id";
            case PAGE -> String.format(Locale.ROOT, "page of %d of %,d", Side.PAGE, row.documents());
            case LATER_PAGE -> String.format(Locale.ROOT, "page number %,d (time)", Plan.laterPage(row.documents()));
            case BULK -> String.format(Locale.ROOT, "bulk insert of %,d", row.documents());
            case UPDATE_ALL -> String.format(Locale.ROOT, "updateAll of %,d in a transaction", row.documents());
            case COPY ->
                String.format(
                        Locale.ROOT,
                        "copy of %,d from the other engine%s",
                        row.documents(),
                        comparison.measure() == Comparison.Measure.TIME ? " and comparison (time)" : "");
            case OPEN ->
                String.format(
                        Locale.ROOT,
                        "first document in a fresh JVM (time): %+.0f ms",
                        comparison.extraMillis().mean());
            case SHAPES, SHAPES_3K -> comparison.detail();
        };
    }

    private static String range(Interval ratio) {
        return ratio.isKnown() ? String.format(Locale.ROOT, "%.2f to %.2f", ratio.low(), ratio.high()) : "";
    }

    private static String twoDigits(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 1 ? "%.3f" : millis < 100 ? "%.1f" : "%,.0f", millis);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }
}
