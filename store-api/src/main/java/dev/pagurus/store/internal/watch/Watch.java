package dev.pagurus.store.internal.watch;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees the calls of one store, and tells who wants to know. Each call asks {@link #isOff} first and is made without more if
 * nobody does: so that costs a look at a field, and the Flight Recorder may be started at any time.
 */
public final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store");

    private static final boolean HAS_RECORDER = hasRecorder();

    private final @Nullable StoreListener listener;
    private final @Nullable SlowCalls slow;
    private final boolean told;
    private final AtomicBoolean listenerFailed = new AtomicBoolean();

    /** What this thread is in, for each store apart. */
    @SuppressWarnings("ThreadLocalUsage") // one for each store, and null again at the end of each call
    private final ThreadLocal<@Nullable Seen> current = new ThreadLocal<>();

    /** What a thread is in while it tells: what a listener asks of the store is not told. */
    private final Seen telling = new Seen("", "", "", Watch::noIndexes, null);

    /** One call of the store. */
    @FunctionalInterface
    public interface Work<R extends @Nullable Object, X extends Exception> {
        R run() throws X;
    }

    public Watch(StoreConfig config) {
        this.listener = config.listener();
        this.slow = config.slow().isZero() ? null : new SlowCalls(config.slow(), System::nanoTime);
        this.told = listener != null || slow != null;
    }

    /** A runtime image that was made for an application may lack it. */
    private static boolean hasRecorder() {
        try {
            Class.forName("jdk.jfr.Event");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String noIndexes() {
        return "";
    }

    /** Says whether nobody wants to know of calls. */
    public boolean isOff() {
        return !told && !(HAS_RECORDER && Recording.isOn());
    }

    /** Returns the call that this thread makes, for who can say where its time goes; null if nobody wants to know. */
    public @Nullable Seen current() {
        if (isOff()) {
            return null;
        }
        @Nullable Seen seen = current.get();
        return seen == telling ? null : seen;
    }

    /**
     * Makes a call that is no query, and tells of it when it is over.
     *
     * @param rows counts the documents of an answer; null if what was noted meanwhile counts
     */
    public <R extends @Nullable Object, X extends Exception> R see(
            String operation, String collection, Work<R, X> call, @Nullable ToLongFunction<? super R> rows) throws X {
        return see(operation, collection, "", Watch::noIndexes, call, rows);
    }

    /**
     * Makes a call, and tells of it when it is over.
     *
     * @param shape what a query asks, without values
     * @param indexes says which indexes serve it; is asked if it was slow
     * @param rows counts the documents of an answer; null if what was noted meanwhile counts
     */
    public <R extends @Nullable Object, X extends Exception> R see(
            String operation,
            String collection,
            String shape,
            Supplier<String> indexes,
            Work<R, X> call,
            @Nullable ToLongFunction<? super R> rows)
            throws X {
        @Nullable Seen around = current.get();
        if (around == telling) {
            return call.run();
        }
        Seen seen = new Seen(operation, collection, shape, indexes, around);
        seen.recording = HAS_RECORDER ? Recording.started() : null;
        current.set(seen);
        try {
            R answer = call.run();
            if (rows != null) {
                seen.rows(rows.applyAsLong(answer));
            }
            return answer;
        } catch (Throwable e) {
            seen.failure = name(e);
            throw e;
        } finally {
            current.set(telling);
            try {
                end(seen);
            } finally {
                current.set(around);
            }
        }
    }

    /** Makes a copy of a whole store, or something of the kind. */
    public static CopyResult move(String operation, StoreConfig config, Supplier<CopyResult> work) {
        Watch watch = new Watch(config);
        try {
            return watch.isOff() ? work.get() : watch.see(operation, "", work::get, Watch::documents);
        } finally {
            watch.close();
        }
    }

    /** Counts what was copied. */
    public static long documents(CopyResult result) {
        return result.collections().stream()
                .mapToLong(CopyResult.Collection::documents)
                .sum();
    }

    /** Has the call that this thread makes not be told of, if it does not fail. */
    public void forget() {
        @Nullable Seen seen = current();
        if (seen != null) {
            seen.forgotten = true;
        }
    }

    /** The same, if all was known without the engine. */
    public void forgetUnlessAsked() {
        @Nullable Seen seen = current();
        if (seen != null && seen.askedNothing()) {
            seen.forgotten = true;
        }
    }

    /** Returns what another thread is to note its part of this thread's call in; null if nobody wants to know. */
    public @Nullable Seen part() {
        @Nullable Seen seen = current();
        return seen == null ? null : new Seen(seen.operation, seen.collection, seen.shape, Watch::noIndexes, null);
    }

    /** Does such a part. */
    public void run(@Nullable Seen part, Runnable work) {
        current.set(part);
        try {
            work.run();
        } finally {
            current.set(null);
        }
    }

    /** Says what is left to be said. */
    public void close() {
        if (slow != null) {
            slow.close();
        }
    }

    private static String name(Throwable e) {
        String simple = e.getClass().getSimpleName();
        return simple.isEmpty() ? e.getClass().getName() : simple;
    }

    private void end(Seen seen) {
        if (seen.around != null) {
            seen.around.add(seen);
        }
        if (seen.forgotten && seen.failure == null) {
            return;
        }
        try {
            tell(seen, seen.over());
        } catch (Throwable e) {
            // The call is over, and its answer is what the caller gets.
            if (listenerFailed.compareAndSet(false, true)) {
                LOG.warn("The store's listener failed, which changes no answer; this is said once", e);
            }
        }
    }

    private void tell(Seen seen, StoreCall call) {
        if (seen.recording != null) {
            seen.recording.keep(call);
        }
        if (slow != null) {
            slow.look(call, seen.indexes);
        }
        if (listener != null) {
            listener.called(call);
        }
    }
}
