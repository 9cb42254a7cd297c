package dev.pagurus.store.tck.serial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs parties on threads of their own, step by step in a given order, as far as the engine lets them.
 *
 * <p>A step that takes longer than the {@linkplain #PATIENCE patience} is taken to wait for another party's lock: it is
 * left waiting and the next party goes on. So the order is a wish, and only outcomes may be judged. Everything ends within
 * the {@linkplain #LIMIT limit}, or the test fails with the stacks of those who hang.
 */
public final class Interleaving {

    /** How long a step is waited for, if nothing else is said. */
    public static final Duration PATIENCE = Duration.ofMillis(60);

    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final long patienceNanos;
    private final int[] order;
    private final int[] arrived;
    private final boolean[] leftWaiting;
    private final boolean[] free;
    private int turn;
    private long turnBegan;

    /** @param order the parties' numbers, from 1, once for each of their steps */
    Interleaving(int... order) {
        this(PATIENCE, order);
    }

    /**
     * The same with another patience.
     *
     * @param order the parties' numbers, from 1, once for each of their steps
     */
    public Interleaving(Duration patience, int... order) {
        this.patienceNanos = patience.toNanos();
        this.order = order.clone();
        int parties = Arrays.stream(order).max().orElse(0);
        this.arrived = new int[parties + 1];
        this.leftWaiting = new boolean[parties + 1];
        this.free = new boolean[parties + 1];
    }

    /** Runs the parties; what one throws is its own business and must not leave its Runnable. */
    public void run(List<Runnable> parties) {
        List<Thread> threads = new ArrayList<>();
        turnBegan = System.nanoTime();
        for (int i = 0; i < parties.size(); i++) {
            int party = i + 1;
            Runnable work = parties.get(i);
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } finally {
                            release(party);
                        }
                    },
                    "party-" + party);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        awaitEnd(threads);
    }

    /** Ends the party's step, and returns when it is its turn again or the others hang. */
    public synchronized void await(int party) {
        arrived[party]++;
        leftWaiting[party] = false;
        int position = position(party, arrived[party]);
        notifyAll();
        goOn();
        while (turn < position && !free[party]) {
            try {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(patienceNanos) / 4));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            goOn();
        }
    }

    /** Ends the party's part in the order: it is done, or runs again because of a conflict. */
    public synchronized void release(int party) {
        free[party] = true;
        // Whatever it held may be what the others wait for: they get their time once more.
        Arrays.fill(leftWaiting, false);
        turnBegan = System.nanoTime();
        notifyAll();
    }

    private void goOn() {
        while (turn < order.length) {
            int party = order[turn];
            int step = stepAt(turn);
            boolean done = free[party] || arrived[party] > step;
            boolean late = arrived[party] < step && leftWaiting[party];
            boolean hangs = System.nanoTime() - turnBegan > patienceNanos;
            if (!done && !late && !hangs) {
                return;
            }
            leftWaiting[party] |= !done;
            turn++;
            turnBegan = System.nanoTime();
            notifyAll();
        }
    }

    private int stepAt(int position) {
        int step = 0;
        for (int i = 0; i <= position; i++) {
            step += order[i] == order[position] ? 1 : 0;
        }
        return step;
    }

    private int position(int party, int step) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == party && stepAt(i) == step) {
                return i;
            }
        }
        throw new AssertionError("Party " + party + " has more steps than the order says.");
    }

    private static void awaitEnd(List<Thread> threads) {
        long end = System.nanoTime() + LIMIT.toNanos();
        List<String> hanging = new ArrayList<>();
        for (Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("The test was interrupted.", e);
            }
            if (thread.isAlive()) {
                hanging.add(thread.getName() + " at " + Arrays.toString(thread.getStackTrace()));
            }
        }
        if (!hanging.isEmpty()) {
            threads.forEach(Thread::interrupt);
            throw new AssertionError("After " + LIMIT + " there still hangs " + hanging);
        }
    }
}
