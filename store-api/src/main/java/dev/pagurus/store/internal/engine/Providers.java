package dev.pagurus.store.internal.engine;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the one provider on the path that knows a URL's scheme, or says why there is none, and opens its engine. */
public final class Providers {

    /** A service file with this many broken lines is not read further. */
    private static final int MAX_BROKEN = 20;

    /** Goes on after a word on the store that should have been found. */
    private static final String LOST =
            "the file META-INF/services/dev.pagurus.store.spi.StoreProvider that names its provider is lost or was"
                    + " overwritten by another one, as happens where several jars are made one. Let the build merge these"
                    + " files (maven-shade-plugin: ServicesResourceTransformer; Gradle Shadow: mergeServiceFiles();"
                    + " maven-assembly-plugin: containerDescriptorHandler metaInf-services), or name the provider in the"
                    + " program: Stores.open(provider, config).";

    private final List<StoreProvider> found = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private Providers() {}

    /**
     * Opens the engine that the configuration means, with its answers checked.
     *
     * @throws ConfigurationException if there is no provider, more than one, one for another version of the SPI, or a library
     *     that it needs is missing
     */
    public static CheckedEngine open(StoreConfig config) {
        StoreProvider provider = find(config);
        if (provider.spiVersion() != StoreProvider.SPI_VERSION) {
            throw new ConfigurationException("The store " + provider.getClass().getName() + " was made for version "
                    + provider.spiVersion() + " of the SPI, but store-api has version " + StoreProvider.SPI_VERSION
                    + ". Use releases of both that belong together.");
        }
        try {
            return checked(provider.open(config), config);
        } catch (LinkageError e) {
            throw new ConfigurationException(
                    "The store " + provider.getClass().getName() + origin(provider.getClass()) + " cannot be opened.",
                    e,
                    provider.getClass());
        }
    }

    private static CheckedEngine checked(StoreEngine engine, StoreConfig config) {
        try {
            CheckedEngine checked = new CheckedEngine(engine, config);
            checked.requireHolds(config);
            return checked;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Returns the configuration's provider, or the one for its scheme.
     *
     * @throws ConfigurationException if there is none, or more than one
     */
    private static StoreProvider find(StoreConfig config) {
        @Nullable StoreProvider given = config.provider();
        if (given != null) {
            return given;
        }
        Providers providers = new Providers();
        for (@Nullable ClassLoader loader : loaders()) {
            providers.load(loader);
        }
        List<StoreProvider> matching = new ArrayList<>();
        for (StoreProvider provider : providers.found) {
            if (provider.schemes().contains(config.scheme())) {
                matching.add(provider);
            }
        }
        if (matching.size() > 1) {
            throw new ConfigurationException("Several stores know the scheme '" + config.scheme() + "' of "
                    + config.redactedUrl() + ": " + describe(matching)
                    + ". Leave one of them on the path, or name it: Stores.open(provider, config).");
        }
        if (matching.isEmpty()) {
            throw new ConfigurationException(providers.nobodyKnows(config));
        }
        return matching.get(0);
    }

    private void load(@Nullable ClassLoader loader) {
        Iterator<StoreProvider> providers =
                ServiceLoader.load(StoreProvider.class, loader).iterator();
        while (broken.size() < MAX_BROKEN) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                StoreProvider provider = providers.next();
                if (!hasFound(provider.getClass())) {
                    found.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                String why = e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause() + ")");
                if (!broken.contains(why)) {
                    broken.add(why);
                }
            }
        }
    }

    private boolean hasFound(Class<?> type) {
        for (StoreProvider provider : found) {
            if (provider.getClass() == type) {
                return true;
            }
        }
        return false;
    }

    private String nobodyKnows(StoreConfig config) {
        String next = switch (config.scheme()) {
            case "sqlite" -> next("dev.pagurus:store-sqlite", "dev.pagurus.store.sqlite.SqliteStoreProvider");
            case "postgres", "postgresql" ->
                next("dev.pagurus:store-postgres", "dev.pagurus.store.postgres.PostgresStoreProvider");
            default ->
                "Add the dependency of the store that knows it (dev.pagurus:store-sqlite for sqlite:,"
                        + " dev.pagurus:store-postgres for postgres:), or correct the URL. If it is there, " + LOST;
        };
        return "No store on the path knows the scheme '" + config.scheme() + "' of " + config.redactedUrl() + ". "
                + (found.isEmpty() ? "No store was found at all. " : "Found: " + describe(found) + ". ")
                + (broken.isEmpty() ? "" : "Failed to load: " + String.join("; ", broken) + ". ")
                + next;
    }

    /** A store that is on the path and was not found is in a jar that lost what says so. */
    private static String next(String artifact, String provider) {
        for (@Nullable ClassLoader loader : loaders()) {
            try {
                Class<?> there = Class.forName(provider, false, loader);
                return "Its store is there, " + there.getName() + origin(there) + ", but " + LOST;
            } catch (ClassNotFoundException | LinkageError e) {
                // Then it is to be added, as said below.
            }
        }
        return "Add the dependency " + artifact + ".";
    }

    private static List<@Nullable ClassLoader> loaders() {
        return Arrays.asList(Thread.currentThread().getContextClassLoader(), StoreProvider.class.getClassLoader());
    }

    private static String describe(List<StoreProvider> providers) {
        return providers.stream()
                .map(provider -> provider.getClass().getName() + " for "
                        + provider.schemes().stream().sorted().collect(Collectors.joining(", ", "", ":"))
                        + origin(provider.getClass()))
                .collect(Collectors.joining("; "));
    }

    private static String origin(Class<?> provider) {
        CodeSource source = provider.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "" : " from " + source.getLocation();
    }
}
