package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;

/** Definitions as an engine has them. */
final class PostgresPlans {

    private PostgresPlans() {}

    static CollectionDefinition definition(StoreConfig config) {
        try (StoreEngine engine = new PostgresStoreProvider().open(config)) {
            return engine.definitions().get(0);
        }
    }
}
