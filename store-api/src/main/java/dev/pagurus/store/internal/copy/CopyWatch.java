package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.UnavailableException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what one step of a copy has done, and tells the listener, and now and then the log. */
final class CopyWatch {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store");
    private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final CopyProgress.Step step;
    private final long expected;
    private final Consumer<? super CopyProgress> listener;
    private final long started = System.nanoTime();
    private long logged = started;

    /** Of the collections that are done. */
    private long documents;

    private long bytes;

    CopyWatch(CopyProgress.Step step, long expected, Consumer<? super CopyProgress> listener) {
        this.step = step;
        this.expected = expected;
        this.listener = listener;
    }

    /** Makes one that tells nobody, beside another one. */
    static CopyWatch silent() {
        CopyWatch silent = new CopyWatch(CopyProgress.Step.COMPARING, 0, progress -> {});
        silent.logged += Long.MAX_VALUE / 2;
        return silent;
    }

    /** Tells how far the collection is that is being worked on. */
    void tell(String collection, ContentHash far) {
        tell(collection, documents + far.documents(), expected, bytes + far.bytes());
    }

    /** Tells how much was brought over that nobody had expected. */
    void tell(long brought, long bytesBrought) {
        tell("", brought, brought, bytesBrought);
    }

    private void tell(String collection, long done, long of, long bytesDone) {
        if (Thread.currentThread().isInterrupted()) {
            throw new UnavailableException("The thread was interrupted.");
        }
        long now = System.nanoTime();
        CopyProgress progress =
                new CopyProgress(step, collection, done, of, bytesDone, Duration.ofNanos(now - started));
        listener.accept(progress);
        if (now - logged > LOG_EVERY_NANOS) {
            logged = now;
            LOG.info("{}", progress);
        }
    }

    /** Adds a collection that is done. */
    void done(ContentHash collection) {
        documents += collection.documents();
        bytes += collection.bytes();
    }
}
