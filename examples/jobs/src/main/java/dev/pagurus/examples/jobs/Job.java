package dev.pagurus.examples.jobs;

import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is stored. What becomes of it is said here, and who may do that is said by its version: each change is one
 * compare-and-set.
 *
 * @param kind which handler does it
 * @param payload what the handler needs, as JSON; may hold secrets, so it is shown nowhere
 * @param key no other job of its kind is open with it; null if any number may be
 * @param due when it is to be done
 * @param claimable from when on a worker may take it: its due time, the end of its pause after a failure, or the end of its
 *     lease; null once it has ended
 * @param attempts how often it was begun
 * @param worker who has it, or had it last
 * @param error what the last failed attempt said
 * @param ended since when it is done, cancelled or dead
 */
public record Job(
        String kind,
        Priority priority,
        State state,
        String payload,
        @Nullable String key,
        Instant due,
        @Nullable Instant claimable,
        int attempts,
        int maxAttempts,
        @Nullable String worker,
        @Nullable String error,
        @Nullable Instant ended) {

    /** What is due goes first by priority, then by time. */
    public enum Priority {
        HIGH,
        NORMAL,
        LOW
    }

    /** What a job may be. Those that wait and run are open. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        DEAD
    }

    static final TextField<Job> KIND = TextField.of("kind", Job::kind).maxBytes(NewJob.MAX_BYTES);
    static final EnumField<Job, Priority> PRIORITY = EnumField.of("priority", Priority.class, Job::priority);
    static final EnumField<Job, State> STATE = EnumField.of("state", State.class, Job::state);
    static final InstantField<Job> CLAIMABLE = InstantField.of("claimable", Job::claimable);
    static final TextField<Job> OPEN_KEY = TextField.of("open_key", (Job job) -> job.isOpen() ? job.key() : null)
            .maxBytes(NewJob.MAX_BYTES);

    /** For what people look at, in one index: when an open job can be taken, when another one ended. */
    static final InstantField<Job> MOMENT =
            InstantField.of("moment", job -> job.claimable() == null ? job.ended() : job.claimable());

    /**
     * The first index is what workers search. All that has ended is null in it, and all that is not due yet lies behind what
     * is: so a search costs the same with a million jobs that are done, or that wait for tomorrow.
     */
    public static final Schema<Job> SCHEMA = Schema.of("jobs", Job.class)
            .index(KIND, PRIORITY, CLAIMABLE)
            .index(STATE, MOMENT)
            .uniqueIndex(KIND, OPEN_KEY);

    boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /** A lease that is over, again and again, may be the fault of the job: so it counts as a failed attempt. */
    Job taken(String by, Instant now, Instant until) {
        if (attempts >= maxAttempts) {
            return ended(
                    State.DEAD, now, "The lease of the last attempt ran out: its worker was killed, or stood still.");
        }
        return with(State.RUNNING, until, attempts + 1, by, error, null);
    }

    Job renewed(Instant until) {
        return with(State.RUNNING, until, attempts, worker, error, null);
    }

    Job done(Instant now) {
        return ended(State.DONE, now, error);
    }

    Job cancelled(Instant now) {
        return ended(State.CANCELLED, now, error);
    }

    /** The attempt has failed: tried again at that time, if it was not the last one. */
    Job failed(String why, Instant now, Instant again) {
        return attempts >= maxAttempts
                ? ended(State.DEAD, now, why)
                : with(State.WAITING, again, attempts, worker, why, null);
    }

    /** Given back by a worker who stops; that was no attempt. */
    Job released(Instant now) {
        return with(State.WAITING, now, attempts - 1, worker, error, null);
    }

    /** Somebody wants it tried at once, with all of its attempts anew. */
    Job retried(Instant now) {
        return with(State.WAITING, now, 0, worker, error, null);
    }

    private Job ended(State as, Instant now, @Nullable String why) {
        return with(as, null, attempts, worker, why, now);
    }

    private Job with(
            State changed,
            @Nullable Instant from,
            int tries,
            @Nullable String by,
            @Nullable String why,
            @Nullable Instant end) {
        return new Job(kind, priority, changed, payload, key, due, from, tries, maxAttempts, by, why, end);
    }

    /** Without the payload, and without the key, which may be somebody's address. */
    @Override
    public String toString() {
        return "Job[kind=" + kind + ", state=" + state + ", attempts=" + attempts + " of " + maxAttempts + "]";
    }
}
