package dev.pagurus.store.internal.watch;

import dev.pagurus.store.StoreCall;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line for each slow call, up to some in a minute; then how many were left out. */
final class SlowCalls {

    /** More would bury whatever else is in the log, at the moment when somebody looks for it. */
    static final int MOST_A_MINUTE = 20;

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.slow");

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** An "or" of hundreds is told by its beginning. */
    private static final int MOST_CHARACTERS = 300;

    private final Duration limit;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();

    // These are used under the lock only.
    private long minuteBegan;
    private int logged;
    private long leftOut;

    SlowCalls(Duration limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
        this.minuteBegan = clock.getAsLong();
    }

    /**
     * Looks whether a call was slow.
     *
     * @param indexes says which indexes serve it
     */
    void look(StoreCall call, Supplier<String> indexes) {
        if (call.total().compareTo(limit) <= 0) {
            return;
        }
        boolean mayLog;
        long before = 0;
        lock.lock();
        try {
            long now = clock.getAsLong();
            if (now - minuteBegan >= MINUTE) {
                before = leftOut;
                minuteBegan = now;
                logged = 0;
                leftOut = 0;
            }
            mayLog = logged < MOST_A_MINUTE;
            if (mayLog) {
                logged++;
            } else {
                leftOut++;
            }
        } finally {
            lock.unlock();
        }
        tell(before);
        if (mayLog) {
            LOG.warn("Slow: {}", line(call, indexes.get()));
        }
    }

    /** The store is closed: nobody comes any more who would say it. */
    void close() {
        long before;
        lock.lock();
        try {
            before = leftOut;
            leftOut = 0;
        } finally {
            lock.unlock();
        }
        tell(before);
    }

    private static void tell(long leftOut) {
        if (leftOut > 0) {
            LOG.warn("Slow: {} more calls that are not shown, for {} lines a minute are", leftOut, MOST_A_MINUTE);
        }
    }

    private static String line(StoreCall call, String indexes) {
        StringBuilder line = new StringBuilder(call.operation());
        if (!call.collection().isEmpty()) {
            line.append(" of '").append(call.collection()).append('\'');
        }
        if (!call.shape().isEmpty()) {
            String shape = call.shape();
            line.append(shape.startsWith("order by") ? " " : " where ")
                    .append(shape.length() <= MOST_CHARACTERS ? shape : shape.substring(0, MOST_CHARACTERS) + "...");
        }
        if (!call.within().isEmpty()) {
            line.append(", within a ").append(call.within());
        }
        line.append(call.shape().isEmpty() && call.within().isEmpty() ? " took " : ", took ")
                .append(millis(call.total()));
        line.append(" (").append(millis(call.queued())).append(" queued, ");
        line.append(millis(call.engine())).append(" in the engine), ");
        line.append(call.rows()).append(call.rows() == 1 ? " row" : " rows");
        append(line, call.repetitions(), " repetitions");
        append(line, call.joined(), " others joined");
        if (call.failure() != null) {
            line.append(", failed with ").append(call.failure());
        }
        if (!indexes.isEmpty()) {
            line.append("; ").append(indexes);
        }
        return line.toString();
    }

    private static void append(StringBuilder line, int number, String what) {
        if (number > 0) {
            line.append(", ").append(number).append(what);
        }
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%,.1f ms", time.toNanos() / 1e6);
    }
}
