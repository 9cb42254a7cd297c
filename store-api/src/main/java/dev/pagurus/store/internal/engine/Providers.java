package dev.pagurus.store.internal.engine;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreProvider;
import java.security.CodeSource;
import java.util.ArrayList;
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

    private final List<StoreProvider> found = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private Providers() {}

    /**
     * Opens the engine that the configuration means, with its answers checked.
     *
     * @throws ConfigurationException if there is no provider, more than one, or one for another version of the SPI
     */
    public static CheckedEngine open(StoreConfig config) {
        StoreProvider provider = find(config);
        if (provider.spiVersion() != StoreProvider.SPI_VERSION) {
            throw new ConfigurationException("The store " + provider.getClass().getName() + " was made for version "
                    + provider.spiVersion() + " of the SPI, but store-api has version " + StoreProvider.SPI_VERSION
                    + ". Use releases of both that belong together.");
        }
        return new CheckedEngine(provider.open(config));
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
        providers.load(Thread.currentThread().getContextClassLoader());
        providers.load(StoreProvider.class.getClassLoader());
        List<StoreProvider> matching = providers.found.stream()
                .filter(provider -> provider.schemes().contains(config.scheme()))
                .toList();
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

    private void load(ClassLoader loader) {
        Iterator<StoreProvider> providers =
                ServiceLoader.load(StoreProvider.class, loader).iterator();
        while (broken.size() < MAX_BROKEN) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                StoreProvider provider = providers.next();
                if (found.stream().noneMatch(other -> other.getClass() == provider.getClass())) {
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

    private String nobodyKnows(StoreConfig config) {
        String dependency = switch (config.scheme()) {
            case "sqlite" -> "Add the dependency dev.pagurus:store-sqlite.";
            case "postgres", "postgresql" -> "Add the dependency dev.pagurus:store-postgres.";
            default ->
                "Add the dependency of the store that knows it (dev.pagurus:store-sqlite for sqlite:,"
                        + " dev.pagurus:store-postgres for postgres:), or correct the URL.";
        };
        return "No store on the path knows the scheme '" + config.scheme() + "' of " + config.redactedUrl() + ". "
                + (found.isEmpty() ? "No store was found at all. " : "Found: " + describe(found) + ". ")
                + (broken.isEmpty() ? "" : "Failed to load: " + String.join("; ", broken) + ". ")
                + dependency;
    }

    private static String describe(List<StoreProvider> providers) {
        return providers.stream()
                .map(provider -> provider.getClass().getName() + " for "
                        + provider.schemes().stream().sorted().collect(Collectors.joining(", ", "", ":"))
                        + origin(provider))
                .collect(Collectors.joining("; "));
    }

    private static String origin(StoreProvider provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "" : " from " + source.getLocation();
    }
}
