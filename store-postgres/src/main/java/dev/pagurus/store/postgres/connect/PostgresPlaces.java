package dev.pagurus.store.postgres.connect;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many transactions, snapshots and writes may hold connections for as long as callers' code or a lock lasts. A few
 * connections are kept back from them, so that other reads and writes go on however many there are.
 */
public final class PostgresPlaces {

    private static final int KEPT_BACK_AT_MOST = 5;

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final Semaphore sessions;
    private final Semaphore all;

    PostgresPlaces(PostgresSettings settings, PostgresErrors errors) {
        this.settings = settings;
        this.errors = errors;
        int max = settings.poolMax();
        int lanes = settings.ownLanes();
        if (settings.given() != null) {
            // How large it is, nobody tells us.
            this.sessions = new Semaphore(Integer.MAX_VALUE);
            this.all = new Semaphore(Integer.MAX_VALUE);
        } else if (lanes == 0) {
            this.sessions = new Semaphore(max - Math.min(KEPT_BACK_AT_MOST, max / KEPT_BACK_AT_MOST), true);
            this.all = new Semaphore(Integer.MAX_VALUE);
        } else {
            // One is left for a write that waits while all others are sessions, and one for reads.
            this.sessions = new Semaphore(max - lanes - 2, true);
            this.all = new Semaphore(max - lanes - 1, true);
        }
    }

    /** Waits for a place for a session; {@link #leave} must follow. */
    public void take() {
        take(sessions);
        try {
            take(all);
        } catch (RuntimeException | Error e) {
            sessions.release();
            throw e;
        }
    }

    public void leave() {
        all.release();
        sessions.release();
    }

    /** Waits for a place for a write that may wait for a lock; {@link #leaveWaiting} must follow. */
    public void takeToWait() {
        take(all);
    }

    public void leaveWaiting() {
        all.release();
    }

    private void take(Semaphore places) {
        try {
            if (isFreeForAnInterrupted(places)) {
                return;
            }
            if (!places.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw errors.noPlace();
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
    }

    /** An interrupt ends waiting, and nothing else: who is interrupted before gets a place that nobody waits for. */
    private static boolean isFreeForAnInterrupted(Semaphore places) {
        return Thread.currentThread().isInterrupted() && !places.hasQueuedThreads() && places.tryAcquire();
    }
}
