package dev.pagurus.store.internal.access;

import dev.pagurus.store.internal.join.Candidates;
import dev.pagurus.store.internal.join.Demand;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call in one session, on the session's thread and while it lasts. A call that fails dooms the session, even
 * if the caller swallows the exception.
 */
public final class SessionAccess implements Access {

    private final EngineSession session;
    private final SessionMode mode;
    private final Duration timeout;
    private final long began;
    private final Watch watch;
    private final Thread owner = Thread.currentThread();
    private boolean ended;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable beforeNextCall;

    /**
     * Makes one.
     *
     * @param began a moment before the engine began the session, by {@link System#nanoTime()}
     */
    SessionAccess(EngineSession session, SessionMode mode, Duration timeout, long began, Watch watch) {
        this.session = session;
        this.began = began;
        this.watch = watch;
        this.mode = mode;
        this.timeout = timeout;
    }

    @Override
    public <R> R read(Function<Reads, R> call) {
        return call(() -> call.apply(session));
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, String id) {
        return call(() -> session.get(collection, List.of(id)));
    }

    @Override
    public <R> R readOneState(Function<Reads, R> calls) {
        return read(calls);
    }

    @Override
    public WriteOutcome write(Write write) {
        return writeAll(List.of(write)).get(0);
    }

    @Override
    public List<WriteOutcome> writeAll(List<Write> writes) {
        return call(() -> session.write(writes));
    }

    /** In a session nobody else takes anything. */
    @Override
    public Candidates candidates(Scan scan, Set<String> passed) {
        Demand demand = new Demand(scan, passed);
        return demand.of(read(reads -> reads.scan(demand.scan(passed.size()))));
    }

    @Override
    public List<WriteOutcome> tryAll(List<Write> writes) {
        return writeAll(writes);
    }

    @Override
    public int listsBeside() {
        return 0;
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition filter) {
        return call(() -> session.deleteAll(collection, filter));
    }

    @Override
    public Watch watch() {
        return watch;
    }

    @Override
    public Retry retry(String what) {
        return new Retry(what, timeout, watch.current());
    }

    Reads reads() {
        return session;
    }

    public boolean beganAfter(long moment) {
        return began - moment > 0;
    }

    /** Says whether the session conflicted with others, so that whatever its function did must be done again. */
    boolean isDoomedByConflict() {
        return failure instanceof SerializationFailure;
    }

    /** Commits, unless a call has failed. */
    public void commit() {
        if (failure != null) {
            throw failure;
        }
        @Nullable Seen seen = watch.current();
        if (seen == null) {
            session.commit();
            return;
        }
        seen.entersEngine();
        try {
            session.commit();
        } finally {
            seen.leavesEngine();
        }
    }

    void end() {
        ended = true;
        session.close();
    }

    /**
     * Refuses use out of place.
     *
     * @throws IllegalStateException if the session is over, or belongs to another thread
     */
    public void requireUsable() {
        String what = mode == SessionMode.TRANSACTION ? "transaction" : "snapshot";
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("This " + what + " belongs to the thread " + owner.getName()
                    + "; use it, and its collections, only there.");
        }
        if (ended) {
            throw new IllegalStateException(
                    "This " + what + " is over; use it, and its collections, only inside of its function.");
        }
    }

    @Override
    public boolean defersWrites(@Nullable Runnable writes) {
        beforeNextCall = writes;
        return true;
    }

    private <R> R call(Supplier<R> call) {
        requireUsable();
        Runnable before = beforeNextCall;
        if (before != null) {
            beforeNextCall = null;
            before.run();
        }
        if (failure != null) {
            throw failure;
        }
        @Nullable Seen seen = watch.current();
        if (seen != null) {
            seen.entersEngine();
        }
        try {
            return call.get();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            if (seen != null) {
                seen.leavesEngine();
            }
        }
    }
}
