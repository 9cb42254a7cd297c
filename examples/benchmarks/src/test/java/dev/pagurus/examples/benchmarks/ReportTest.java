package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Plan LONG = Plan.of("long");

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
        JsonNode entry = entry(comparison(Measure.OPS, List.of(50.0), List.of(100.0)), Plan.of("quick"));

        assertThat(entry.get("ratioLow").isNull()).isTrue();
        assertThat(entry.get("ratioHigh").isNull()).isTrue();
        assertThat(entry.get("verdict").isNull()).isTrue();
        assertThat(entry.get("target").stringValue()).isEqualTo("≥ 6");
    }

    @Test
    void aTargetIsMissedOnlyWhereTheWholeIntervalIs() {
        List<Double> hundred = List.of(100.0, 100.0, 100.0);

        assertThat(verdict(Measure.OPS, List.of(590.0, 591.0, 592.0), hundred)).isEqualTo("missed");
        assertThat(verdict(Measure.OPS, List.of(400.0, 590.0, 700.0), hundred)).isEqualTo("within noise");
        assertThat(verdict(Measure.OPS, List.of(610.0, 611.0, 612.0), hundred)).isEqualTo("met");
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
    void theTableHasALineForEachComparison() {
        Report report = new Report(
                LONG, List.of(comparison(Measure.OPS, List.of(600.0, 660.0, 630.0), List.of(100.0, 100.0, 100.0))));

        assertThat(report.markdown())
                .contains("exec:exec -pl examples/benchmarks -am -Dmode=long")
                .containsPattern(
                        "\\| put, 300 B \\| sqlite \\| 32 \\| 630 \\| jdbc \\| 100 \\| 6\\.30 \\| .* \\| ≥ 6 \\| met \\|");
    }

    private static String verdict(Measure measure, List<Double> ours, List<Double> theirs) {
        return entry(comparison(measure, ours, theirs), LONG).get("verdict").stringValue();
    }

    private static JsonNode entry(Comparison comparison, Plan plan) {
        return JsonMapper.shared()
                .readTree(new Report(plan, List.of(comparison)).json())
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
