package dev.pagurus.examples.jobs;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Many jobs, two processes with four workers each, one of which is killed when half is done; and then each effect is counted. */
final class Demo {

    private static final int JOBS = 10_000;
    private static final int BATCH = 500;
    private static final int THREADS = 4;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** What a job has to do: add one to a count. */
    record Task(String run, int number) {}

    /** How often that was done. */
    record Effect(String run, int times) {}

    private static final String KIND = "demo";
    private static final TextField<Effect> RUN =
            TextField.of("run", Effect::run).maxBytes(100);
    private static final Schema<Effect> EFFECTS =
            Schema.of("demo_effects", Effect.class).index(RUN);

    private Demo() {}

    /** Runs it; with the argument {@code worker}, the part of one of the two processes. */
    static boolean run(String url, List<String> args, PrintStream out) throws IOException, InterruptedException {
        if (args.equals(List.of("worker"))) {
            work(url);
            return true;
        }
        List<Process> processes = new ArrayList<>();
        try (Store store = Stores.open(url)) {
            DocumentCollection<Effect> effects = store.collection(EFFECTS);
            Jobs jobs = new Jobs(store);
            String run = UUID.randomUUID().toString();
            out.println("The jobs are in " + StoreConfig.of(url).redactedUrl());
            long began = System.nanoTime();
            for (int number = 0; number < JOBS; number += BATCH) {
                int first = number;
                // Jobs that belong together: all of them or none, and one commit.
                store.runTransaction(tx -> {
                    for (int i = first; i < first + BATCH; i++) {
                        jobs.enqueue(tx, NewJob.of(KIND, new Task(run, i)));
                    }
                });
            }
            say(out, "Enqueued %,d jobs in %.1f s.", JOBS, seconds(began));
            began = System.nanoTime();
            processes.add(start(url));
            processes.add(start(url));
            awaitEffects(effects, run, JOBS / 2, processes);
            long before = effects.where(RUN.eq(run)).count();
            processes.get(0).destroyForcibly().waitFor(); // SIGKILL, in the middle of its jobs
            say(out, "Killed one of two processes when %,d were done.", before);
            awaitEffects(effects, run, JOBS, processes.subList(1, 2));
            say(out, "All %,d were done in %.1f s.", JOBS, seconds(began));
            long once = effects.where(RUN.eq(run)).stream()
                    .map(Document::value)
                    .filter(effect -> effect.times() == 1)
                    .count();
            boolean right = once == JOBS;
            say(out, right ? "Each of %,d effects was counted once." : "WRONG: %,d effects were counted once.", once);
            return right;
        } finally {
            processes.forEach(Process::destroy);
            for (Process process : processes) {
                process.waitFor();
            }
        }
    }

    private static void awaitEffects(DocumentCollection<Effect> effects, String run, int number, List<Process> workers)
            throws InterruptedException {
        while (effects.where(RUN.eq(run)).count() < number) {
            if (workers.stream().noneMatch(Process::isAlive)) {
                throw new IllegalStateException("The workers have ended before the jobs. See above why.");
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Does jobs until it is told to stop. */
    private static void work(String url) throws InterruptedException {
        Store store = Stores.open(url);
        store.collection(EFFECTS);
        Workers workers = Workers.of(new Jobs(store))
                .threads(THREADS)
                .lease(LEASE)
                .on(KIND, Demo::count)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            workers.close();
            store.close();
        }));
        Thread.currentThread().join();
    }

    /** The count and the end of the job are one transaction. */
    private static void count(Taken job) {
        Task task = job.payload(Task.class);
        job.finish(tx -> tx.collection(EFFECTS)
                .compute(
                        task.run() + " " + task.number(),
                        old -> Optional.of(
                                new Effect(task.run(), old.map(Effect::times).orElse(0) + 1))));
    }

    private static Process start(String url) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "worker")
                .inheritIO();
        builder.environment().put("DATABASE_URL", url); // and not an argument, which everybody sees
        return builder.start();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void say(PrintStream out, String text, Object... values) {
        out.printf(Locale.ROOT, text + "%n", values);
    }
}
