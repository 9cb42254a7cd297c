package dev.pagurus.examples.jobs;

import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Eight workers that do jobs of random length until they are killed. */
final class StormProgram {

    /** What a job has done: how often, and who did it in which attempt. */
    record Effect(int times, String worker, int attempt) {}

    static final Schema<Effect> EFFECTS = Schema.of("effects", Effect.class);
    static final Duration LEASE = Duration.ofMillis(1_500);

    private static final int THREADS = 8;
    private static final int LONGEST_MILLIS = 15;

    private StormProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the URL, and by how many seconds the store's clock is to be ahead here; 0 for the store's own
     */
    public static void main(String[] arguments) throws Exception {
        Store store = open(arguments[0], Duration.ofSeconds(Long.parseLong(arguments[1])));
        Random random = new Random();
        Workers.Handler handler = job -> {
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            String worker = String.valueOf(job.job().worker());
            int attempt = job.attempt();
            job.finish(tx -> tx.collection(EFFECTS)
                    .compute(
                            job.payload(),
                            old -> Optional.of(new Effect(old.map(Effect::times).orElse(0) + 1, worker, attempt))));
        };
        Workers workers = Workers.of(new Jobs(store))
                .threads(THREADS)
                .lease(LEASE)
                .on("one", handler)
                .on("two", handler)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(workers::close));
        Thread.currentThread().join();
    }

    static Store open(String url, Duration ahead) {
        StoreConfig.Builder config = StoreConfig.builder(url);
        if (!ahead.isZero()) {
            config.clock(Clock.offset(Clock.systemUTC(), ahead));
        }
        Store store = Stores.open(config.build());
        store.collection(EFFECTS);
        return store;
    }
}
