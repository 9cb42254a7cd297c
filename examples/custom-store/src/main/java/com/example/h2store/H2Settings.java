package com.example.h2store;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * What a configuration means for this store.
 *
 * @param shown the URL for messages, without secrets
 * @param jdbcUrl the database for H2, without settings
 * @param sync whether a commit waits for the disk
 */
record H2Settings(String shown, String jdbcUrl, boolean sync, Clock clock, Duration timeout) {

    static H2Settings of(StoreConfig config) {
        if (config.dataSource() != null || config.user() != null || config.password() != null) {
            throw new ConfigurationException("The store for H2 opens its database itself, and takes no DataSource, user"
                    + " or password. Leave them out; who may read the file is decided by the file system.");
        }
        StoreOptions options = config.options();
        boolean sync = options.flag("sync", true);
        options.refuseUnknown();
        String address = StoreConfig.decode(config.address());
        boolean memory = address.startsWith("mem:");
        String database = memory ? address : "retry:" + canonical(address);
        // What follows a ; would be settings for H2, one of which runs any statement.
        if (memory ? !address.matches("mem:[A-Za-z0-9_.-]+") : address.isBlank() || database.contains(";")) {
            throw new ConfigurationException("The address of " + config.redactedUrl() + " must be the path of a file"
                    + " without ';', or mem: and a name of letters, digits, '_', '.' and '-'.");
        }
        Clock clock = config.clock() == null ? Clock.systemUTC() : config.clock();
        return new H2Settings(config.redactedUrl(), "jdbc:h2:" + database, sync && !memory, clock, config.timeout());
    }

    /** One name for a file, whatever links lead to it; with "retry:", H2 opens it again when an interrupt has closed it. */
    private static String canonical(String path) {
        try {
            return new File(path).getCanonicalPath();
        } catch (IOException e) {
            throw new ConfigurationException("The address of the H2 database is no path of a file: " + e.getMessage(), e);
        }
    }
}
