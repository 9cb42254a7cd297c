package dev.pagurus.store.tck.process;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.StoreEngine;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts messages, and ends something within one of them. Safe for use by many threads. */
final class Lifeline {

    /** What may have happened though nobody was told. What a session did is undone with it, but for its commit. */
    private static final Set<String> CHANGES = Set.of("write", "define", "drop", "rename", "commit");

    private final Runnable end;
    private final AtomicInteger messages = new AtomicInteger();
    private volatile int last = -1;
    private volatile Mortal.Moment moment = Mortal.Moment.TOLD;
    private volatile boolean dead;

    Lifeline(Runnable end) {
        this.end = end;
    }

    void endAt(int more, Mortal.Moment within) {
        moment = within;
        last = messages.get() + more;
    }

    /** Returns the number of a message that is about to be sent. */
    int next() {
        return messages.incrementAndGet();
    }

    /** Says that a message has come so far, and returns whether that was the end. */
    boolean at(int message, Mortal.Moment reached) {
        boolean ends = message == last && reached == moment;
        if (ends) {
            dead = true;
            end.run();
        }
        return ends;
    }

    boolean isDead() {
        return dead;
    }

    /** Returns what a caller is told whose call was cut off. */
    static StoreException cutOff(Method method) {
        boolean ofEngine = method.getDeclaringClass() == StoreEngine.class;
        boolean mayHaveHappened = CHANGES.contains(method.getName())
                && (ofEngine || method.getName().equals("commit"));
        return mayHaveHappened
                ? new OutcomeUnknownException("The process was killed by the test while '" + method.getName()
                        + "' was under way. It may have happened; read before trying again.")
                : gone();
    }

    /** Returns what a caller is told who comes later. */
    static StoreException gone() {
        return new UnavailableException("The process was killed by the test. Nothing was changed.");
    }
}
