package dev.pagurus.store.tck.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tests of a run that run beside each other, if JUnit was told to run several at once. Has a test wait that must be
 * alone, and others while it runs; and looks for what tests have left when none of them runs any more. Safe for use by
 * several threads.
 */
public final class Company {

    /** Of all runs in this JVM, of which the tests of the kit make several at once. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private static final AtomicInteger BEGUN = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Object> inside = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean aloneInside;
    private int waitToBeAlone;

    // What follows is of the tests that began since none ran.
    private final Traces traces = new Traces();
    private final Set<Path> files = new LinkedHashSet<>();
    private boolean ready = true;
    private boolean passed = true;
    private boolean othersRan;
    private int begun;
    private int begunBefore;

    /**
     * A test begins, as soon as it may.
     *
     * @param test who it is
     * @param alone whether nothing may run beside it
     */
    public void enter(Object test, boolean alone) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(alone);
            if (inside.isEmpty()) {
                ready = false;
                passed = true;
                files.clear();
                begun = 0;
                begunBefore = BEGUN.get();
                othersRan = RUNNING.get() > 0;
            }
            inside.add(test);
            aloneInside = alone;
            begun++;
            RUNNING.incrementAndGet();
            BEGUN.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    private void await(boolean alone) throws InterruptedException {
        waitToBeAlone += alone ? 1 : 0;
        try {
            while (!ready || aloneInside || (alone ? !inside.isEmpty() : waitToBeAlone > 0)) {
                changed.await();
            }
        } finally {
            waitToBeAlone -= alone ? 1 : 0;
        }
    }

    /** The database of a test was made: what is there before the first of them opens a store, none of them has left. */
    public void remember() {
        lock.lock();
        try {
            if (!ready) {
                traces.remember();
                ready = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether no other test runs in this JVM, or ran since the one that asks began. */
    public boolean isAlone() {
        lock.lock();
        try {
            return begun <= 1 && isOfOneRun();
        } finally {
            lock.unlock();
        }
    }

    /** Whether only tests of this run do, and did since the first of those began that ran beside each other. */
    public boolean isOfOneRun() {
        lock.lock();
        try {
            return !othersRan && BEGUN.get() == begunBefore + begun;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A test has ended, its database was dropped. The last of several looks for what they have left, before another begins.
     *
     * @param test who it is; one that has not entered is ignored
     * @param itsFiles those of its database
     * @param itPassed whether there is reason to look
     */
    public void leave(Object test, Collection<Path> itsFiles, boolean itPassed) throws InterruptedException {
        lock.lock();
        try {
            if (!inside.contains(test)) {
                return;
            }
            passed &= itPassed;
            files.addAll(itsFiles);
            try {
                if (inside.size() == 1 && begun > 1 && passed && isOfOneRun()) {
                    requireNothingLeft();
                }
            } finally {
                RUNNING.decrementAndGet();
                inside.remove(test);
                aloneInside = false;
                ready |= inside.isEmpty();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireNothingLeft() throws InterruptedException {
        try {
            traces.requireNothingLeft(files);
        } catch (LeftBehind left) {
            throw new LeftBehind(
                    left.clause(),
                    left.getMessage() + "\nIt is of one of the " + begun
                            + " tests that ran beside each other up to this"
                            + " one. With -Djunit.jupiter.execution.parallel.enabled=false it is said of which.");
        }
    }
}
