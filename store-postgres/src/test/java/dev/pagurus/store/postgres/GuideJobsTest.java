package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.VersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jobs and locks of the guide, on both stores. */
class GuideJobsTest {

    enum State {
        WAITING,
        TAKEN,
        DONE
    }

    record Job(String work, State state, Instant from) {

        /** Until then it is ours; after that anybody may take it, for we may be dead. */
        Job takenUntil(Instant end) {
            return new Job(work, State.TAKEN, end);
        }

        Job done() {
            return new Job(work, State.DONE, from);
        }
    }

    static final EnumField<Job, State> STATE = EnumField.of("state", State.class, Job::state);
    static final InstantField<Job> FROM = InstantField.of("from_time", Job::from);
    static final Schema<Job> JOBS = Schema.of("jobs", Job.class).index(STATE, FROM);

    /** Takes a job for five minutes, if there is one. */
    static Optional<Document<Job>> take(DocumentCollection<Job> jobs, Instant now) {
        Filter<Job> free = STATE.in(State.WAITING, State.TAKEN).and(FROM.lte(now));
        for (Document<Job> job : jobs.where(free).orderBy(FROM.asc()).limit(20).list()) {
            try {
                return Optional.of(
                        jobs.replace(job.withValue(job.value().takenUntil(now.plus(Duration.ofMinutes(5))))));
            } catch (VersionConflictException e) {
                // somebody else was faster: try the next one
            }
        }
        return Optional.empty();
    }

    /** False if it took too long, and somebody else has the job by now. */
    static boolean finish(DocumentCollection<Job> jobs, Document<Job> job) {
        try {
            jobs.replace(job.withValue(job.value().done()));
            return true;
        } catch (VersionConflictException e) {
            return false;
        }
    }

    record Lock(String owner, Instant until) {}

    static final Schema<Lock> LOCKS = Schema.of("locks", Lock.class);

    /** Takes or renews the lock of this name, if nobody else has it. */
    static boolean lock(DocumentCollection<Lock> locks, String name, String owner, Instant now) {
        Lock mine = new Lock(owner, now.plus(Duration.ofMinutes(1)));
        return locks.compute(
                        name,
                        held -> held.filter(other -> !other.owner().equals(owner)
                                        && other.until().isAfter(now))
                                .or(() -> Optional.of(mine)))
                .filter(stored -> stored.value().owner().equals(owner))
                .isPresent();
    }

    static Stream<StoreConfig> stores() {
        return Stream.of(
                StoreConfig.of("sqlite::memory:"), PostgresServer.newDatabase().build());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void everyJobIsDoneOnce(StoreConfig config) throws Exception {
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        try (Store store = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(JOBS);
            jobs.insertAll(
                    IntStream.range(0, 60).mapToObj(i -> new Job("job " + i, State.WAITING, now)),
                    Job::work,
                    OnConflict.FAIL);
            Set<String> finished = new ConcurrentSkipListSet<>();
            Set<String> twice = new ConcurrentSkipListSet<>();
            List<Thread> workers = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> {
                        Optional<Document<Job>> job = take(jobs, now);
                        while (job.isPresent()
                                || jobs.where(STATE.eq(State.WAITING)).exists()) {
                            if (job.isPresent()
                                    && finish(jobs, job.get())
                                    && !finished.add(job.get().id())) {
                                twice.add(job.get().id());
                            }
                            job = take(jobs, now);
                        }
                    }))
                    .toList();
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }

            assertThat(twice).isEmpty();
            assertThat(finished).hasSize(60);
            assertThat(jobs.query().countBy(STATE)).hasToString("{DONE=60}");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aJobOfADeadWorkerIsTakenAgainAndTheDeadOneCannotFinishIt(StoreConfig config) {
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        try (Store store = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(JOBS);
            jobs.insert("j1", new Job("mail", State.WAITING, now));
            Document<Job> first = take(jobs, now).orElseThrow();

            assertThat(take(jobs, now.plusSeconds(299))).isEmpty();
            Document<Job> second = take(jobs, now.plusSeconds(300)).orElseThrow();

            assertThat(finish(jobs, first)).isFalse();
            assertThat(finish(jobs, second)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aLockHasOneOwner(StoreConfig config) {
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        try (Store store = Stores.open(config)) {
            DocumentCollection<Lock> locks = store.collection(LOCKS);

            assertThat(lock(locks, "report", "one", now)).isTrue();
            assertThat(lock(locks, "report", "two", now)).isFalse();
            assertThat(lock(locks, "report", "one", now.plusSeconds(30))).isTrue();
            assertThat(lock(locks, "report", "two", now.plusSeconds(60))).isFalse();
            assertThat(lock(locks, "report", "two", now.plusSeconds(90))).isTrue();
        }
    }
}
