package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A store that was named on the command line, and where its password comes from. */
final class StoreUrl {

    /** Of the one store, or of the source. */
    static final String PASSWORD = "PAGURUS_PASSWORD";

    static final String TARGET_PASSWORD = "PAGURUS_TARGET_PASSWORD";

    private StoreUrl() {}

    /**
     * Returns how to open a store.
     *
     * @param typed the password that was asked for
     * @param variable which environment variable may hold it otherwise
     */
    static StoreConfig config(String url, char @Nullable [] typed, String variable) {
        StoreConfig.Builder builder = StoreConfig.builder(url);
        @Nullable String password = typed == null ? System.getenv(variable) : new String(typed);
        // A file has none, and one command may name a file and a server.
        if (password != null
                && !password.isEmpty()
                && !StoreConfig.of(url).scheme().equals("sqlite")) {
            builder.password(password);
        }
        return builder.build();
    }

    /**
     * Returns a store that must be there: a mistyped path would become a new and empty database.
     *
     * @throws ConfigurationException if it is a file that does not exist
     */
    static StoreConfig existing(StoreConfig config) {
        if (config.scheme().equals("sqlite")) {
            String address = StoreConfig.decode(config.address());
            Path file = Path.of(address.startsWith("//") ? address.substring(2) : address);
            if (!Files.exists(file)) {
                throw new ConfigurationException(
                        "There is no file " + file + ". Correct the URL " + config.redactedUrl() + ".");
            }
        }
        return config;
    }
}
