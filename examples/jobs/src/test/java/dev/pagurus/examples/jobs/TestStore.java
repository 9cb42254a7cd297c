package dev.pagurus.examples.jobs;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Clock;

/** The stores that everything is tested on. */
enum TestStore {
    SQLITE,
    POSTGRES;

    /** Returns the URL of a new, empty one. */
    String url(Path directory) {
        return this == SQLITE ? "sqlite:" + directory.resolve("jobs.db") : Postgres.newDatabase();
    }

    /** Opens one whose clock is a test's. */
    static Store open(String url, Clock clock) {
        return Stores.open(StoreConfig.builder(url).clock(clock).build());
    }
}
