package dev.pagurus.examples.jobs;

import dev.pagurus.store.Document;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.VersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job that a worker has, as its handler sees it. The job is this worker's as long as its document has the version that the
 * worker wrote last: whatever it changes it changes at that version, so who has lost the job changes nothing.
 */
public final class Taken {

    private static final Logger LOG = LoggerFactory.getLogger(Taken.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Jobs jobs;
    private final String id;

    /** Held by who writes the job: its handler, which ends it, or the thread that renews its lease. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Document<Job> held;
    private volatile boolean ended;
    private volatile boolean lost;
    private @Nullable Thread worker;

    Taken(Jobs jobs, Document<Job> held) {
        this.jobs = jobs;
        this.id = held.id();
        this.held = held;
    }

    public String id() {
        return id;
    }

    public String kind() {
        return held.value().kind();
    }

    /** When the job was to be done; for one of a schedule, its time there. */
    public Instant due() {
        return held.value().due();
    }

    /** Which attempt this is, from 1. */
    public int attempt() {
        return held.value().attempts();
    }

    /** The payload as JSON. */
    public String payload() {
        return held.value().payload();
    }

    /** The payload as the record that was given to {@link NewJob#of}. */
    public <T> T payload(Class<T> type) {
        return JSON.readValue(payload(), type);
    }

    /** Whether it is known already that the job is another worker's, or cancelled; for long work that can stop. */
    public boolean isLost() {
        return lost;
    }

    /** Ends the job. A handler that returns without this has done so too. */
    public void finish() {
        finish(tx -> {});
    }

    /**
     * Ends the job and has an effect in the same store, in one transaction: both or neither. So the effect happens once,
     * however often the job is begun. What is said of {@link Store#transaction} holds for it.
     *
     * @throws LeaseLostException if the job is no longer this worker's; the effect has not happened
     */
    public <X extends Exception> void finish(Store.TransactionAction<X> effect) throws X {
        lock.lock();
        try {
            if (lost) {
                throw new LeaseLostException(id);
            }
            if (ended) {
                throw new IllegalStateException("Job '" + id + "' is finished already. Call finish once.");
            }
            Document<Job> done = held.withValue(held.value().done(jobs.now()));
            jobs.store().runTransaction((Store.TransactionAction<X>) tx -> {
                tx.collection(Job.SCHEMA).replace(done);
                effect.run(tx);
            });
            ended = true;
        } catch (VersionConflictException e) {
            if (!e.collection().equals(Job.SCHEMA.name()) || !e.id().equals(id)) {
                throw e; // the effect's own
            }
            lost = true;
            throw new LeaseLostException(id);
        } finally {
            lock.unlock();
        }
    }

    /** Writes the end of an attempt that is not the end of the job's work, or what else its worker decides. */
    void end(Job changed) {
        lock.lock();
        try {
            if (lost) {
                throw new LeaseLostException(id);
            }
            jobs.collection().replace(held.withValue(changed));
            ended = true;
        } catch (VersionConflictException e) {
            lost = true;
            throw new LeaseLostException(id);
        } finally {
            lock.unlock();
        }
    }

    /** Renews the lease; interrupts the handler if the job is lost. */
    void renew(Duration lease) {
        if (!lock.tryLock()) {
            return; // It is being ended.
        }
        try {
            if (!ended && !lost) {
                held = jobs.collection()
                        .replace(held.withValue(held.value().renewed(jobs.now().plus(lease))));
            }
        } catch (VersionConflictException e) {
            lose();
        } catch (OutcomeUnknownException e) {
            lookAgain();
        } catch (StoreException e) {
            LOG.warn("The lease of job '{}' could not be renewed just now: {}", id, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** The lease may have been renewed or not; the document says so, if the store can be reached again. */
    private void lookAgain() {
        try {
            Optional<Document<Job>> stored = jobs.collection().get(id);
            Job mine = held.value();
            if (stored.isPresent()
                    && stored.get().value().state() == Job.State.RUNNING
                    && stored.get().value().attempts() == mine.attempts()
                    && String.valueOf(mine.worker()).equals(stored.get().value().worker())) {
                held = stored.get();
            }
        } catch (StoreException e) {
            LOG.warn("Whether the lease of job '{}' was renewed could not be seen: {}", id, e.getMessage());
        }
    }

    private void lose() {
        lost = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Says which thread works on it; only that one, and only meanwhile, is interrupted. */
    void workedOnBy(@Nullable Thread thread) {
        lock.lock();
        try {
            worker = thread;
        } finally {
            lock.unlock();
        }
    }

    /** Has the handler stop, if it heeds interrupts. */
    void interrupt() {
        lock.lock();
        try {
            if (worker != null) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    Job job() {
        return held.value();
    }

    boolean isEnded() {
        return ended;
    }
}
