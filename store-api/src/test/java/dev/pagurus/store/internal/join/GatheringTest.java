package dev.pagurus.store.internal.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Leaders who would wait for an hour, so that it is not the clock that ends their waiting. */
class GatheringTest {

    private static final long LONG = TimeUnit.HOURS.toNanos(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Gathering gathering = new Gathering(Duration.ofHours(1));

    @Test
    void nobodyIsExpectedByWhoIsAlone() {
        assertThat(gathering.await(lock, waiting)).isFalse();
        gathering.ended(1, 0, LONG);
        assertThat(gathering.await(lock, waiting)).isFalse();
    }

    @Test
    void whoeverWaitsAlreadyIsTakenAlong() {
        waiting.add("one");
        assertThat(gathering.await(lock, waiting)).isTrue();
    }

    @Test
    void asManyAreWaitedForAsWereThere() throws Exception {
        gathering.ended(1, 2, LONG);
        FutureTask<Boolean> leader = new FutureTask<>(() -> gathering.await(lock, waiting));
        Thread thread = lead(leader);
        come("one");
        awaitParked(thread);
        assertThat(leader.isDone())
                .as("whether two are enough where there were three")
                .isFalse();
        come("two");
        assertThat(leader.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitingAndStays() throws Exception {
        gathering.ended(2, 0, LONG);
        FutureTask<Boolean> leader = new FutureTask<>(
                () -> !gathering.await(lock, waiting) && Thread.currentThread().isInterrupted());
        lead(leader).interrupt();
        assertThat(leader.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatTookNoTimeIsNotWaitedFor() {
        gathering.ended(8, 0, 1);
        assertThat(gathering.await(lock, waiting)).isFalse();
    }

    private Thread lead(FutureTask<Boolean> leader) {
        Thread thread = new Thread(leader, "leader");
        thread.setDaemon(true);
        thread.start();
        awaitParked(thread);
        return thread;
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private void come(String name) {
        lock.lock();
        try {
            waiting.add(name);
            gathering.came(waiting.size());
        } finally {
            lock.unlock();
        }
    }
}
