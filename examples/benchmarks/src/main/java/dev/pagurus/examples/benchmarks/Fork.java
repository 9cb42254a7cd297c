package dev.pagurus.examples.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs JMH for one fork of one side; JMH by itself would run all forks of one side before the other's. */
record Fork(Plan plan) {

    /**
     * Measures a work once.
     *
     * @param page for works that read one certain page, which
     */
    Figures run(Cell cell, Library library, Place place, int page) {
        Work work = cell.work();
        boolean once = work.isOnce();
        boolean limit = library == Library.LIMIT;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Works.class.getName() + "\\." + work.method + (limit ? "Many" : "") + "$")
                .param("library", library.name())
                .param("engine", place.engine().name())
                .param("root", place.root())
                .param("name", place.name())
                .param("documents", String.valueOf(plan.documents(work)))
                .param("body", String.valueOf(work.body))
                .mode(once ? Mode.SingleShotTime : Mode.SampleTime)
                .param("batch", String.valueOf(limit ? Plan.batch(cell.threads()) : 1))
                .threads(limit ? 1 : cell.threads())
                .forks(1)
                .warmupIterations(once ? 0 : 1)
                .warmupTime(TimeValue.milliseconds(plan.warmupMillis()))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(plan.measureMillis()))
                .timeout(TimeValue.minutes(once ? 10 : 1))
                .jvmArgs(jvm(cell))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (work == Work.LATER_PAGE) {
            options.param("page", String.valueOf(page));
        }
        if (cell.virtual()) {
            options.jvm(Java25.executable());
        }
        try {
            Figures figures = figures(cell, limit, new Runner(options.build()).run());
            return limit ? figures.times(Plan.batch(cell.threads())) : figures;
        } catch (RunnerException e) {
            throw new IllegalStateException(library + " failed at " + cell, e);
        }
    }

    private Figures figures(Cell cell, boolean limit, Collection<RunResult> results) {
        BenchmarkResult fork =
                results.iterator().next().getBenchmarkResults().iterator().next();
        Statistics micros = fork.getPrimaryResult().getStatistics();
        double perSecond = TimeUnit.SECONDS.toMicros(1) / micros.getMean();
        double ops = cell.work().isOnce()
                ? plan.documents(cell.work()) * perSecond
                : rate(cell, measured(fork), micros.getN(), (limit ? 1 : cell.threads()) * perSecond);
        return new Figures(ops, micros.getPercentile(50), micros.getPercentile(99), micros.getPercentile(99.9));
    }

    /**
     * Of fast calls JMH times only some, and their mean misses rare long ones: those are counted. So are those of virtual
     * threads, which also wait for a core between two calls, where nobody looks; one call of each thread lies partly
     * outside of the time.
     */
    private double rate(Cell cell, long calls, long timed, double byMean) {
        double counted = cell.virtual() ? calls - cell.threads() / 2.0 : calls;
        return timed == calls && !cell.virtual() ? byMean : counted * 1000 / plan.measureMillis();
    }

    private static long measured(BenchmarkResult fork) {
        return fork.getIterationResults().stream()
                .map(IterationResult::getMetadata)
                .mapToLong(of -> of.getMeasuredOps())
                .sum();
    }

    private static String[] jvm(Cell cell) {
        List<String> arguments = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
        if (cell.virtual()) {
            arguments.add("-Djmh.executor=VIRTUAL");
        }
        if (cell.virtual() || Runtime.version().feature() >= 24) {
            // These would otherwise warn of what sqlite-jdbc and JMH do.
            arguments.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return arguments.toArray(String[]::new);
    }
}
