package dev.pagurus.store.tck.reference;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens databases in memory by name: {@code reference:name}. They are this provider's, and last as long as it does. */
public class ReferenceProvider implements StoreProvider {

    private final Map<String, ReferenceDatabase> databases = new ConcurrentHashMap<>();

    @Override
    public Set<String> schemes() {
        return Set.of("reference");
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        config.options().refuseUnknown();
        return open(databases.computeIfAbsent(config.address(), ReferenceDatabase::new), config);
    }

    /** Opens a handle; a broken store opens another one here. */
    protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
        return new ReferenceEngine(database, config);
    }

    /** Forgets a database. */
    public void drop(StoreConfig config) {
        databases.remove(config.address());
    }
}
