package dev.pagurus.examples.benchmarks.tenants;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which tenant is the next one. */
enum Demand {
    /** Each as often as any other. */
    EVEN {
        @Override
        double weight(int tenant) {
            return 1;
        }
    },
    /** By Zipf's law: the second half as often as the first, the third a third. */
    STEEP {
        @Override
        double weight(int tenant) {
            return 1.0 / (tenant + 1);
        }
    };

    abstract double weight(int tenant);

    /** Returns the sums of the weights up to each tenant. */
    double[] sums(int tenants) {
        double[] sums = IntStream.range(0, tenants).mapToDouble(this::weight).toArray();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }

    static int next(double[] sums, SplittableRandom random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return found < 0 ? Math.min(-found - 1, sums.length - 1) : found;
    }
}
