package dev.pagurus.examples.benchmarks;

/**
 * What one fork of one side came to.
 *
 * @param ops calls per second; documents per second when many are inserted
 * @param p50us how long the median call took, in microseconds
 * @param p99us how long 99 of 100 calls took at most, in microseconds
 * @param p999us the same of 999 of 1000: where locks are unfair, whoever waits for long is found only there
 */
record Figures(double ops, double p50us, double p99us, double p999us) {

    /** Where each call does so much of the work. */
    Figures times(int works) {
        return new Figures(ops * works, p50us, p99us, p999us);
    }
}
