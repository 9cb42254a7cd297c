package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.examples.jobs.Job.Priority;
import dev.pagurus.examples.jobs.Job.State;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be done with a queue, with the time in the test's hand. */
class JobsTest {

    /** An order of a shop. */
    record Order(String customer, int pieces) {}

    static final Schema<Order> ORDERS = Schema.of("orders", Order.class);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Set<String> MAIL = Set.of("mail");

    @TempDir
    private Path directory;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-05-01T12:00:00Z"));

    private void with(TestStore kind, BiConsumer<Jobs, Store> test) {
        try (Store store = TestStore.open(kind.url(directory), clock)) {
            store.collection(ORDERS);
            test.accept(new Jobs(store), store);
        }
    }

    private List<String> take(Jobs jobs, int most) {
        return jobs.take(MAIL, most, LEASE, "me").stream().map(Taken::payload).toList();
    }

    private static NewJob mail(int number) {
        return NewJob.ofJson("mail", String.valueOf(number));
    }

    private static Job job(Jobs jobs, String id) {
        return jobs.get(id).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDueIsTakenOnceByPriorityAndTime(TestStore kind) {
        with(kind, (jobs, store) -> {
            Instant now = clock.instant();
            jobs.enqueue(mail(1).due(now.plusSeconds(60)));
            jobs.enqueue(mail(2));
            jobs.enqueue(mail(3).due(now.minusSeconds(5)));
            jobs.enqueue(mail(4).priority(Priority.LOW));
            jobs.enqueue(mail(5).priority(Priority.HIGH));
            jobs.enqueue(mail(6).priority(Priority.HIGH).due(now.plusSeconds(59)));
            jobs.enqueue(NewJob.ofJson("report", "7"));

            assertThat(take(jobs, 2)).containsExactly("5", "3");
            assertThat(take(jobs, 10)).containsExactly("2", "4");
            assertThat(take(jobs, 10)).isEmpty();
            clock.move(Duration.ofSeconds(60));
            assertThat(take(jobs, 2)).containsExactly("6", "5"); // the lease of 5 is over now
        });
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsTakenWhileItsJobIsOpen(TestStore kind) {
        with(kind, (jobs, store) -> {
            String first = jobs.enqueue(mail(1).key("ann"));
            assertThat(jobs.enqueue(mail(2).key("ann"))).isEqualTo(first);
            assertThat(jobs.enqueue(NewJob.ofJson("report", "1").key("ann"))).isNotEqualTo(first);
            Taken taken = jobs.take(MAIL, 10, LEASE, "me").get(0);
            assertThat(jobs.enqueue(mail(3).key("ann"))).isEqualTo(first);
            taken.finish();

            String second = jobs.enqueue(mail(4).key("ann"));
            assertThat(second).isNotEqualTo(first);
            jobs.cancel(second);
            String third = jobs.enqueue(mail(5).key("ann"));
            assertThat(third).isNotEqualTo(second);
            assertThatThrownBy(() -> jobs.retry(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("key")
                    .hasMessageNotContaining("ann");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aJobIsEnqueuedWithTheChangeThatWantsIt(TestStore kind) {
        with(kind, (jobs, store) -> {
            Order order = new Order("ann", 2);
            store.runTransaction(tx -> {
                tx.collection(ORDERS).put("o1", order);
                jobs.enqueue(tx, NewJob.of("mail", order).key("order o1"));
            });
            String again = store.transaction(tx -> {
                tx.collection(ORDERS).put("o2", order);
                return jobs.enqueue(tx, mail(3).key("order o1"));
            });
            assertThat(jobs.get(again).orElseThrow().payload()).contains("ann");
            assertThat(store.collection(ORDERS).get("o2")).isPresent();
            assertThatThrownBy(() -> store.runTransaction(tx -> {
                        jobs.enqueue(tx, mail(2));
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");

            clock.move(
                    Duration.ofMinutes(1)); // inside of the transaction the time was reckoned on from the last reading
            List<Taken> taken = jobs.take(MAIL, 10, LEASE, "me");
            assertThat(taken).hasSize(1);
            assertThat(taken.get(0).payload(Order.class)).isEqualTo(order);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoLostHisLeaseFindsOutAndHasNoEffect(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1));
            Taken slow = jobs.take(MAIL, 1, LEASE, "slow").get(0);
            assertThat(jobs.take(MAIL, 1, LEASE, "quick")).isEmpty();
            clock.move(LEASE.plusSeconds(1));
            Taken quick = jobs.take(MAIL, 1, LEASE, "quick").get(0);

            assertThatThrownBy(() -> slow.finish(tx -> tx.collection(ORDERS).put("slow", new Order("s", 1))))
                    .isInstanceOf(LeaseLostException.class);
            slow.renew(LEASE);
            assertThat(slow.isLost()).isTrue();
            quick.finish(tx -> tx.collection(ORDERS).put("quick", new Order("q", 1)));
            assertThat(store.collection(ORDERS).get("slow")).isEmpty();
            assertThat(store.collection(ORDERS).get("quick")).isPresent();
            assertThat(job(jobs, id).state()).isEqualTo(State.DONE);
            assertThat(job(jobs, id).worker()).isEqualTo("quick");
            assertThatThrownBy(quick::finish).isInstanceOf(IllegalStateException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLeaseThatIsRenewedLasts(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1));
            Taken taken = jobs.take(MAIL, 1, LEASE, "me").get(0);
            for (int i = 0; i < 5; i++) {
                clock.move(LEASE.minusSeconds(1));
                taken.renew(LEASE);
                assertThat(jobs.take(MAIL, 1, LEASE, "other")).isEmpty();
            }
            taken.finish();
            assertThat(job(jobs, id).state()).isEqualTo(State.DONE);
            assertThat(job(jobs, id).attempts()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void anEffectThatFailsLeavesTheJob(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1));
            Taken taken = jobs.take(MAIL, 1, LEASE, "me").get(0);
            assertThatThrownBy(() -> taken.finish(tx -> {
                        tx.collection(ORDERS).put("o", new Order("o", 1));
                        throw new IllegalStateException("no paper");
                    }))
                    .hasMessage("no paper");
            assertThat(store.collection(ORDERS).get("o")).isEmpty();
            assertThat(job(jobs, id).state()).isEqualTo(State.RUNNING);
            taken.finish(tx -> tx.collection(ORDERS).put("o", new Order("o", 1)));
            assertThat(job(jobs, id).state()).isEqualTo(State.DONE);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatIsCancelledIsNotFinished(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1));
            Taken taken = jobs.take(MAIL, 1, LEASE, "me").get(0);
            assertThat(jobs.cancel(id)).isTrue();
            assertThat(jobs.cancel(id)).isFalse();
            assertThat(jobs.cancel("none")).isFalse();
            assertThatThrownBy(taken::finish).isInstanceOf(LeaseLostException.class);
            clock.move(Duration.ofDays(1));
            assertThat(take(jobs, 10)).isEmpty();
            assertThat(job(jobs, id).state()).isEqualTo(State.CANCELLED);
            assertThat(jobs.retry(id)).isTrue();
            assertThat(take(jobs, 10)).containsExactly("1");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aKindThatIsPausedWaits(TestStore kind) {
        with(kind, (jobs, store) -> {
            jobs.enqueue(mail(1));
            jobs.pause("mail");
            jobs.enqueue(mail(2));
            assertThat(take(jobs, 10)).isEmpty();
            clock.move(Duration.ofMinutes(5));
            Overview overview = jobs.overview();
            assertThat(overview.paused()).containsOnlyKeys("mail");
            assertThat(overview.stuck()).hasSize(2).allMatch(line -> line.why().contains("paused"));
            assertThat(jobs.resume("mail")).isTrue();
            assertThat(jobs.resume("mail")).isFalse();
            assertThat(take(jobs, 10)).containsExactly("1", "2");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsTooOftenIsDeadUntilSomebodyRetries(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1).maxAttempts(2));
            for (int i = 1; i <= 2; i++) {
                Taken taken = jobs.take(MAIL, 1, LEASE, "me").get(0);
                assertThat(taken.attempt()).isEqualTo(i);
                Instant now = clock.instant();
                taken.end(taken.job().failed("out of paper", now, now.plusSeconds(10)));
                assertThat(take(jobs, 1)).isEmpty();
                clock.move(Duration.ofSeconds(10));
            }
            assertThat(take(jobs, 1)).isEmpty();
            Overview overview = jobs.overview();
            assertThat(overview.counts()).containsEntry(State.DEAD, 1L).containsEntry(State.WAITING, 0L);
            assertThat(overview.dead()).hasSize(1);
            assertThat(overview.dead().get(0).error()).isEqualTo("out of paper");
            assertThat(jobs.retry(id)).isTrue();
            assertThat(take(jobs, 1)).containsExactly("1");
            assertThat(jobs.retry(id)).isFalse();
        });
    }

    /** A job that takes its process down with it must not do so for ever. */
    @ParameterizedTest
    @EnumSource
    void whoseLeasesRunOutIsDeadInTheEnd(TestStore kind) {
        with(kind, (jobs, store) -> {
            String id = jobs.enqueue(mail(1).maxAttempts(3));
            for (int i = 0; i < 3; i++) {
                assertThat(take(jobs, 1)).hasSize(1);
                clock.move(LEASE.plusSeconds(30));
            }
            assertThat(jobs.overview().stuck())
                    .singleElement()
                    .satisfies(line -> assertThat(line.why()).contains("lease is over"));
            assertThat(take(jobs, 1)).isEmpty();
            assertThat(job(jobs, id).state()).isEqualTo(State.DEAD);
            assertThat(job(jobs, id).error()).contains("lease");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDoneIsForgottenWhenToldTo(TestStore kind) {
        with(kind, (jobs, store) -> {
            for (int i = 0; i < 3; i++) {
                jobs.enqueue(mail(i));
            }
            jobs.take(MAIL, 3, LEASE, "me").forEach(Taken::finish);
            jobs.cancel(jobs.enqueue(mail(4)));
            clock.move(Duration.ofDays(1));
            String open = jobs.enqueue(mail(5));
            assertThat(jobs.forget(clock.instant().minus(Duration.ofDays(2)))).isZero();
            assertThat(jobs.forget(clock.instant())).isEqualTo(4);
            assertThat(jobs.get(open)).isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleMakesEachJobOnceOverAllProcesses(TestStore kind) throws Exception {
        String url = kind.url(directory);
        try (Store here = TestStore.open(url, clock);
                Store there = TestStore.open(url, clock)) {
            List<Schedules> processes = new ArrayList<>();
            for (Store store : List.of(here, there)) {
                Schedules schedules = new Schedules(new Jobs(store));
                schedules.set("noon", "0 12 * * *", java.time.ZoneId.of("Europe/Berlin"), NewJob.ofJson("mail", "{}"));
                processes.add(schedules);
            }
            Jobs jobs = new Jobs(here);
            assertThat(processes.get(0).enqueueDue()).isZero();
            for (int day = 0; day < 5; day++) {
                clock.move(Duration.ofDays(1));
                List<Integer> made =
                        processes.parallelStream().map(Schedules::enqueueDue).toList();
                assertThat(made.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
            }
            List<Taken> taken = jobs.take(MAIL, 100, LEASE, "me");
            assertThat(taken).hasSize(5);
            assertThat(taken.get(0).due()).isEqualTo(Instant.parse("2026-05-02T10:00:00Z"));

            clock.move(Duration.ofDays(30)); // nobody was there: made up for by one
            assertThat(processes.get(1).enqueueDue()).isEqualTo(1);
            assertThat(processes.get(1).enqueueDue()).isZero();
            Optional<Instant> next = processes.get(0).next("noon");
            assertThat(next.orElseThrow()).isAfter(clock.instant());
            assertThat(processes.get(0).remove("noon")).isTrue();
        }
    }
}
