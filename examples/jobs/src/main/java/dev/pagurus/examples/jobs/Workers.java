package dev.pagurus.examples.jobs;

import dev.pagurus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads of this process that do jobs. One thread takes as many jobs as there are idle workers; another one renews the leases
 * of those that are worked on, and enqueues what schedules say.
 *
 * <pre>{@code
 * try (Workers workers = Workers.of(jobs).threads(8).on("mail", job -> send(job.payload(Mail.class))).start()) {
 *     ...
 * }
 * }</pre>
 */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** While there is nothing to do, the store is asked again after so long, and then less and less often. */
    private static final Duration SOON = Duration.ofMillis(10);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Schedules schedules;
    private final Settings settings;
    private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final ExecutorService pool;
    private final Thread taker = daemon(this::takeJobs);
    private final Thread renewer = daemon(this::renewLeases);
    private final Thread planner = daemon(this::plan);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore idle;
    private final Semaphore woken = new Semaphore(0);
    private final Runnable waker = woken::release;
    private final Set<Taken> working = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private volatile boolean givingUp;

    /** Does a job of one kind; what it throws is a failed attempt. */
    @FunctionalInterface
    public interface Handler {
        void run(Taken job) throws Exception;
    }

    private Workers(Jobs jobs, Settings settings) {
        this.jobs = jobs;
        this.schedules = new Schedules(jobs);
        this.settings = settings;
        this.pool = Executors.newFixedThreadPool(settings.threads, Workers::daemon);
        this.idle = new Semaphore(settings.threads);
    }

    /** Starts to say what workers shall be like. */
    public static Settings of(Jobs jobs) {
        return new Settings(jobs);
    }

    /** What workers are like. */
    public static final class Settings {
        private final Jobs jobs;
        private final Map<String, Handler> handlers = new HashMap<>();
        private int threads = 4;
        private Duration lease = Duration.ofSeconds(30);
        private Duration poll = SECOND;
        private Duration grace = Duration.ofSeconds(20);
        private Backoff backoff = Backoff.DEFAULT;

        private Settings(Jobs jobs) {
            this.jobs = jobs;
        }

        /** Sets who does jobs of a kind; those of other kinds are left to other processes. */
        public Settings on(String kind, Handler handler) {
            handlers.put(kind, handler);
            return this;
        }

        /** Sets how many jobs are done at once; 4 if not set. */
        public Settings threads(int number) {
            threads = number;
            return this;
        }

        /**
         * Sets for how long a job is taken, 30 seconds if not set. It is renewed three times in that while, so it is only how
         * soon another worker takes the job of one who was killed.
         */
        public Settings lease(Duration length) {
            lease = length;
            return this;
        }

        /** Sets how long a job of another process may wait for an idle worker here; 1 second if not set. */
        public Settings poll(Duration longest) {
            poll = longest;
            return this;
        }

        /** Sets how long {@link Workers#close} lets handlers go on; 20 seconds if not set. */
        public Settings grace(Duration longest) {
            grace = longest;
            return this;
        }

        public Settings backoff(Backoff pauses) {
            backoff = pauses;
            return this;
        }

        public Workers start() {
            Workers workers = new Workers(jobs, this);
            workers.begin();
            return workers;
        }
    }

    private void begin() {
        jobs.onWork(waker);
        List.of(taker, renewer, planner).forEach(Thread::start);
    }

    private void renewLeases() {
        every(
                settings.lease.dividedBy(3),
                () -> working.forEach(job -> guarded("The lease of a job", () -> job.renew(settings.lease))));
    }

    private void plan() {
        every(SECOND, () -> guarded("Schedules", schedules::enqueueDue));
    }

    private void every(Duration pause, Runnable action) {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                action.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeJobs() {
        long pause = SOON.toMillis();
        while (true) {
            try {
                idle.acquire();
                if (stopping) {
                    return;
                }
                int free = 1 + idle.drainPermits();
                List<Taken> taken = List.of();
                try {
                    taken = jobs.take(settings.handlers.keySet(), free, settings.lease, name);
                } catch (StoreException e) {
                    LOG.warn("No jobs can be taken just now; it is tried again: {}", e.getMessage());
                    pause = settings.poll.toMillis();
                } catch (RuntimeException e) {
                    LOG.error("No jobs can be taken just now; it is tried again: {}", type(e));
                    pause = settings.poll.toMillis();
                }
                idle.release(free - taken.size());
                for (Taken job : taken) {
                    working.add(job);
                    pool.execute(() -> work(job));
                }
                if (!taken.isEmpty() || woken.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                    pause = SOON.toMillis();
                } else {
                    pause = Math.min(2 * pause, settings.poll.toMillis());
                }
                woken.drainPermits();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work(Taken job) {
        job.workedOnBy(Thread.currentThread());
        try {
            Objects.requireNonNull(settings.handlers.get(job.kind())).run(job);
            if (!job.isEnded()) {
                job.finish();
            }
        } catch (LeaseLostException e) {
            LOG.info(e.getMessage());
        } catch (Throwable e) { // Whatever it is: the job shall not be taken for done.
            job.workedOnBy(null);
            boolean interrupted = Thread.interrupted();
            guarded("Job '" + job.id() + "'", () -> failed(job, e, interrupted || e instanceof InterruptedException));
        } finally {
            job.workedOnBy(null);
            working.remove(job);
            boolean cleared = Thread.interrupted();
            LOG.trace("Job '{}' has left its worker, interrupted: {}", job.id(), cleared);
            idle.release();
        }
    }

    private void failed(Taken job, Throwable failure, boolean interrupted) {
        if (job.isEnded()) {
            LOG.warn("The handler of job '{}' failed after it had finished the job: {}", job.id(), type(failure));
            return;
        }
        Instant now = jobs.now();
        if (interrupted && givingUp) {
            job.end(job.job().released(now));
            return;
        }
        Job after = job.job()
                .failed(Fault.of(failure, job.payload()), now, now.plus(settings.backoff.after(job.attempt())));
        job.end(after);
        LOG.warn(
                "Job '{}' of kind '{}' failed in attempt {} of {} and is {} now: {}",
                job.id(),
                job.kind(),
                after.attempts(),
                after.maxAttempts(),
                after.state() == Job.State.DEAD ? "dead" : "to be tried again",
                type(failure));
    }

    /** Its message may have anything in it, so it is not for the log. */
    private static String type(Throwable failure) {
        return failure.getClass().getName();
    }

    private static void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (LeaseLostException e) {
            LOG.info(e.getMessage());
        } catch (StoreException e) {
            LOG.warn("{} could not be written just now: {}", what, e.getMessage());
        } catch (RuntimeException e) { // A thread of ours that died of it would be missed.
            LOG.error("{} could not be written: {}", what, type(e));
        }
    }

    /**
     * Takes no more jobs, lets handlers end for as long as the grace says, then interrupts them, and gives back what they
     * leave. What ignores that goes on until its lease is over, at the least. Do this before the store is closed.
     */
    @Override
    public void close() {
        stopping = true;
        jobs.offWork(waker);
        // It is woken, and not interrupted, for it may be taking jobs just now.
        woken.release();
        idle.release();
        try {
            taker.join();
            pool.shutdown();
            if (!pool.awaitTermination(settings.grace.toMillis(), TimeUnit.MILLISECONDS)) {
                givingUp = true;
                working.forEach(Taken::interrupt);
                boolean all = pool.awaitTermination(SECOND.toMillis(), TimeUnit.MILLISECONDS);
                LOG.info("Handlers were interrupted, and all of them have ended: {}", all);
            }
            closed.countDown(); // Until then leases are renewed.
            renewer.join(SECOND.toMillis());
            planner.join(SECOND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "jobs");
        thread.setDaemon(true);
        return thread;
    }
}
