package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was measured: JSON for programs, a table and a chart for people. */
record Report(Plan plan, List<Comparison> comparisons) {

    static final String NAME = "benchmarks";

    static final String HEAD = """
            | work | engine | threads | Pagurus, per s | against | per s | ratio | 95% | target | verdict |
            |---|---|---:|---:|---|---:|---:|---|---|---|""";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(NAME + ".json"), json() + "\n");
        Files.writeString(folder.resolve(NAME + ".svg"), new Chart(comparisons).svg());
        Files.writeString(folder.resolve(NAME + ".md"), markdown());
        System.out.println("Written: " + folder.resolve(NAME + ".json") + ", .md and .svg");
    }

    String json() {
        return JSON.writeValueAsString(comparisons.stream().map(this::entry).toList());
    }

    private Map<String, @Nullable Object> entry(Comparison comparison) {
        Cell cell = comparison.cell();
        Interval ratio = comparison.ratio();
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", comparison.name());
        entry.put("engine", cell.engine().toString());
        entry.put("threads", cell.threads());
        entry.put("body", cell.work().body);
        entry.put("ops", Comparison.mean(comparison.ours(), Figures::ops));
        entry.put("baseline", comparison.baseline());
        entry.put("baselineOps", Comparison.mean(comparison.theirs(), Figures::ops));
        entry.put("ratio", ratio.mean());
        entry.put("p50us", Comparison.mean(comparison.ours(), Figures::p50us));
        entry.put("p99us", Comparison.mean(comparison.ours(), Figures::p99us));
        // What follows is more than was asked for.
        entry.put("baselineP50us", Comparison.mean(comparison.theirs(), Figures::p50us));
        entry.put("baselineP99us", Comparison.mean(comparison.theirs(), Figures::p99us));
        entry.put("p999us", Comparison.mean(comparison.ours(), Figures::p999us));
        entry.put("baselineP999us", Comparison.mean(comparison.theirs(), Figures::p999us));
        entry.put("ratioOf", comparison.measure().name().toLowerCase(Locale.ROOT));
        entry.put("ratioLow", ratio.isKnown() ? ratio.low() : null);
        entry.put("ratioHigh", ratio.isKnown() ? ratio.high() : null);
        entry.put("pairs", comparison.ours().size());
        entry.put("virtual", cell.virtual());
        entry.put("target", target(comparison).orElse(null));
        entry.put("verdict", verdict(comparison, plan).orElse(null));
        return entry;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                <!-- Made by `mvn -q -ntp compile exec:exec -pl examples/benchmarks -am %s`. -->

                %s, %s.%s

                ![How many times the rate of plain JDBC](benchmarks.svg)

                %s
                """.formatted(
                        plan,
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.describe(),
                        plan.quick() ? " Quick mode: it shows that the benchmarks work, not how fast anything is." : "",
                        HEAD));
        comparisons.forEach(comparison -> text.append(line(comparison, plan)).append('\n'));
        return text.toString();
    }

    /** Returns a row of the table. */
    static String line(Comparison comparison, Plan plan) {
        Cell cell = comparison.cell();
        Interval ratio = comparison.ratio();
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        label(comparison, plan),
                        cell.engine(),
                        cell.threads() + (cell.virtual() ? " virtual" : ""),
                        rate(Comparison.mean(comparison.ours(), Figures::ops)),
                        comparison.baseline(),
                        rate(Comparison.mean(comparison.theirs(), Figures::ops)),
                        String.format(Locale.ROOT, "%.2f", ratio.mean()),
                        ratio.isKnown() ? String.format(Locale.ROOT, "%.2f to %.2f", ratio.low(), ratio.high()) : "",
                        target(comparison).orElse(""),
                        verdict(comparison, plan).orElse(""));
    }

    private static String label(Comparison comparison, Plan plan) {
        Work work = comparison.cell().work();
        return switch (work) {
            case PUT, PUT_10K ->
                comparison.name() + ", " + (work.body < 1024 ? work.body + " B" : work.body / 1024 + " KB")
                        + (comparison.measure() == Comparison.Measure.OPS ? "" : " (time)");
            case REPLACE -> "replace, an indexed field changing";
            case GET -> "get by id";
            case PAGE -> String.format(Locale.ROOT, "page of %d of %,d", Side.PAGE, plan.documents(work));
            case LATER_PAGE -> String.format(Locale.ROOT, "page number %,d (time)", plan.laterPage());
            case BULK -> String.format(Locale.ROOT, "bulk insert of %,d", plan.documents(work));
            case COPY ->
                String.format(
                        Locale.ROOT,
                        "copy of %,d from the other engine%s",
                        plan.documents(work),
                        comparison.measure() == Comparison.Measure.TIME ? " and comparison (time)" : "");
            case OPEN ->
                String.format(
                        Locale.ROOT,
                        "first document in a fresh JVM (time): %+.0f ms",
                        comparison.extraMillis().mean());
        };
    }

    private static Optional<String> target(Comparison comparison) {
        return Target.of(comparison).map(target -> target.text(comparison.cell().engine()));
    }

    /** Returns nothing where there is no target, and in quick mode, which decides nothing. */
    private static Optional<String> verdict(Comparison comparison, Plan plan) {
        return plan.quick()
                ? Optional.empty()
                : Target.of(comparison)
                        .map(target -> target.judge(comparison)
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '));
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }
}
