package dev.pagurus.store.postgres;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many transactions and snapshots of callers may run at once. A few connections are kept back from them, so that
 * single reads and writes go on however many sessions are held by callers' code.
 */
final class PostgresPlaces {

    private static final int KEPT_BACK_AT_MOST = 5;

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final Semaphore places;

    PostgresPlaces(PostgresSettings settings, PostgresErrors errors) {
        this.settings = settings;
        this.errors = errors;
        // How large a given pool is, nobody tells us.
        int connections = settings.given() == null ? settings.poolMax() : Integer.MAX_VALUE;
        int keptBack = Math.min(KEPT_BACK_AT_MOST, connections / 5);
        this.places = new Semaphore(Math.max(1, connections - keptBack), true);
    }

    /** Waits for a place; {@link #leave} must follow. */
    void take() {
        try {
            if (!places.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw errors.noPlace();
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
    }

    void leave() {
        places.release();
    }
}
