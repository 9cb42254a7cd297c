package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import java.io.*;
import java.util.Set;

/**
 * Opens H2 databases inside of this process. One process at a time can have a file open; in it, any number of stores can.
 *
 * <pre>
 * h2:data/notes   the file data/notes.mv.db, created with its directory if it is missing
 * h2:mem:notes    in memory, shared by all who name it in this JVM, gone when the last one closes it
 * </pre>
 */
public final class H2StoreProvider implements StoreProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("h2");
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        if (config.dataSource() != null || config.user() != null || config.password() != null) {
            throw new ConfigurationException("The store for H2 opens its database itself, and takes no DataSource, user"
                    + " or password. Leave them out; who may read the file is decided by the file system.");
        }
        config.options().refuseUnknown();
        return new H2Engine(config, jdbcUrl(config));
    }

    /** Returns H2's own URL: one for a file, whatever links lead to it. */
    static String jdbcUrl(StoreConfig config) {
        String address = StoreConfig.decode(config.address());
        // What follows a ; would be settings for H2, one of which runs any statement.
        if (address.isBlank() || address.equals("mem:") || address.contains(";")) {
            throw new ConfigurationException("The address of " + config.redactedUrl() + " must be the path of a file, or"
                    + " mem: and a name, without ';'.");
        }
        try {
            return "jdbc:h2:" + (address.startsWith("mem:") ? address : new File(address).getCanonicalPath());
        } catch (IOException e) {
            throw new ConfigurationException(config.redactedUrl() + " names no file: " + e.getMessage(), e);
        }
    }
}
