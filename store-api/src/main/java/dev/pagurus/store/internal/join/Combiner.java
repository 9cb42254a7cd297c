package dev.pagurus.store.internal.join;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.SerializationFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Joins the calls of concurrent callers into lists, with no thread of its own.
 *
 * <p>There are some lanes. Who comes and finds one free takes it and makes its call: a lone caller pays for a lock that is
 * taken and released twice. Who finds none waits. Who is done gives the lane to the caller who has waited longest; that
 * one, the leader, takes along those who wait behind, makes one list of all their calls, and shares out the answers.
 *
 * <p>A call is WAITING, until it is given a lane and LEADING, or a leader has TAKEN it and at last it is DONE. All but the
 * last step are made under the lock. Why nobody is forgotten:
 *
 * <ul>
 *   <li>While a lane is free, nobody waits who could use it: who comes takes a free lane in the same step in which it
 *       would start to wait, and who leaves one gives it on in that same step. Taking calls along, and giving up, leave
 *       fewer who wait.
 *   <li>A state is set before its thread is unparked, and a thread looks at its state after each parking, so that a
 *       wake-up can be needless, but not lost.
 *   <li>Who was given a lane leaves it, and answers those it took along, whatever happens to it, errors included.
 * </ul>
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
abstract class Combiner<Q, A> {

    /** How many calls make a list, at most. */
    static final int MOST_CALLS = 256;

    /** With how many characters a list takes no more. */
    static final long MOST_CHARACTERS = 4 << 20;

    /**
     * How many time-outs a call lasts that a leader has taken: one in the queue, one in the engine, one for repetitions.
     * The engine ends its waiting itself, so that hardly any caller gives up then.
     */
    private static final int MOST_TIMEOUTS = 3;

    private final long timeoutNanos;
    final Watch watch;
    private final ReentrantLock lock = new ReentrantLock();

    // These are used under the lock only.
    private final Deque<Call<Q, A>> waiting = new ArrayDeque<>();
    private final Lanes lanes;
    private final @Nullable Gathering gathering;

    Combiner(int lanes, Duration timeout, Watch watch) {
        this(lanes, timeout, watch, null);
    }

    Combiner(int lanes, Duration timeout, Watch watch, @Nullable Gathering gathering) {
        this.lanes = new Lanes(lanes);
        this.watch = watch;
        this.gathering = gathering;
        this.timeoutNanos = timeout.toNanos();
    }

    /** Returns what no two calls that are under way may share; null if this one may be with any. */
    abstract @Nullable Object key(Q asked);

    /** Returns how many characters the call adds to a list. */
    abstract long characters(Q asked);

    /** Makes these calls and answers each; or throws. */
    abstract void run(List<Call<Q, A>> calls);

    /** Takes back an answer that nobody gets; under the lock. */
    void takeBack(A answer) {
        // Most answers need no care.
    }

    /** Makes a call outside of the lanes, however long it takes. */
    public abstract A alone(Q asked);

    /** Answers a call whose list has failed, or throws an exception of its own. */
    abstract A answerAfter(Throwable failure, Q asked);

    /**
     * Returns what a caller who gives up is told.
     *
     * @param taken whether a leader has taken its call, so that it may still be made
     * @param late whether its time is over; otherwise its thread was interrupted
     */
    abstract RuntimeException gaveUp(boolean taken, boolean late);

    /** Makes a call, alone or along with others. */
    public final A call(Q asked) {
        if (lanes.none()) {
            return alone(asked);
        }
        Call<Q, A> mine = new Call<>(asked, key(asked));
        if (!enter(mine)) {
            return alone(asked);
        }
        @Nullable Seen seen = watch.current();
        if (seen == null) {
            return make(mine);
        }
        try {
            return make(mine);
        } finally {
            seen.made(mine.started, mine.began, mine.ended, mine.together);
            seen.repeated(mine.repetitions);
        }
    }

    private A make(Call<Q, A> mine) {
        if (mine.state == Call.State.LEADING) {
            return lead(mine, false);
        }
        await(mine);
        if (mine.state == Call.State.LEADING) {
            return lead(mine, true);
        }
        mine.wakeOthers();
        return answer(mine);
    }

