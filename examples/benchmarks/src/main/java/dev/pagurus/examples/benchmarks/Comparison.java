package dev.pagurus.examples.benchmarks;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Pagurus held against something else, in pairs of forks that ran one after the other.
 *
 * @param baseline what it is held against
 * @param detail which of many that have the rest in common; may be empty
 * @param note what there is to say of the baseline; may be empty
 */
record Comparison(
        Cell cell,
        Measure measure,
        String baseline,
        String detail,
        String note,
        List<Figures> ours,
        List<Figures> theirs) {

    /** What a later page is held against. */
    static final String FIRST_PAGE = "first page";

    /** What a copy is held against: as many documents that the target is given. */
    static final String BULK_INSERT = "bulk insert";

    /** What a copy that is compared in the end is held against. */
    static final String COPY_ALONE = "copy alone";

    /** What a query shape is held against: the best of all plans by hand. */
    static final String BEST_PLAN = "best plan";

    Comparison(Cell cell, Measure measure, String baseline, List<Figures> ours, List<Figures> theirs) {
        this(cell, measure, baseline, "", "", ours, theirs);
    }

    /** What is compared. */
    enum Measure {
        /** Work done in the same time: more is better. */
        OPS,
        /** Time for the same work: less is better. */
        TIME,
        /** The time that 99 of 100 calls stay below: less is better. */
        P99,
        /** The same of 999 of 1000. */
        P999;

        private double ratio(Figures ours, Figures theirs) {
            return switch (this) {
                case OPS -> ours.ops() / theirs.ops();
                case TIME -> theirs.ops() / ours.ops();
                case P99 -> ours.p99us() / theirs.p99us();
                case P999 -> ours.p999us() / theirs.p999us();
            };
        }
    }

    String name() {
        return switch (measure) {
            case P99 -> cell.work().title + " p99";
            case P999 -> cell.work().title + " p99.9";
            case OPS, TIME -> cell.work().title;
        };
    }

    Interval ratio() {
        return Interval.ofRatios(pairs(measure::ratio));
    }

    /** Whether both are the same row of a table, measured at different times. */
    boolean isAbout(Comparison other) {
        return cell.equals(other.cell)
                && measure == other.measure
                && baseline.equals(other.baseline)
                && detail.equals(other.detail);
    }

    double millis() {
        return mean(ours, Figures::p50us) / 1000;
    }

    double baselineMillis() {
        return mean(theirs, Figures::p50us) / 1000;
    }

    /** Returns how much longer a call takes, in milliseconds. */
    Interval extraMillis() {
        return Interval.of(pairs((one, other) -> (one.p50us() - other.p50us()) / 1000));
    }

    private List<Double> pairs(ToDoubleBiFunction<Figures, Figures> compared) {
        return IntStream.range(0, ours.size())
                .mapToObj(pair -> compared.applyAsDouble(ours.get(pair), theirs.get(pair)))
                .toList();
    }

    /** Returns one number for all forks, the same kind of mean as the ratio, so that they fit together. */
    static double mean(List<Figures> forks, ToDoubleFunction<Figures> number) {
        return Interval.ofRatios(forks.stream().map(number::applyAsDouble).toList())
                .mean();
    }
}
