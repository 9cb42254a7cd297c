package dev.pagurus.examples.jobs;

import dev.pagurus.store.Document;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the queue was at one moment. Nothing of a payload or a key is in it.
 *
 * @param counts how many jobs there are, by state
 * @param paused the kinds of which none is begun, and since when
 * @param stuck jobs that should have been begun or ended a while ago, those that wait longest first, at most {@value #MOST}
 * @param dead jobs that failed for good, the last ones first, at most {@value #MOST}
 */
public record Overview(Map<Job.State, Long> counts, Map<String, Instant> paused, List<Line> stuck, List<Line> dead) {

    /** How many jobs are listed. */
    public static final int MOST = 100;

    /** So late jobs are stuck, if nobody has taken them. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** So late somebody else should have taken a job whose lease is over. */
    private static final Duration LEFT = Duration.ofSeconds(10);

    /** A job, since when it is so, why, and what its last failed attempt said. */
    public record Line(
            String id,
            String kind,
            int attempts,
            Instant since,
            String why,
            @Nullable String error) {}

    /** Returns how many jobs are in a state. */
    public long count(Job.State state) {
        return counts.getOrDefault(state, 0L);
    }

    static Overview of(Store store, Instant now) {
        return store.snapshot(view -> {
            ReadableCollection<Job> jobs = view.collection(Job.SCHEMA);
            Map<Job.State, Long> counts = new EnumMap<>(Job.State.class);
            for (Job.State state : Job.State.values()) {
                counts.put(state, jobs.where(Job.STATE.eq(state)).count());
            }
            Map<String, Instant> paused = new TreeMap<>();
            view.collection(Jobs.PAUSES)
                    .query()
                    .list()
                    .forEach(one -> paused.put(one.id(), one.value().since()));
            List<Line> stuck = new ArrayList<>();
            for (Document<Job> job : late(jobs, Job.State.RUNNING, now.minus(LEFT))) {
                stuck.add(line(job, "its lease is over, and no worker has taken it"));
            }
            for (Document<Job> job : late(jobs, Job.State.WAITING, now.minus(LATE))) {
                boolean isPaused = paused.containsKey(job.value().kind());
                stuck.add(
                        line(job, isPaused ? "its kind is paused" : "no worker of its kind is idle, or none is there"));
            }
            List<Line> dead =
                    jobs.where(Job.STATE.eq(Job.State.DEAD)).orderBy(Job.MOMENT.desc()).limit(MOST).list().stream()
                            .map(job -> line(job, "it failed " + job.value().attempts() + " times"))
                            .toList();
            return new Overview(counts, paused, stuck, dead);
        });
    }

    private static List<Document<Job>> late(ReadableCollection<Job> jobs, Job.State state, Instant before) {
        return jobs.where(Job.STATE.eq(state))
                .where(Job.MOMENT.before(before))
                .orderBy(Job.MOMENT.asc())
                .limit(MOST)
                .list();
    }

    private static Line line(Document<Job> document, String why) {
        Job job = document.value();
        Instant since = Objects.requireNonNull(job.claimable() == null ? job.ended() : job.claimable());
        return new Line(document.id(), job.kind(), job.attempts(), since, why, job.error());
    }
}
