package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Part LONG = new Part("2026-11-26", "abc", "a machine", "-Dmode=long", false);
    private static final Part QUICK = new Part("2026-11-26", "abc", "a machine", "-Dmode=quick", true);

    @Test
    void theJsonHasWhatIsPromisedInOrder() {
        JsonNode entry = entry(comparison(Measure.OPS, List.of(600.0, 660.0), List.of(100.0, 110.0)), LONG);

        assertThat(entry.propertyNames())
                .startsWith(
                        "name",
                        "engine",
                        "threads",
                        "body",
                        "ops",
                        "baseline",
                        "baselineOps",
                        "ratio",
                        "p50us",
                        "p99us");
        assertThat(entry.get("name").stringValue()).isEqualTo("put");
        assertThat(entry.get("engine").stringValue()).isEqualTo("sqlite");
        assertThat(entry.get("ratio").doubleValue()).isCloseTo(6, within(1e-9));
        assertThat(entry.get("ops").doubleValue() / entry.get("baselineOps").doubleValue())
                .isCloseTo(6, within(1e-9));
        assertThat(entry.get("ratioLow").doubleValue()).isCloseTo(6, within(1e-9));
        assertThat(entry.get("verdict").stringValue()).isEqualTo("met");
    }

    @Test
    void onePairHasNoIntervalAndQuickModeNoVerdict() {
        JsonNode entry = entry(comparison(Measure.OPS, List.of(50.0), List.of(100.0)), QUICK);

        assertThat(entry.get("ratioLow").isNull()).isTrue();
        assertThat(entry.get("ratioHigh").isNull()).isTrue();
        assertThat(entry.get("verdict").isNull()).isTrue();
        assertThat(entry.get("target").stringValue()).isEqualTo("≥ 4.5");
    }

    @Test
    void aTargetIsMissedOnlyWhereTheWholeIntervalIs() {
        List<Double> hundred = List.of(100.0, 100.0, 100.0);

        assertThat(verdict(Measure.OPS, List.of(440.0, 441.0, 442.0), hundred)).isEqualTo("missed");
        assertThat(verdict(Measure.OPS, List.of(300.0, 440.0, 600.0), hundred)).isEqualTo("within noise");
        assertThat(verdict(Measure.OPS, List.of(460.0, 461.0, 462.0), hundred)).isEqualTo("met");
    }

    /** The figures below have a 99th percentile that is their rate in number; of times, less is better. */
    @Test
    void timesAreHeldAgainstTheirTargetFromAbove() {
        List<Double> hundred = List.of(100.0, 100.0, 100.0);

        assertThat(verdict(Measure.P99, List.of(41.0, 41.1, 41.2), hundred)).isEqualTo("missed");
        assertThat(verdict(Measure.P99, List.of(20.0, 50.0, 70.0), hundred)).isEqualTo("within noise");
        assertThat(verdict(Measure.P99, List.of(30.0, 31.0, 32.0), hundred)).isEqualTo("met");
    }

    @Test
    void theTableHasALineForEachComparisonAndSaysHowItWasMade() {
        Report report = new Report(List.of(
                row(comparison(Measure.OPS, List.of(600.0, 660.0, 630.0), List.of(100.0, 100.0, 100.0)), LONG)));

        assertThat(report.markdown("benchmarks.svg"))
                .contains("| 1 | 2026-11-26 | abc | a machine | `-Dmode=long` |", "(benchmarks.svg)")
                .doesNotContain("Quick mode", "Query shapes")
                .containsPattern(
                        "\\| put, 300 B \\| sqlite \\| 32 \\| 630 \\| jdbc \\| 100 \\| 6\\.30 \\| .* \\| ≥ 4\\.5 \\| met \\|  \\|");
    }

    @Test
    void theShareOfTheLimitIsAColumnOfTheBaselinesRow() {
        Row jdbc = row(comparison(Measure.OPS, List.of(600.0, 660.0, 630.0), List.of(100.0, 100.0, 100.0)), LONG);
        Row limit = row(
                new Comparison(
                        jdbc.comparison().cell(),
                        Measure.OPS,
                        "limit",
                        jdbc.comparison().ours(),
                        figures(List.of(900.0, 900.0, 900.0))),
                LONG);

        assertThat(new Report(List.of(jdbc, limit)).markdown("a.svg"))
                .contains("| met | 0.70 (≥ 0.8, missed) |")
                .doesNotContain("| limit |");
        assertThat(new Report(List.of(limit)).markdown("a.svg")).contains("| limit | 900 | 0.70 |");
    }

    /** At most three times the best plan, and a tenth of a second unless that takes longer. */
    @Test
    void shapesHaveATableOfTheirOwn() {
        assertThat(shapeLine(290, 99))
                .isEqualTo("| all by size | sqlite | 300 B | 290 | 99.0 | 2.93 |  | missed | ids first |");
        assertThat(shapeLine(290, 101)).contains("| met |");
        assertThat(shapeLine(99, 40)).contains("| 2.48 |  | met |");
        assertThat(shapeLine(0.5, 0.1)).contains("| 0.500 | 0.100 | 5.00 |  | within noise |");
        assertThat(new Report(List.of(row(shape(2, 2), LONG))).markdown("a.svg"))
                .contains(
                        "## Query shapes", "100,000 documents", "| all by size | sqlite | 300 B | 2.0 | 2.0 | 1.00 |");
    }

    private static String shapeLine(double millis, double best) {
        return Report.line(row(shape(millis, best), LONG));
    }

    private static Comparison shape(double millis, double best) {
        return new Comparison(
                new Cell(Work.SHAPES, Engine.SQLITE, 1, false),
                Measure.TIME,
                Comparison.BEST_PLAN,
                "all by size",
                "ids first",
                List.of(new Figures(1000 / millis, millis * 1000, 1, 1)),
                List.of(new Figures(1000 / best, best * 1000, 1, 1)));
    }

    private static Row row(Comparison comparison, Part part) {
        return new Row(comparison, 100_000, part);
    }

    private static String verdict(Measure measure, List<Double> ours, List<Double> theirs) {
        return entry(comparison(measure, ours, theirs), LONG).get("verdict").stringValue();
    }

    private static JsonNode entry(Comparison comparison, Part part) {
        return JsonMapper.shared()
                .readTree(Rows.json(List.of(row(comparison, part))))
                .get(0);
    }

    private static Comparison comparison(Measure measure, List<Double> ours, List<Double> theirs) {
        return new Comparison(
                new Cell(Work.PUT, Engine.SQLITE, 32, false), measure, "jdbc", figures(ours), figures(theirs));
    }

    private static List<Figures> figures(List<Double> rates) {
        return rates.stream()
                .map(rate -> new Figures(rate, rate / 2, rate, 2 * rate))
                .toList();
    }
}
