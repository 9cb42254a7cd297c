package dev.pagurus.store.postgres;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many transactions, snapshots and writes may hold connections for as long as callers' code or a lock lasts. A few
 * connections are kept back from them, so that single reads go on however many there are.
 */
final class PostgresPlaces {

    private static final int KEPT_BACK_AT_MOST = 5;
    private static final int KEPT_BACK_FROM_WAITING = 2;

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final Semaphore sessions;
    private final Semaphore all;

    PostgresPlaces(PostgresSettings settings, PostgresErrors errors) {
        this.settings = settings;
        this.errors = errors;
        // How large a given pool is, nobody tells us.
        int connections = settings.given() == null ? settings.poolMax() : Integer.MAX_VALUE;
        int keptBack = Math.min(KEPT_BACK_AT_MOST, connections / KEPT_BACK_AT_MOST);
        int lanes = settings.ownLanes();
        this.sessions = new Semaphore(Math.max(1, connections - Math.max(keptBack, lanes)), true);
        this.all = new Semaphore(Math.max(1, connections - lanes - Math.min(KEPT_BACK_FROM_WAITING, keptBack)), true);
    }

    /** Waits for a place for a session; {@link #leave} must follow. */
    void take() {
        take(sessions);
        try {
            take(all);
        } catch (RuntimeException | Error e) {
            sessions.release();
            throw e;
        }
    }

    void leave() {
        all.release();
        sessions.release();
    }

    /** Waits for a place for a write that may wait for a lock; {@link #leaveWaiting} must follow. */
    void takeToWait() {
        take(all);
    }

    void leaveWaiting() {
        all.release();
    }

    private void take(Semaphore places) {
        try {
            if (!places.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw errors.noPlace();
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
    }
}
