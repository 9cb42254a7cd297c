package dev.pagurus.store.internal.join;

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

    @Nullable
    A answer;

    @Nullable
    Throwable failure;

    Call(Q asked, @Nullable Object key) {
        this.asked = asked;
        this.key = key;
    }
}
