package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Pagurus wants to reach: at least this ratio of rates, at most this ratio of times.
 *
 * @param sqlite the bound on SQLite
 * @param postgres the bound on PostgreSQL
 */
record Target(Work work, int threads, Measure measure, String baseline, double sqlite, double postgres) {

    /** No bound. */
    private static final double ANY = Double.NaN;

    /** A page of a shape may take this long, however fast the best plan is; and longer only if that does. */
    private static final double MOST_MILLIS = 100;

    private static final List<Target> ALL = List.of(
            of(Work.PUT, 1, 0.92, 0.92),
            of(Work.PUT, 8, 3.2, 1.1),
            of(Work.PUT, 32, 4.5, 2.3),
            of(Work.PUT, 128, 6, 3.2),
            of(Work.REPLACE, 1, 0.92, 0.85),
            of(Work.REPLACE, 32, 5, 1.8),
            of(Work.REPLACE, 128, 7, 2.5),
            of(Work.GET, 1, 0.90, 0.92),
            of(Work.GET, 32, 1.8, 2.5),
            of(Work.PAGE, 1, 0.90, 0.90),
            new Target(Work.LATER_PAGE, 1, Measure.TIME, Comparison.FIRST_PAGE, 1.2, 1.2),
            of(Work.BULK, 1, 1.3, 1.3),
            of(Work.UPDATE_ALL, 1, 0.9, 0.9),
            ofOurs(Work.FEED_PUT, 1, 0.85),
            ofOurs(Work.FEED_PUT, 32, 0.8),
            ofOurs(Work.FEED_READ, 1, 0.7),
            of(Work.CLAIM, 8, 1.5, 0.8),
            of(Work.CLAIM_10, 8, 3, 2),
            ofOurs(Work.CLAIM_HELD, 8, 0.7),
            ofLimit(Work.PUT, 32),
            ofLimit(Work.PUT, 128),
            ofLimit(Work.PUT_3K, 32),
            ofLimit(Work.PUT_10K, 32),
            ofLimit(Work.REPLACE, 32),
            ofLimit(Work.REPLACE, 128),
            ofShape(Work.SHAPES),
            ofShape(Work.SHAPES_3K),
            new Target(Work.COPY, 1, Measure.OPS, Comparison.BULK_INSERT, 0.8, 0.8),
            new Target(Work.COPY, 1, Measure.TIME, Comparison.COPY_ALONE, 1.3, 1.3),
            new Target(Work.PUT, 32, Measure.P99, "jdbc", 0.4, 0.7),
            new Target(Work.OPEN, 1, Measure.TIME, "jdbc", 50, 80),
            new Target(Work.PUT, 1, Measure.OPS, "nitrite", 3, ANY),
            new Target(Work.PUT, 8, Measure.OPS, "nitrite", 10, ANY),
            new Target(Work.PUT, 1, Measure.OPS, "hibernate", 1.5, 1.5),
            new Target(Work.PUT, 32, Measure.OPS, "hibernate", 3, 3),
            new Target(Work.GET, 1, Measure.OPS, "hibernate", 1.5, 1.5),
            new Target(Work.GET, 32, Measure.OPS, "hibernate", 3, 3));

    enum Verdict {
        MET,
        /** The mean is on the wrong side, but the true value may be on the right one. */
        WITHIN_NOISE,
        /** The whole interval is on the wrong side. */
        MISSED
    }

    private static Target of(Work work, int threads, double sqlite, double postgres) {
        return new Target(work, threads, Measure.OPS, "jdbc", sqlite, postgres);
    }

    private static Target ofLimit(Work work, int threads) {
        return new Target(work, threads, Measure.OPS, "limit", 0.8, 0.8);
    }

    private static Target ofOurs(Work work, int threads, double both) {
        return new Target(work, threads, Measure.OPS, "pagurus", both, both);
    }

    private static Target ofShape(Work work) {
        return new Target(work, 1, Measure.TIME, Comparison.BEST_PLAN, 3, 3);
    }

    static List<Target> all() {
        return ALL;
    }

    static Optional<Target> of(Comparison comparison) {
        Cell cell = comparison.cell();
        return ALL.stream()
                .filter(target -> target.work == cell.work())
                .filter(target -> target.threads == cell.threads())
                .filter(target -> target.measure == comparison.measure())
                .filter(target -> target.baseline.equals(comparison.baseline()))
                .findFirst();
    }

    Verdict judge(Comparison comparison) {
        if (work.isShapes() && comparison.millis() > MOST_MILLIS && comparison.baselineMillis() <= MOST_MILLIS) {
            return Verdict.MISSED;
        }
        double bound = bound(comparison.cell().engine());
        Interval value = ofExtraMillis() ? comparison.extraMillis() : comparison.ratio();
        if (measure == Measure.OPS ? value.mean() >= bound : value.mean() <= bound) {
            return Verdict.MET;
        }
        boolean whole = measure == Measure.OPS ? value.high() < bound : value.low() > bound;
        return whole ? Verdict.MISSED : Verdict.WITHIN_NOISE;
    }

    String text(Engine engine) {
        return (measure == Measure.OPS ? "≥ " : "≤ ")
                + String.format(Locale.ROOT, "%.2f", bound(engine)).replaceAll("\\.?0+$", "")
                + (ofExtraMillis() ? " ms more" : "");
    }

    /** The first document may come a while later than the baseline's, however long that takes. */
    private boolean ofExtraMillis() {
        return work == Work.OPEN;
    }

    private double bound(Engine engine) {
        return engine == Engine.SQLITE ? sqlite : postgres;
    }
}
