package dev.pagurus.examples.jobs;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue: jobs in a collection of a store, for any number of processes. Make one for each process and keep it; it is safe for
 * use by many threads.
 */
public final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private static final int TRIES = 10;
    private static final int BATCH = 500;

    /** A kind of which no job is begun; the document's id is the kind. */
    record Pause(Instant since) {}

    static final Schema<Pause> PAUSES =
            Schema.of("jobs_paused", Pause.class).field(InstantField.of("since", Pause::since));

    private final Store store;
    private final DocumentCollection<Job> jobs;
    private final DocumentCollection<Pause> pauses;
    private final List<Runnable> sleepers = new CopyOnWriteArrayList<>();
    private final Set<String> undecodable = ConcurrentHashMap.newKeySet();
    private volatile Reading clock;

    /** What the store's clock said, and when that was. */
    private record Reading(Instant time, long heard) {}

    public Jobs(Store store) {
        this.store = store;
        this.jobs = store.collection(Job.SCHEMA);
        this.pauses = store.collection(PAUSES);
        this.clock = new Reading(store.now(), System.nanoTime());
    }

    /**
     * Adds a job, which is durable when this returns.
     *
     * @return its id; if it has a key and one with that key is open, the id of that one, which stays as it is
     */
    public String enqueue(NewJob job) {
        String id = insert(jobs, job, now());
        wake();
        return id;
    }

    /** The same as part of a transaction: the job is there if the rest of it is. Let what this throws end the transaction. */
    public String enqueue(Transaction tx, NewJob job) {
        // Inside of a transaction the store's clock is not asked, so its time is reckoned on.
        Reading read = clock;
        String id = insert(tx.collection(Job.SCHEMA), job, read.time().plusNanos(System.nanoTime() - read.heard()));
        tx.afterCommit(this::wake);
        return id;
    }

    private static String insert(DocumentCollection<Job> into, NewJob job, Instant now) {
        for (int tries = 1; ; tries++) {
            try {
                return into.insert(job.waiting(now)).id();
            } catch (UniqueViolationException e) {
                String key = String.valueOf(job.key());
                Optional<Document<Job>> open = into.where(Job.KIND.eq(job.kind()))
                        .where(Job.OPEN_KEY.eq(key))
                        .first();
                if (open.isPresent()) {
                    return open.get().id();
                }
                if (tries == TRIES) { // It ended meanwhile, each time; or the transaction cannot see it.
                    throw e;
                }
            }
        }
    }

    /** Returns a job as it is now. */
    public Optional<Job> get(String id) {
        return jobs.get(id).map(Document::value);
    }

    /** Ends a job that is open. Whoever works on it finds out when it wants to finish, or renews its lease. */
    public boolean cancel(String id) {
        Instant now = now();
        return change(id, Job::isOpen, job -> job.cancelled(now));
    }

    /**
     * Has a job tried at once that is dead, cancelled, or waits for its time, with all of its attempts anew.
     *
     * @throws IllegalStateException if another job with its key is open
     */
    public boolean retry(String id) {
        Instant now = now();
        boolean retried = change(
                id, job -> job.state() != Job.State.RUNNING && job.state() != Job.State.DONE, job -> job.retried(now));
        wake();
        return retried;
    }

    /** Has no job of a kind begun until {@link #resume}, in any process, from the next time that one looks for jobs. */
    public void pause(String kind) {
        pauses.put(kind, new Pause(now()));
    }

    /** Ends a pause; false if there was none. */
    public boolean resume(String kind) {
        boolean paused = pauses.delete(kind);
        wake();
        return paused;
    }

    /** Removes jobs that were done or cancelled before that time; dead ones stay. Returns how many there were. */
    public long forget(Instant before) {
        long forgotten = 0;
        for (Job.State state : List.of(Job.State.DONE, Job.State.CANCELLED)) {
            while (true) { // In small steps, so that nobody waits for long.
                List<String> ids = jobs
                        .where(Job.STATE.eq(state))
                        .where(Job.MOMENT.before(before))
                        .orderBy(Job.MOMENT.asc())
                        .limit(BATCH)
                        .list()
                        .stream()
                        .map(Document::id)
                        .toList();
                if (ids.isEmpty()) {
                    break;
                }
                // What was retried meanwhile is of another state.
                forgotten += jobs.where(Job.SCHEMA.id().in(ids))
                        .where(Job.STATE.eq(state))
                        .deleteAll();
            }
        }
        return forgotten;
    }

    /** Says how things are. */
    public Overview overview() {
        return Overview.of(store, now());
    }

    /** Takes jobs of some kinds that are due, each for the time of a lease: by priority, then by time. */
    List<Taken> take(Collection<String> kinds, int most, Duration lease, String worker) {
        Instant now = now();
        Instant until = now.plus(lease);
        List<String> open = new ArrayList<>(kinds);
        pauses.query().list().forEach(pause -> open.remove(pause.id()));
        Collections.shuffle(open); // No kind starves another one.
        List<Document<Job>> taken = new ArrayList<>();
        try {
            for (Job.Priority priority : Job.Priority.values()) {
                for (String kind : open) {
                    if (taken.size() < most) {
                        taken.addAll(jobs.where(Job.KIND.eq(kind))
                                .where(Job.PRIORITY.eq(priority))
                                .where(Job.CLAIMABLE.lte(now))
                                .orderBy(Job.CLAIMABLE.asc())
                                .limit(most - taken.size())
                                .undecodable(damaged -> warn(damaged.id(), damaged.getClass()))
                                .claim(job -> job.taken(worker, now, until)));
                    }
                }
            }
        } catch (StoreException e) {
            if (taken.isEmpty()) {
                throw e;
            }
            LOG.warn("Some kinds of jobs could not be looked for just now: {}", e.getMessage());
        }
        return taken.stream()
                .filter(job -> job.value().state() == Job.State.RUNNING) // and not dead by too many leases
                .map(job -> new Taken(this, job))
                .toList();
    }

    private void warn(String id, Class<?> why) {
        if (undecodable.add(id)) {
            LOG.warn(
                    "Job '{}' is left out, for it cannot be read ({}); mend or delete its document",
                    id,
                    why.getSimpleName());
        }
    }

    private boolean change(String id, Predicate<Job> when, UnaryOperator<Job> change) {
        while (true) {
            Optional<Document<Job>> job = jobs.get(id);
            if (job.isEmpty() || !when.test(job.get().value())) {
                return false;
            }
            try {
                jobs.replace(job.get().withValue(change.apply(job.get().value())));
                return true;
            } catch (VersionConflictException e) {
                LOG.debug("Somebody else has just changed job '{}'", id);
            } catch (UniqueViolationException e) {
                throw new IllegalStateException(
                        "Job '" + id + "' has a key, and another job with that key is open. Nothing was changed;"
                                + " cancel that one, or let it end.",
                        e);
            }
        }
    }

    /** The store's clock: the same for all processes, whatever their own clocks say. */
    Instant now() {
        Instant now = store.now();
        clock = new Reading(now, System.nanoTime());
        return now;
    }

    Store store() {
        return store;
    }

    DocumentCollection<Job> collection() {
        return jobs;
    }

    /** Has something run whenever there may be a job to take, as far as this process knows. */
    void onWork(Runnable sleeper) {
        sleepers.add(sleeper);
    }

    void offWork(Runnable sleeper) {
        sleepers.remove(sleeper);
    }

    private void wake() {
        sleepers.forEach(Runnable::run);
    }
}
