package dev.pagurus.examples.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job to be enqueued.
 *
 * <pre>{@code
 * jobs.enqueue(NewJob.of("mail", new Mail("ann@example.com")).key("welcome ann").priority(Priority.HIGH));
 * }</pre>
 *
 * @param kind which handler does it; 1 to {@value #MAX_BYTES} bytes
 * @param payload JSON, for the handler
 * @param key while a job of this kind and key is open, no other one is made; null for any number
 * @param due when it is to be done; null for at once
 * @param maxAttempts how often it is begun before it is dead, by default {@value #ATTEMPTS}
 */
public record NewJob(
        String kind,
        String payload,
        @Nullable String key,
        @Nullable Instant due,
        Job.Priority priority,
        int maxAttempts) {

    static final int MAX_BYTES = 200;
    static final int ATTEMPTS = 10;

    private static final JsonMapper JSON = new JsonMapper();

    /** Refuses what cannot be stored, and shows nothing of it. */
    public NewJob {
        if (kind.isBlank() || bytes(kind) > MAX_BYTES || (key != null && bytes(key) > MAX_BYTES)) {
            throw new IllegalArgumentException("A job's kind must have 1 to " + MAX_BYTES
                    + " bytes, and its key no more than that. Shorten it, or take a hash for a key.");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("A job must have at least one attempt, not " + maxAttempts + ".");
        }
    }

    /** A job with JSON as it is. */
    public static NewJob ofJson(String kind, String payload) {
        return new NewJob(kind, payload, null, null, Job.Priority.NORMAL, ATTEMPTS);
    }

    /** A job with a record, or whatever Jackson writes, which the handler gets by {@link Taken#payload(Class)}. */
    public static NewJob of(String kind, Object payload) {
        return ofJson(kind, JSON.writeValueAsString(payload));
    }

    public NewJob key(String unique) {
        return new NewJob(kind, payload, unique, due, priority, maxAttempts);
    }

    public NewJob due(Instant time) {
        return new NewJob(kind, payload, key, time, priority, maxAttempts);
    }

    public NewJob priority(Job.Priority rank) {
        return new NewJob(kind, payload, key, due, rank, maxAttempts);
    }

    public NewJob maxAttempts(int most) {
        return new NewJob(kind, payload, key, due, priority, most);
    }

    Job waiting(Instant now) {
        Instant from = due == null ? now : due;
        return new Job(kind, priority, Job.State.WAITING, payload, key, from, from, 0, maxAttempts, null, null, null);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Without the payload and the key. */
    @Override
    public String toString() {
        return "NewJob[kind=" + kind + "]";
    }
}
