package dev.pagurus.store;

import dev.pagurus.store.internal.OpenStore;
import dev.pagurus.store.internal.Providers;
import dev.pagurus.store.spi.StoreProvider;
import java.util.Objects;

/**
 * Opens stores.
 *
 * <pre>{@code
 * try (Store store = Stores.open(System.getenv().getOrDefault("DATABASE_URL", "sqlite:notes.db"))) {
 *     DocumentCollection<Note> notes = store.collection(Notes.SCHEMA);
 *     notes.insert(new Note("milk"));
 * }
 * }</pre>
 *
 * <p>The stores themselves are found on the class path or module path by {@link java.util.ServiceLoader}; the URL's
 * scheme says which one is meant.
 */
public final class Stores {

    private Stores() {}

    /**
     * Opens the store that the URL means, and creates the database's tables if they are missing.
     *
     * @param url see {@link StoreConfig}
     * @throws ConfigurationException if no store on the path knows the scheme, several do, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(String url) {
        return open(StoreConfig.of(url));
    }

    /**
     * Opens the store that the configuration means.
     *
     * @throws ConfigurationException if no store on the path knows the scheme, several do, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(StoreConfig config) {
        return open(Providers.find(Objects.requireNonNull(config, "config")), config);
    }

    /**
     * Opens a store of the given provider, whatever the scheme and without looking for providers.
     *
     * @throws ConfigurationException if the provider was made for another version of the SPI, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(StoreProvider provider, StoreConfig config) {
        return OpenStore.open(Objects.requireNonNull(provider, "provider"), Objects.requireNonNull(config, "config"));
    }
}