    /** Says how many wait for a lane. */
    public final int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a free lane, or starts to wait. False if this thread leads already: a clock or a logger that the engine calls
     * uses the store, and would wait for itself.
     */
    private boolean enter(Call<Q, A> mine) {
        lock.lock();
        try {
            if (lanes.isLed(mine.caller)) {
                return false;
            }
            if (!lanes.give(mine)) {
                waiting.add(mine);
                if (gathering != null) {
                    gathering.came(waiting.size());
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the call leads or is done. */
    private void await(Call<Q, A> mine) {
        while (mine.state == Call.State.WAITING || mine.state == Call.State.TAKEN) {
            long patience = mine.state == Call.State.WAITING ? timeoutNanos : MOST_TIMEOUTS * timeoutNanos;
            long left = patience - (System.nanoTime() - mine.started);
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                giveUp(mine, left <= 0);
            } else {
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /** Withdraws a call that waits, abandons one that was taken, and does nothing if it leads or is done by now. */
    private void giveUp(Call<Q, A> mine, boolean late) {
        lock.lock();
        try {
            Call.State before = mine.state;
            if (before == Call.State.WAITING || before == Call.State.TAKEN) {
                mine.state = Call.State.ABANDONED;
                waiting.remove(mine);
                throw gaveUp(before == Call.State.TAKEN, late);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the call; with those who wait by now, if it had to wait itself. */
    private A lead(Call<Q, A> mine, boolean waited) {
        List<Call<Q, A>> list = List.of(mine);
        @Nullable Throwable failure = null;
        long began = 0;
        try {
            if ((gathering != null && gathering.await(lock, waiting)) || waited) {
                list = new ArrayList<>(list);
                takeAlong(list);
            }
            began = System.nanoTime();
            if (watch.isOff()) {
                run(list);
            } else {
                runSeen(list);
            }
        } catch (Throwable e) {
            failure = e;
            boolean onlyMine = list.size() == 1 && !(e instanceof SerializationFailure);
            if (onlyMine || e instanceof Error) {
                throw e;
            }
        } finally {
            leave(list, failure, began);
        }
        return answer(mine);
    }

    /** Notes for all of them what one step took. */
    private void runSeen(List<Call<Q, A>> list) {
        @Nullable Seen leader = watch.current();
        int before = leader == null ? 0 : leader.repetitions();
        Call.began(list);
        try {
            run(list);
        } finally {
            Call.ended(list, leader == null ? 0 : leader.repetitions() - before);
        }
    }

    /** Adds those who wait to the leader's list. */
    private void takeAlong(List<Call<Q, A>> list) {
        lock.lock();
        try {
            long characters = characters(list.get(0).asked);
            Iterator<Call<Q, A>> next = waiting.iterator();
            while (next.hasNext() && list.size() < MOST_CALLS && characters < MOST_CHARACTERS) {
                Call<Q, A> call = next.next();
                if (lanes.begin(call)) {
                    next.remove();
                    list.add(call);
                    call.state = Call.State.TAKEN;
                    characters += characters(call.asked);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the lane on, and then their answers to those who were taken along. */
    private void leave(List<Call<Q, A>> list, @Nullable Throwable failure, long began) {
        // Nothing has happened, for a reason that is only the leader's: the others wait again, before everybody else.
        boolean again = failure instanceof UnavailableException
                && Thread.currentThread().isInterrupted();
        List<Call<Q, A>> next = List.of();
        lock.lock();
        try {
            lanes.leave(list);
            if (gathering != null) {
                gathering.ended(list.size(), waiting.size(), System.nanoTime() - began);
            }
            for (int i = list.size() - 1; i >= 0; i--) {
                Call<Q, A> call = list.get(i);
                if (again && call.state == Call.State.TAKEN) {
                    call.state = Call.State.WAITING;
                    waiting.addFirst(call);
                }
            }
            takeBack(list, failure);
            list.get(0).failure = failure;
            if (!again) {
                Call.done(list, failure);
            }
            next = lanes.handOver(waiting);
        } finally {
            lock.unlock();
            // The next leader goes to work while this one's followers are woken.
            for (Call<Q, A> call : next) {
                LockSupport.unpark(call.caller);
            }
            list.get(0).wakeOthers();
        }
    }

    /** Whoever has given up, or is to be answered in another way after a failure, has no use for what it was answered. */
    private void takeBack(List<Call<Q, A>> list, @Nullable Throwable failure) {
        for (Call<Q, A> call : list) {
            A answer = call.answer;
            if (answer != null && (failure != null || call.state == Call.State.ABANDONED)) {
                call.answer = null;
                takeBack(answer);
            }
        }
    }

    private A answer(Call<Q, A> mine) {
        if (mine.failure != null) {
            return answerAfter(mine.failure, mine.asked);
        }
        return Objects.requireNonNull(mine.answer, "answer");
    }
}
