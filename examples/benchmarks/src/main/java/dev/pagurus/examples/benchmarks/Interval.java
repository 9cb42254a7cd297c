package dev.pagurus.examples.benchmarks;

import java.util.List;

/**
 * A mean with the range in which the true one lies at 95%; of one value alone there is no range, and it is without end.
 */
record Interval(double mean, double low, double high) {

    /** The 97.5% quantiles of Student's distribution by degrees of freedom, from 1. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    static Interval of(List<Double> values) {
        double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
        int freedom = values.size() - 1;
        if (freedom == 0) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double squares =
                values.stream().mapToDouble(value -> Math.pow(value - mean, 2)).sum();
        double error = Math.sqrt(squares / freedom / values.size()) * STUDENT[Math.min(freedom, STUDENT.length) - 1];
        return new Interval(mean, mean - error, mean + error);
    }

    /** Twice as fast and half as fast are equally far from 1: the mean is the geometric one, the range around its logarithm. */
    static Interval ofRatios(List<Double> ratios) {
        Interval logarithm = of(ratios.stream().map(Math::log).toList());
        return new Interval(Math.exp(logarithm.mean), Math.exp(logarithm.low), Math.exp(logarithm.high));
    }

    boolean isKnown() {
        return !Double.isInfinite(high);
    }
}
