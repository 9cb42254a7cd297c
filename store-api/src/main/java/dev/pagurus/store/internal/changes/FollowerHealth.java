package dev.pagurus.store.internal.changes;

import dev.pagurus.store.Capability;
import dev.pagurus.store.FollowerSummary;
import dev.pagurus.store.spi.EngineInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line how far the followers have come, for a store's health: in time, and without failing. The store is asked
 * on a thread of its own, which ends soon after: so there is an answer in time from one that hangs, and within its own
 * transaction.
 */
public final class FollowerHealth {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.changes");

    /** Who asks often has a time-out too. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** So many questions at once: more only wait for the same store. */
    private static final int PLACES = 4;

    /** Of so many each is named; those that are the furthest behind come first. */
    private static final int NAMED = 10;

    private static final Set<Capability> NEEDED = Set.of(Capability.CHANGES, Capability.TRANSACTIONS);

    private final Followers followers;
    private final boolean possible;
    private final Duration limit;
    private final Semaphore places = new Semaphore(PLACES);

    public FollowerHealth(Followers followers, EngineInfo info, Duration timeout) {
        this.followers = followers;
        this.possible = info.capabilities().containsAll(NEEDED);
        Duration half = timeout.dividedBy(2);
        this.limit = half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }

    /**
     * Returns the line; null if the store has no followers.
     *
     * @param passed how long it took until now to ask how the store is
     */
    public @Nullable String line(Duration passed) {
        if (!possible) {
            return null;
        }
        if (!places.tryAcquire()) {
            return "unknown: earlier questions are still without an answer";
        }
        FutureTask<List<FollowerSummary>> task = new FutureTask<>(followers::all);
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        places.release();
                    }
                },
                "pagurus-follower-health");
        thread.setDaemon(true);
        thread.start();
        return answer(task, Math.max(0, limit.minus(passed).toNanos()));
    }

    private static @Nullable String answer(FutureTask<List<FollowerSummary>> task, long nanos) {
        try {
            return line(task.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            task.cancel(true);
            return "unknown: there was no answer in time";
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return "unknown: the thread was interrupted";
        } catch (ExecutionException e) {
            LOG.debug("The followers could not be asked for", e.getCause());
            return "unknown: the store could not be asked";
        }
    }

    private static @Nullable String line(List<FollowerSummary> all) {
        if (all.isEmpty()) {
            return null;
        }
        String named = all.stream()
                .sorted(Comparator.comparing((FollowerSummary one) -> !one.lost())
                        .thenComparing(
                                FollowerSummary::behindSince, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .limit(NAMED)
                .map(FollowerHealth::shown)
                .collect(Collectors.joining("; "));
        return all.size() <= NAMED ? named : named + "; " + (all.size() - NAMED) + " more";
    }

    /** Names may hold anything, line breaks too. */
    private static String shown(FollowerSummary one) {
        String how = one.behindSince() == null ? "at the end" : "behind since " + one.behindSince();
        return "'" + one.name().replaceAll("\\p{Cntrl}", "?") + "' " + (one.lost() ? "lost" : how);
    }
}
