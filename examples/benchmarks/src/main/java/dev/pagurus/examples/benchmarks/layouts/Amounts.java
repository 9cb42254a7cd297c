package dev.pagurus.examples.benchmarks.layouts;

/** How much of everything. */
record Amounts(int documents, int overwrites, int bulk, long sliceMillis, int slices) {

    static final Amounts QUICK = new Amounts(2_000, 10_000, 500, 200, 1);
    static final Amounts LONG = new Amounts(100_000, 1_000_000, 5_000, 2_000, 5);
}
