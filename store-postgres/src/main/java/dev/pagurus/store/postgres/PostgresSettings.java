package dev.pagurus.store.postgres;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import dev.pagurus.store.spi.Micros;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration means for this store.
 *
 * @param target where to connect; null with a given pool
 * @param given a pool that is not ours
 * @param clock where versions come from instead of the server's clock
 * @param timeout how long a call waits for a connection or a lock
 */
record PostgresSettings(
        @Nullable PostgresTarget target,
        @Nullable DataSource given,
        String shown,
        String schema,
        int poolMax,
        int poolMinIdle,
        Duration poolMaxLifetime,
        Duration connectWait,
        Map<String, String> driver,
        @Nullable Clock clock,
        Duration timeout) {

    static PostgresSettings of(StoreConfig config) {
        StoreOptions options = config.options();
        boolean given = config.dataSource() != null;
        int poolMax = options.integer("pool.max", 25, 1, 1000);
        int poolMinIdle = options.integer("pool.minIdle", Math.min(5, poolMax), 0, poolMax);
        Duration maxLifetime = options.duration("pool.maxLifetime", Duration.ofMinutes(5));
        Duration connectTimeout = options.duration("connect.timeout", Duration.ofSeconds(5));
        Duration connectWait = options.duration("connect.wait", Duration.ZERO);
        String schema = options.text("schema", "public");
        Map<String, String> driver = new LinkedHashMap<>();
        driver.put("sslmode", options.text("sslmode", "prefer"));
        for (String file : new String[] {"sslrootcert", "sslcert", "sslkey"}) {
            String value = options.text(file, "");
            if (!value.isEmpty()) {
                driver.put(file, value);
            }
        }
        driver.put("prepareThreshold", Integer.toString(options.integer("prepare.threshold", 5, 0, 1_000_000)));
        driver.put("ApplicationName", options.text("application", "pagurus"));
        driver.put("connectTimeout", Long.toString(Math.max(1, connectTimeout.toSeconds())));
        driver.put("loginTimeout", Long.toString(Math.max(1, connectTimeout.toSeconds())));
        // A server that hangs is given up a while after the server itself would have given up the statement.
        driver.put("socketTimeout", Long.toString(config.timeout().toSeconds() + 10));
        driver.put("tcpKeepAlive", "true");
        options.refuseUnknown();
        if (schema.isEmpty() || schema.length() > 63 || schema.startsWith("pg_") || schema.indexOf('\0') >= 0) {
            throw new ConfigurationException(
                    "The option schema must be the name of a schema, 1 to 63 characters that do"
                            + " not start with pg_.");
        }
        if (maxLifetime.toSeconds() < 30) {
            throw new ConfigurationException("The option pool.maxLifetime must be 30s or more.");
        }
        @Nullable PostgresTarget target = given ? null : PostgresTarget.of(config);
        if (target != null && target.several()) {
            driver.put("targetServerType", "primary");
            driver.put("hostRecheckSeconds", "1");
        }
        return new PostgresSettings(
                target,
                config.dataSource(),
                given ? config.scheme() + ": (a given DataSource)" : config.redactedUrl(),
                schema,
                poolMax,
                poolMinIdle,
                maxLifetime,
                connectWait,
                driver,
                config.clock(),
                config.timeout());
    }

    /** Returns what a statement takes for the time: null means the server's clock. */
    @Nullable
    Long nowMicros() {
        return clock == null ? null : Micros.of(clock.instant());
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return shown;
    }
}
