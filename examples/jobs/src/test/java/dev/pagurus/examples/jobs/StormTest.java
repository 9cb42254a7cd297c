package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.jobs.Job.State;
import dev.pagurus.examples.jobs.StormProgram.Effect;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight workers in each of two processes, which are killed, and stopped for longer than their leases, while somebody holds a
 * snapshot open, until at least one of them has found out that it had lost a lease: every job is done, each effect is counted
 * once, and was had by who had the job's last lease. {@code -Dpagurus.storm.jobs} says how many jobs there are at least, and
 * {@code -Dpagurus.storm.snapshot} for how many seconds a snapshot is held.
 */
@Timeout(900)
class StormTest {

    private static final boolean LONG = Boolean.getBoolean("pagurus.long");
    private static final int JOBS = Integer.getInteger("pagurus.storm.jobs", LONG ? 2_000 : 600);
    private static final int BLOWS = Integer.getInteger("pagurus.storm.blows", 4);
    private static final int PROGRESS = 50;
    private static final int BACKLOG = 40;
    private static final long SNAPSHOT_MILLIS = 1_000 * Long.getLong("pagurus.storm.snapshot", 5);

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean blown = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private String url = "";
    private int ahead;

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void onSqlite() throws Exception {
        url = TestStore.SQLITE.url(directory);
        storm();
    }

    @Test
    void onPostgresql() throws Exception {
        url = TestStore.POSTGRES.url(directory);
        storm();
    }

    @Test
    @Tag("long")
    void behindPgBouncer() throws Exception {
        String direct = TestStore.POSTGRES.url(directory);
        URI server = URI.create(direct);
        try (PgBouncer bouncer = PgBouncer.start("127.0.0.1", server.getPort())) {
            url = direct.replace(":" + server.getPort() + "/", ":" + bouncer.port() + "/") + "&prepare.threshold=0";
            storm();
        }
    }

    /**
     * The store's clock of one process is a minute ahead, so that it takes all leases of the other one for over. Nothing but
     * a test can have it so: on PostgreSQL the clock is the server's, on SQLite the machine's that the processes share.
     */
    @Test
    @Tag("long")
    void withClocksAMinuteApartOnSqlite() throws Exception {
        url = TestStore.SQLITE.url(directory);
        ahead = 60;
        storm();
    }

    @Test
    @Tag("long")
    void withClocksAMinuteApartOnPostgresql() throws Exception {
        url = TestStore.POSTGRES.url(directory);
        ahead = 60;
        storm();
    }

    private void storm() throws Exception {
        try (Store store = StormProgram.open(url, Duration.ZERO)) {
            Jobs jobs = new Jobs(store);
            DocumentCollection<Effect> effects = store.collection(StormProgram.EFFECTS);
            Thread holder = new Thread(() -> holdSnapshots(store));
            Thread enqueuer = new Thread(() -> enqueue(jobs));
            holder.start();
            enqueuer.start();
            processes.add(start(0, 0));
            processes.add(start(1, ahead));
            for (int blows = 0; blows < BLOWS || !isALeaseLost(); blows++) {
                long before = effects.query().count();
                until(() -> effects.query().count() >= before + PROGRESS);
                if (blows % 2 == 0) { // and never the one whose leases are a minute longer
                    processes.get(0).destroyForcibly().waitFor();
                    processes.set(0, start(0, 0));
                } else {
                    Process stopped = processes.get(1);
                    signal("STOP", stopped);
                    Thread.sleep(2 * StormProgram.LEASE.toMillis());
                    signal("CONT", stopped);
                }
            }
            blown.set(true);
            enqueuer.join();
            until(() -> jobs.overview().count(State.DONE) == made.get());
            ended.set(true);
            holder.join();
            check(store, effects);
        }
    }

    /**
     * Never many at a time: who lost his lease has lost it to somebody only when that one has taken the job, which is behind
     * those that waited before.
     */
    private void enqueue(Jobs jobs) {
        while (!ended.get() && (!blown.get() || made.get() < JOBS)) {
            if (jobs.collection().where(Job.STATE.eq(State.WAITING)).count() < BACKLOG) {
                for (int i = 0; i < BACKLOG; i++) {
                    int number = made.getAndIncrement();
                    jobs.enqueue(NewJob.ofJson(number % 3 == 0 ? "one" : "two", String.valueOf(number))
                            .priority(number % 2 == 0 ? Job.Priority.HIGH : Job.Priority.LOW)
                            .maxAttempts(1_000));
                }
            }
            pause();
        }
    }

    /** Whether a worker has found out that a job is another one's: what it says is in the log of its process. */
    private boolean isALeaseLost() throws IOException {
        for (int number = 0; number < processes.size(); number++) {
            if (Files.readString(log(number)).contains("is no longer this worker's")) {
                return true;
            }
        }
        return false;
    }

    private Path log(int number) {
        return directory.resolve("program" + number + ".out");
    }

    private void check(Store store, DocumentCollection<Effect> effects) {
        Map<String, Effect> had = new HashMap<>();
        effects.query().stream().forEach(effect -> had.put(effect.id(), effect.value()));
        assertThat(had).hasSize(made.get());
        assertThat(had.values()).allMatch(effect -> effect.times() == 1);
        int again = 0;
        for (Document<Job> document : store.collection(Job.SCHEMA).query().list()) {
            Job job = document.value();
            again += job.attempts() > 1 ? 1 : 0;
            assertThat(had.get(job.payload())).isEqualTo(new Effect(1, String.valueOf(job.worker()), job.attempts()));
        }
        assertThat(again).as("jobs that were begun more than once").isPositive();
    }

    private void holdSnapshots(Store store) {
        while (!ended.get()) {
            store.snapshot(view -> {
                long before = view.collection(Job.SCHEMA).query().count();
                long until = System.nanoTime() + SNAPSHOT_MILLIS * 1_000_000;
                while (!ended.get() && System.nanoTime() < until) {
                    pause();
                }
                return before;
            });
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void until(BooleanSupplier condition) throws IOException, InterruptedException {
        while (!condition.getAsBoolean()) {
            for (int number = 0; number < processes.size(); number++) {
                assertThat(processes.get(number).isAlive())
                        .as(Files.readString(log(number)))
                        .isTrue();
            }
            Thread.sleep(50);
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private Process start(int number, int secondsAhead) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.log.dev.pagurus.examples.jobs=info",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StormProgram.class.getName(),
                        url,
                        String.valueOf(secondsAhead))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(number).toFile()))
                .redirectErrorStream(true)
                .start();
    }
}
