package dev.pagurus.store.spi;

import dev.pagurus.store.StoreConfig;
import java.util.Set;

/**
 * Opens the engines of one kind of database; found by {@link java.util.ServiceLoader}.
 *
 * <p>Needs a public constructor without arguments (or a {@code provider()} method), an entry in
 * {@code META-INF/services/dev.pagurus.store.spi.StoreProvider}, and a {@code provides} clause in a module.
 */
public interface StoreProvider {

    /** The version of this SPI. A provider returns it from {@link #spiVersion()}, and so records what it was built for. */
    int SPI_VERSION = 1;

    /** Returns the URL schemes that mean this store, in lower case. */
    Set<String> schemes();

    /** Returns {@link #SPI_VERSION}, as it was when the provider was compiled. */
    int spiVersion();

    /**
     * Opens the database, creating or migrating the engine's own tables.
     *
     * <p>Refuses unknown options ({@link dev.pagurus.store.StoreOptions#refuseUnknown()}). Leaves nothing open if it
     * throws.
     *
     * @throws dev.pagurus.store.ConfigurationException if the address, an option or the surroundings are wrong
     * @throws dev.pagurus.store.UnavailableException if the database cannot be reached within the time-out
     * @throws dev.pagurus.store.MigrationException if its own tables are newer, damaged or cannot be migrated
     */
    StoreEngine open(StoreConfig config);
}
