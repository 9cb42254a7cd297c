package dev.pagurus.store.internal.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CombinerTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Answers each number with the next, and does before what a test wants. */
    private static final class Successor extends Combiner<Integer, Integer> {

        private final List<Integer> takenBack = new CopyOnWriteArrayList<>();

        private final Consumer<List<Integer>> before;
        private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

        Successor(int lanes, Consumer<List<Integer>> before) {
            super(lanes, Duration.ofSeconds(30), new Watch(StoreConfig.of("x:y")));
            this.before = before;
        }

        /** Numbers of the same hundred exclude each other. */
        @Override
        Integer key(Integer asked) {
            return asked / 100;
        }

        @Override
        long characters(Integer asked) {
            return 1;
        }

        @Override
        void takeBack(Integer answer) {
            takenBack.add(answer);
        }

        @Override
        void run(List<Call<Integer, Integer>> calls) {
            calls.forEach(call -> assertThat(underWay.add(key(call.asked))).isTrue());
            try {
                before.accept(calls.stream().map(call -> call.asked).toList());
                calls.forEach(call -> call.answer = call.asked + 1);
            } finally {
                calls.forEach(call -> underWay.remove(key(call.asked)));
            }
        }

        @Override
        public Integer alone(Integer asked) {
            return -asked;
        }

        @Override
        Integer answerAfter(Throwable failure, Integer asked) {
            throw new IllegalStateException("the list of " + asked + " failed", failure);
        }

        @Override
        RuntimeException gaveUp(boolean taken, boolean late) {
            return new UnavailableException("taken " + taken + ", late " + late);
        }
    }

    @Test
    void everybodyGetsAnAnswerOfTheirOwn() throws Exception {
        for (int lanes = 1; lanes <= 3; lanes++) {
            Successor successor = new Successor(lanes, list -> {});
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int first = i * 50;
                callers.add(() -> {
                    for (int round = 0; round < 1000; round++) {
                        assertThat(successor.call(first + round % 50)).isEqualTo(first + round % 50 + 1);
                    }
                    return true;
                });
            }
            for (Future<Boolean> caller : threads.invokeAll(callers, 60, TimeUnit.SECONDS)) {
                assertThat(caller.get()).isTrue();
            }
            assertThat(successor.waiting()).isZero();
        }
    }

    @Test
    void whoCallsFromInsideOfItsOwnLaneGoesAlone() {
        @Nullable Integer[] inner = new Integer[1];
        Successor[] successor = new Successor[1];
        successor[0] = new Successor(1, list -> inner[0] = successor[0].call(7));
        assertThat(successor[0].call(1)).isEqualTo(2);
        assertThat(inner[0]).isEqualTo(-7);
    }

    @Test
    void anErrorOfTheLeaderReachesItsFollowersAndTheLaneGoesOn() throws Exception {
        Batch batch = new Batch(() -> {
            throw new StackOverflowError("the leader's");
        });
        assertThatThrownBy(batch.leader::get).hasRootCauseInstanceOf(StackOverflowError.class);
        for (Future<Integer> follower : batch.followers) {
            assertThatThrownBy(follower::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(batch.successor.call(900)).isEqualTo(901);
    }

    @Test
    void followersOfAnInterruptedLeaderAreDoneByTheNext() throws Exception {
        Batch batch = new Batch(() -> {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        });
        assertThatThrownBy(batch.leader::get).hasRootCauseMessage("interrupted");
        assertThat(batch.followers.get(0).get()).isEqualTo(301);
        assertThat(batch.followers.get(1).get()).isEqualTo(401);
    }

    @Test
    void whoGivesUpKeepsNobodyFromTheirAnswer() throws Exception {
        List<Thread> callers = new CopyOnWriteArrayList<>();
        List<Future<Integer>> answers = new CopyOnWriteArrayList<>();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch allWait = new CountDownLatch(1);
        Successor successor = new Successor(1, list -> {
            if (list.contains(0)) {
                running.countDown();
                awaitQuietly(allWait);
                return;
            }
            assertThat(list).hasSize(12);
            for (int givesUp : List.of(1, 2, 5, 11)) {
                callers.get(givesUp).interrupt();
                assertThatThrownBy(answers.get(givesUp)::get).hasRootCauseMessage("taken true, late false");
            }
        });
        Future<Integer> first = threads.submit(() -> successor.call(0));
        running.await();
        for (int i = 0; i < 12; i++) {
            int asked = 100 * (i + 1);
            answers.add(threads.submit(() -> {
                callers.add(Thread.currentThread());
                return successor.call(asked);
            }));
            while (successor.waiting() <= i) {
                Thread.sleep(1);
            }
        }
        allWait.countDown();
        assertThat(first.get()).isEqualTo(1);
        for (int i : List.of(0, 3, 4, 6, 7, 8, 9, 10)) {
            assertThat(answers.get(i).get(15, TimeUnit.SECONDS)).isEqualTo(100 * (i + 1) + 1);
        }
        assertThat(successor.takenBack).as("answers that nobody gets").containsExactly(201, 301, 601, 1201);
    }

    /** A leader with two followers, of whom the leader alone meets what happens. */
    private final class Batch {

        final Successor successor;
        final Future<Integer> leader;
        final List<Future<Integer>> followers = new ArrayList<>();

        Batch(Runnable happens) throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch allWait = new CountDownLatch(1);
            successor = new Successor(1, list -> {
                if (list.contains(100)) {
                    running.countDown();
                    awaitQuietly(allWait);
                } else if (list.contains(200)) {
                    assertThat(list).containsExactly(200, 300, 400);
                    happens.run();
                }
            });
            List<Future<Integer>> waiting = new ArrayList<>();
            waiting.add(threads.submit(() -> successor.call(100)));
            running.await();
            for (int i = 0; i < 3; i++) {
                int asked = 200 + i * 100;
                while (successor.waiting() < i) {
                    Thread.sleep(1);
                }
                waiting.add(threads.submit(() -> successor.call(asked)));
            }
            while (successor.waiting() < 3) {
                Thread.sleep(1);
            }
            leader = waiting.get(1);
            followers.addAll(waiting.subList(2, 4));
            allWait.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
