package dev.pagurus.examples.benchmarks;

/**
 * A work under one condition.
 *
 * @param virtual whether the threads are virtual ones, on Java 25
 */
record Cell(Work work, Engine engine, int threads, boolean virtual) {

    @Override
    public String toString() {
        return work.title + ", " + engine + ", " + threads + (virtual ? " virtual" : "")
                + (threads == 1 ? " thread" : " threads");
    }
}
