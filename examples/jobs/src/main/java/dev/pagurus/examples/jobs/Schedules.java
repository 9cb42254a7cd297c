package dev.pagurus.examples.jobs;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that come again by a cron expression in a time zone. Each time of a schedule makes one job over all processes: the next
 * time is in the schedule's document, and is moved on in the transaction that makes the job. Running {@link Workers} see to it.
 */
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    /**
     * A schedule; the document's id is its name.
     *
     * @param zone by whose clock, such as {@code Europe/Berlin}
     * @param job what is enqueued each time
     * @param next when that is
     */
    record Schedule(String cron, String zone, NewJob job, Instant next) {

        Optional<Instant> after(Instant time) {
            return new Cron(cron, ZoneId.of(zone)).next(time);
        }

        boolean isLike(Schedule other) {
            return cron.equals(other.cron) && zone.equals(other.zone) && job.equals(other.job);
        }
    }

    static final InstantField<Schedule> NEXT = InstantField.of("next", Schedule::next);
    static final Schema<Schedule> SCHEMA =
            Schema.of("jobs_schedules", Schedule.class).index(NEXT);

    private final Jobs jobs;
    private final DocumentCollection<Schedule> schedules;

    public Schedules(Jobs jobs) {
        this.jobs = jobs;
        this.schedules = jobs.store().collection(SCHEMA);
    }

    /**
     * Sets a schedule; to be called at each start. One that is there already as it is said here goes on as it was; another one
     * of that name is replaced. A job with a key is left out while the one before is open.
     *
     * @throws IllegalArgumentException if that is no cron expression of five fields, or one that never comes
     */
    public void set(String name, String cron, ZoneId zone, NewJob job) {
        Instant next = new Cron(cron, zone)
                .next(jobs.now())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The schedule '" + name + "' (" + cron + ") never comes. Give it a day that there is."));
        Schedule wanted = new Schedule(cron, zone.getId(), job, next);
        Optional<Document<Schedule>> stored = schedules.get(name);
        if (stored.isEmpty() || !stored.get().value().isLike(wanted)) {
            schedules.compute(name, old -> old.filter(wanted::isLike).or(() -> Optional.of(wanted)));
        }
    }

    /** Ends a schedule; jobs that it has made stay. */
    public boolean remove(String name) {
        return schedules.delete(name);
    }

    /** Returns when a schedule comes next. */
    public Optional<Instant> next(String name) {
        return schedules.get(name).map(schedule -> schedule.value().next());
    }

    /** Makes the jobs whose time has come. What nobody made while no process ran is made up for by one job. */
    int enqueueDue() {
        Instant now = jobs.now();
        int made = 0;
        for (Document<Schedule> due : schedules.where(NEXT.lte(now)).list()) {
            try {
                made += enqueue(due.id(), now) ? 1 : 0;
            } catch (RuntimeException e) { // The others are no worse for it.
                LOG.warn("The schedule '{}' could not make its job; it is tried again: {}", due.id(), e.toString());
            }
        }
        return made;
    }

    private boolean enqueue(String name, Instant now) {
        return jobs.store().transaction(tx -> {
            DocumentCollection<Schedule> inside = tx.collection(SCHEMA);
            Schedule schedule = inside.get(name).map(Document::value).orElse(null);
            if (schedule == null || schedule.next().isAfter(now)) {
                return false; // Another process was faster.
            }
            jobs.enqueue(tx, schedule.job().due(schedule.next()));
            Optional<Instant> next = schedule.after(now);
            if (next.isPresent()) {
                inside.put(name, new Schedule(schedule.cron(), schedule.zone(), schedule.job(), next.get()));
            } else {
                inside.delete(name);
            }
            return true;
        });
    }
}
