package dev.pagurus.store.internal.join;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one caller asks of a {@link Combiner}. Answer and failure are set before the state, by which they are seen. */
final class Call<Q, A> {

    /** How far it has come; see {@link Combiner}. */
    enum State {
        WAITING,
        LEADING,
        TAKEN,
        DONE,
        /** The caller is gone. */
        ABANDONED
    }

    final Q asked;
    final @Nullable Object key;
    final Thread caller = Thread.currentThread();
    final long started = System.nanoTime();
    volatile State state = State.WAITING;

    // When it was made, with how many calls in one step, and how often that was begun again; 0 if nobody wants to know.
    long began;
    long ended;
    int together;
    int repetitions;

    @Nullable
    A answer;

    @Nullable
    Throwable failure;

    /** Whom its caller wakes when it is done; set before the state, too. */
    @Nullable
    Call<Q, A> wakes;

    @Nullable
    Call<Q, A> wakesToo;

    Call(Q asked, @Nullable Object key) {
        this.asked = asked;
        this.key = key;
    }

    /** Notes that the calls of a list are being made. */
    static void began(List<? extends Call<?, ?>> list) {
        long now = System.nanoTime();
        for (Call<?, ?> call : list) {
            call.began = now;
            call.together = list.size();
        }
    }

    /** Notes that they were made, so many times again; the leader has noted that already. */
    static void ended(List<? extends Call<?, ?>> list, int again) {
        long now = System.nanoTime();
        for (Call<?, ?> call : list) {
            call.ended = now;
            call.repetitions = call == list.get(0) ? 0 : again;
        }
    }

    /**
     * Answers those who were taken along, and says who wakes whom; under the combiner's lock. Each who is woken wakes two more, the leader being the first: it has its own
     * answer to go on with, and to wake all of them takes longer than a core is idle. Who has given up wakes nobody.
     */
    static <Q, A> void done(List<Call<Q, A>> list, @Nullable Throwable failure) {
        int waker = 0;
        for (int i = 1; i < list.size(); i++) {
            Call<Q, A> call = list.get(i);
            if (call.state != State.TAKEN) {
                continue;
            }
            if (list.get(waker).wakes == null) {
                list.get(waker).wakes = call;
            } else {
                list.get(waker).wakesToo = call;
                do {
                    waker++;
                } while (list.get(waker).state != State.TAKEN);
            }
        }
        for (Call<Q, A> call : list) {
            if (call.state == State.TAKEN) {
                call.failure = failure;
                call.state = State.DONE;
            }
        }
    }

    /** Wakes those whom this one has to wake. */
    void wakeOthers() {
        unpark(wakes);
        unpark(wakesToo);
    }

    private static void unpark(@Nullable Call<?, ?> call) {
        if (call != null) {
            LockSupport.unpark(call.caller);
        }
    }
}
