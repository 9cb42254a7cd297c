package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A comparison, and the run that made it. As JSON it has what programs look at, and what is needed to read it again.
 *
 * @param documents how many there were
 */
record Row(Comparison comparison, int documents, Part part) {

    private static final List<String> BASELINES = List.of("jdbc", "limit", "hibernate", "jdbi", "nitrite", "pagurus");

    private static final List<String> SHAPES =
            QueryShapes.all().stream().map(QueryShape::name).toList();

    /** By work, engine, and number of threads, as one reads them. */
    static final Comparator<Row> ORDER = Comparator.<Row, Work>comparing(
                    row -> row.comparison.cell().work())
            .thenComparing(row -> row.comparison.cell().engine())
            .thenComparing(row -> row.comparison.cell().virtual())
            .thenComparing(row -> row.comparison.cell().threads())
            .thenComparing(row -> BASELINES.indexOf(row.comparison.baseline()))
            .thenComparing(row -> row.comparison.measure())
            .thenComparing(row -> SHAPES.indexOf(row.comparison.detail()));

    Optional<Target> target() {
        return Target.of(comparison);
    }

    /** Returns nothing where there is no target, and in quick mode, which decides nothing. */
    Optional<String> verdict() {
        return part.quick()
                ? Optional.empty()
                : target().map(target ->
                        target.judge(comparison).name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    Map<String, @Nullable Object> entry() {
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
        entry.put("target", target().map(target -> target.text(cell.engine())).orElse(null));
        entry.put("verdict", verdict().orElse(null));
        entry.put("detail", comparison.detail());
        entry.put("note", comparison.note());
        entry.put("work", cell.work().name().toLowerCase(Locale.ROOT));
        entry.put("documents", documents);
        entry.put("date", part.date());
        entry.put("commit", part.commit());
        entry.put("machine", part.machine());
        entry.put("command", part.command());
        entry.put("quick", part.quick());
        entry.put("figures", numbers(comparison.ours()));
        entry.put("baselineFigures", numbers(comparison.theirs()));
        return entry;
    }

    /**
     * Reads an entry again.
     *
     * @throws IllegalArgumentException if it lacks something
     */
    static Row of(JsonNode entry) {
        Cell cell = new Cell(
                constant(Work.class, entry, "work"),
                constant(Engine.class, entry, "engine"),
                value(entry, "threads").asInt(),
                value(entry, "virtual").asBoolean());
        Comparison comparison = new Comparison(
                cell,
                constant(Measure.class, entry, "ratioOf"),
                text(entry, "baseline"),
                text(entry, "detail"),
                text(entry, "note"),
                figures(entry, "figures"),
                figures(entry, "baselineFigures"));
        return new Row(
                comparison,
                value(entry, "documents").asInt(),
                new Part(
                        text(entry, "date"),
                        text(entry, "commit"),
                        text(entry, "machine"),
                        text(entry, "command"),
                        value(entry, "quick").asBoolean()));
    }

    /** Each fork's numbers: calls per second, then the median, 99th and 99.9th percentile in microseconds. */
    private static List<List<Double>> numbers(List<Figures> forks) {
        return forks.stream()
                .map(fork -> List.of(fork.ops(), fork.p50us(), fork.p99us(), fork.p999us()))
                .toList();
    }

    private static List<Figures> figures(JsonNode entry, String name) {
        List<Figures> figures = new ArrayList<>();
        for (JsonNode fork : value(entry, name)) {
            figures.add(new Figures(
                    fork.get(0).doubleValue(),
                    fork.get(1).doubleValue(),
                    fork.get(2).doubleValue(),
                    fork.get(3).doubleValue()));
        }
        return figures;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode entry, String name) {
        return Enum.valueOf(type, text(entry, name).toUpperCase(Locale.ROOT));
    }

    private static String text(JsonNode entry, String name) {
        return value(entry, name).stringValue();
    }

    private static JsonNode value(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        if (value == null) {
            throw new IllegalArgumentException("has an entry without '" + name + "'");
        }
        return value;
    }
}
