package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.jobs.Job.State;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers, with the time as it is. */
@Timeout(60)
class WorkersTest {

    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(50));

    @TempDir
    private Path directory;

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static State state(Jobs jobs, String id) {
        return jobs.get(id).orElseThrow().state();
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsIsTriedAgainAndItsErrorShowsNoSecret(TestStore kind) {
        try (Store store = Stores.open(kind.url(directory))) {
            Jobs jobs = new Jobs(store);
            AtomicInteger attempts = new AtomicInteger();
            try (Workers workers = Workers.of(jobs)
                    .backoff(QUICK)
                    .on("flaky", job -> {
                        if (attempts.incrementAndGet() < 3) {
                            throw new IllegalStateException("<b>not yet</b> " + job.payload());
                        }
                    })
                    .on("broken", job -> {
                        throw new IllegalStateException("cannot log in with s3cr3t-token");
                    })
                    .start()) {
                String flaky = jobs.enqueue(NewJob.ofJson("flaky", "{\"password\":\"hunter22\"}"));
                String broken = jobs.enqueue(
                        NewJob.ofJson("broken", "{\"token\":\"s3cr3t-token\"}").maxAttempts(2));
                until(() -> state(jobs, flaky) == State.DONE);
                until(() -> state(jobs, broken) == State.DEAD);
                assertThat(attempts).hasValue(3);
                assertThat(jobs.get(flaky).orElseThrow().error())
                        .contains("not yet")
                        .doesNotContain("hunter22");
                assertThat(jobs.overview().dead().get(0).error())
                        .startsWith("IllegalStateException: cannot log in with")
                        .doesNotContain("s3cr3t");
                assertThat(jobs.get(broken).orElseThrow().toString()).doesNotContain("s3cr3t");
                assertThat(workers).isNotNull();
            }
        }
    }

    /** They look every minute only, so it is the enqueuing that wakes them. */
    @ParameterizedTest
    @EnumSource
    void idleWorkersAreWokenInTheirProcess(TestStore kind) throws InterruptedException {
        try (Store store = Stores.open(kind.url(directory))) {
            Jobs jobs = new Jobs(store);
            CountDownLatch done = new CountDownLatch(3);
            try (Workers workers = Workers.of(jobs)
                    .poll(Duration.ofMinutes(1))
                    .on("mail", job -> done.countDown())
                    .start()) {
                Thread.sleep(1500); // until they sleep for longer
                jobs.enqueue(NewJob.ofJson("mail", "1"));
                store.runTransaction(tx -> jobs.enqueue(tx, NewJob.ofJson("mail", "2")));
                jobs.pause("mail");
                jobs.resume("mail");
                jobs.enqueue(NewJob.ofJson("mail", "3"));
                done.await();
                assertThat(workers).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLeaseIsRenewedWhileTheWorkRuns(TestStore kind) {
        String url = kind.url(directory);
        try (Store store = Stores.open(url);
                Store other = Stores.open(url)) {
            Jobs jobs = new Jobs(store);
            AtomicInteger begun = new AtomicInteger();
            Workers.Handler slow = job -> {
                begun.incrementAndGet();
                Thread.sleep(4_000);
            };
            Duration lease = Duration.ofMillis(1_500);
            try (Workers here = Workers.of(jobs).lease(lease).on("slow", slow).start();
                    Workers there = Workers.of(new Jobs(other))
                            .lease(lease)
                            .on("slow", slow)
                            .start()) {
                String id = jobs.enqueue(NewJob.ofJson("slow", "1"));
                until(() -> state(jobs, id) == State.DONE);
                assertThat(begun).hasValue(1);
                assertThat(here).isNotSameAs(there);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoStopsLetsTheWorkEndAndGivesBackWhatDoesNot(TestStore kind) throws InterruptedException {
        try (Store store = Stores.open(kind.url(directory))) {
            Jobs jobs = new Jobs(store);
            List<String> ids = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(2);
            Workers workers = Workers.of(jobs)
                    .threads(2)
                    .grace(Duration.ofMillis(500))
                    .on("short", job -> {
                        begun.countDown();
                        Thread.sleep(200);
                    })
                    .on("endless", job -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                    })
                    .start();
            ids.add(jobs.enqueue(NewJob.ofJson("short", "1")));
            ids.add(jobs.enqueue(NewJob.ofJson("endless", "1")));
            begun.await();
            workers.close();

            assertThat(state(jobs, ids.get(0))).isEqualTo(State.DONE);
            assertThat(state(jobs, ids.get(1))).isEqualTo(State.WAITING);
            assertThat(jobs.get(ids.get(1)).orElseThrow().attempts()).isZero();
            String late = jobs.enqueue(NewJob.ofJson("short", "2"));
            Thread.sleep(100);
            assertThat(state(jobs, late)).isEqualTo(State.WAITING);
        }
    }

    /** A handler that waits is interrupted when its job is cancelled. */
    @ParameterizedTest
    @EnumSource
    void aCancelledHandlerIsInterrupted(TestStore kind) throws InterruptedException {
        try (Store store = Stores.open(kind.url(directory))) {
            Jobs jobs = new Jobs(store);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            try (Workers workers = Workers.of(jobs)
                    .lease(Duration.ofMillis(300))
                    .on("endless", job -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } finally {
                            interrupted.countDown();
                        }
                    })
                    .start()) {
                String id = jobs.enqueue(NewJob.ofJson("endless", "1"));
                begun.await();
                jobs.cancel(id);
                interrupted.await();
                assertThat(state(jobs, id)).isEqualTo(State.CANCELLED);
                assertThat(workers).isNotNull();
            }
        }
    }
}
