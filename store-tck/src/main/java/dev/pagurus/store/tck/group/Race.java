package dev.pagurus.store.tck.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Several threads that start at the same moment. The race ends when all of them have, fails with the first failure, and
 * fails with their stacks when they take too long: a deadlock is a failed test, not a hanging build.
 */
public final class Race {

    /** How long a race may take. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private Race() {}

    /** What one thread does. */
    @FunctionalInterface
    public interface Runner<R> {
        /** Runs. The number counts from 0. */
        R run(int number) throws Exception;
    }

    /** What one thread does when it has no result. */
    @FunctionalInterface
    public interface Action {
        /** Runs. The number counts from 0. */
        void run(int number) throws Exception;
    }

    /** Has so many threads do the same, and returns when all are done. */
    public static void run(int threads, Action action) throws Exception {
        results(threads, number -> {
            action.run(number);
            return true;
        });
    }

    /** Has so many threads do the same, and returns their results by number. */
    public static <R> List<R> results(int threads, Runner<R> runner) throws Exception {
        List<Callable<R>> runners = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            runners.add(() -> runner.run(number));
        }
        return all(runners);
    }

    /** Has each do its own, one thread each, and returns their results in order. */
    static <R> List<R> all(List<? extends Callable<R>> runners) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners.size());
        List<Thread> threads = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(runners.size(), task -> {
            Thread thread = new Thread(task, "race-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        try {
            CompletionService<R> done = new ExecutorCompletionService<>(pool);
            List<Future<R>> futures = new ArrayList<>();
            for (Callable<R> runner : runners) {
                futures.add(done.submit(() -> {
                    start.await();
                    return runner.call();
                }));
            }
            awaitAll(done, threads);
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Looks at the threads as they end, so that a failure shows at once even if others wait for what it owed them. */
    private static void awaitAll(CompletionService<?> done, List<Thread> threads) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (int i = 0; i < threads.size(); i++) {
            Future<?> next = done.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw stuck(threads);
            }
            try {
                next.get();
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }
    }

    private static AssertionError stuck(List<Thread> threads) {
        AssertionError stuck = new AssertionError("The threads were not done within " + LIMIT + ".");
        for (Thread thread : threads) {
            Throwable where = new Throwable(thread.getName() + " is here");
            where.setStackTrace(thread.getStackTrace());
            stuck.addSuppressed(where);
        }
        return stuck;
    }

    private static Exception unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : failure;
    }
}
