package dev.pagurus.store.internal.access;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs functions in sessions of the engine, again from the start when one conflicts with others. */
public final class Sessions {

    private final StoreEngine engine;
    private final Gate gate;
    private final Duration timeout;
    private final Watch watch;

    /** What this thread is inside of, for each store apart. */
    @SuppressWarnings("ThreadLocalUsage") // one for each store, and emptied at the end of each session
    private final ThreadLocal<@Nullable SessionMode> inside = new ThreadLocal<>();

    private volatile Runnable whenOutdated = () -> {};

    public Sessions(StoreEngine engine, Gate gate, Duration timeout, Watch watch) {
        this.engine = engine;
        this.gate = gate;
        this.timeout = timeout;
        this.watch = watch;
    }

    /** Has somebody told when a call found a collection to be another one than this process knows, or gone. */
    public void whenOutdated(Runnable action) {
        whenOutdated = action;
    }

    Watch watch() {
        return watch;
    }

    void outdated() {
        whenOutdated.run();
    }

    /** What runs in a session. */
    @FunctionalInterface
    public interface Body<R extends @Nullable Object, X extends Exception> {
        R run(SessionAccess session) throws X;
    }

    public <R extends @Nullable Object, X extends Exception> R run(SessionMode mode, Body<R, X> body) throws X {
        refuseInside();
        gate.enter();
        try {
            @Nullable Seen seen = watch.current();
            long rows = seen == null ? 0 : seen.rows();
            @Nullable Retry retry = null;
            while (true) {
                try {
                    return attempt(mode, body);
                } catch (SerializationFailure e) {
                    retry = retry == null ? new Retry(name(mode), timeout, seen) : retry;
                    if (seen != null) {
                        seen.rows(rows);
                    }
                    retry.pause(e);
                }
            }
        } finally {
            gate.leave();
        }
    }

    private <R extends @Nullable Object, X extends Exception> R attempt(SessionMode mode, Body<R, X> body) throws X {
        long began = System.nanoTime();
        SessionAccess session = new SessionAccess(begin(mode, began), mode, timeout, began, watch);
        inside.set(mode);
        try {
            R result = body.run(session);
            session.commit();
            return result;
        } catch (Throwable e) {
            if (session.isDoomedByConflict()) {
                // Whatever the function made of the conflict, it saw a state that may never have been.
                throw e instanceof SerializationFailure conflict
                        ? conflict
                        : new SerializationFailure("The " + name(mode) + " conflicted with another.", e);
            }
            if (e instanceof SchemaException) {
                outdated();
            }
            throw e;
        } finally {
            inside.remove();
            session.end();
        }
    }

    private EngineSession begin(SessionMode mode, long began) {
        @Nullable Seen seen = watch.current();
        if (seen == null) {
            return engine.begin(mode);
        }
        try {
            return engine.begin(mode);
        } finally {
            seen.waited(System.nanoTime() - began);
        }
    }

    /**
     * Refuses the use of the store itself inside of one of its sessions.
     *
     * @throws IllegalStateException if this thread is in one
     */
    public void refuseInside() {
        @Nullable SessionMode mode = inside.get();
        if (mode != null) {
            throw new IllegalStateException("The store was used inside of its own " + name(mode)
                    + " on the same thread: the call would not be part of it, and could wait for it forever. Use the "
                    + name(mode) + " that the function was given.");
        }
    }

    private static String name(SessionMode mode) {
        return mode == SessionMode.TRANSACTION ? "transaction" : "snapshot";
    }
}
