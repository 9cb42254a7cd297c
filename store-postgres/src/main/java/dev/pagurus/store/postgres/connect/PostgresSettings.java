package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import dev.pagurus.store.spi.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration means for this store.
 *
 * @param target where to connect; null with a given pool
 * @param given a pool that is not ours
 * @param poolShared whether other stores of this process may have the same connections
 * @param clock where versions come from instead of the server's clock
 * @param connectTimeout how long an answer may take while connecting to one of the hosts, in whole seconds
 * @param timeout how long a call waits for a connection or a lock
 */
public record PostgresSettings(
        @Nullable PostgresTarget target,
        @Nullable DataSource given,
        String shown,
        String schema,
        Migrate migrate,
        boolean poolShared,
        int poolMax,
        int poolMinIdle,
        Duration poolMaxLifetime,
        Duration poolIdleTimeout,
        Duration connectTimeout,
        Duration connectWait,
        Map<String, String> driver,
        @Nullable Clock clock,
        Duration timeout) {

    private static final int POOL_FOR_OWN_LANES = 10;
    private static final int POOL_FOR_THREE_LANES = 20;
    private static final int MAX_NAME_BYTES = 63;
    private static final String USUAL_SCHEMA = "public";
    private static final Duration LEAST_LIFETIME = Duration.ofSeconds(30);
    private static final Duration LEAST_IDLE = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);

    /** How much longer than a statement may take its answer is waited for, before the connection is given up as stalled. */
    public static final Duration GRACE = Duration.ofMillis(700);

    /** What opening does with tables of ours that are missing. */
    public enum Migrate {
        APPLY,
        VALIDATE
    }

    public static PostgresSettings of(StoreConfig config) {
        StoreOptions options = config.options();
        @Nullable DataSource given = config.dataSource();
        if (given != null) {
            refuseWithDataSource(config, options);
        }
        boolean poolShared = options.flag("pool.shared", false);
        int poolMax = options.integer("pool.max", 25, 1, 1000);
        int poolMinIdle = options.integer("pool.minIdle", Math.min(5, poolMax), 0, poolMax);
        Duration maxLifetime = between(options, "pool.maxLifetime", Duration.ofMinutes(5), LEAST_LIFETIME, DAY);
        Duration idleTimeout =
                between(options, "pool.idleTimeout", maxLifetime.dividedBy(2), LEAST_IDLE, maxLifetime.minusSeconds(1));
        PostgresOptions own = new PostgresOptions(options);
        Duration connectTimeout = own.connectTimeout();
        Duration connectWait = between(options, "connect.wait", Duration.ZERO, Duration.ZERO, DAY);
        String schema = schema(options);
        Migrate migrate = options.choice("migrate", Migrate.APPLY);
        Map<String, String> driver = own.forDriver();
        PostgresTarget.OPTIONS.forEach(name -> options.text(name, ""));
        LibpqOptions.refuse(config);
        options.refuseUnknown();
        @Nullable PostgresTarget target = given == null ? PostgresTarget.of(config) : null;
        Duration attempt = attempt(connectTimeout, config.timeout(), target);
        driver.put("connectTimeout", Long.toString(attempt.toSeconds()));
        driver.put("socketTimeout", Long.toString(attempt.toSeconds()));
        if (target != null && target.several()) {
            driver.put("targetServerType", "primary");
            driver.put("hostRecheckSeconds", "1");
        }
        return new PostgresSettings(
                target,
                given,
                shown(config, target, schema),
                schema,
                migrate,
                poolShared,
                poolMax,
                poolMinIdle,
                maxLifetime,
                idleTimeout,
                attempt,
                connectWait,
                driver,
                config.clock(),
                config.timeout());
    }

    /** A schema of one's own is named: one server may have those of a thousand stores. */
    private static String shown(StoreConfig config, @Nullable PostgresTarget target, String schema) {
        String where = target == null ? config.scheme() + ": (a given DataSource)" : target.shown();
        return schema.equals(USUAL_SCHEMA) ? where : where + " (schema " + schema + ")";
    }

    /** The call that needs the connection has no more time than its time-out, for all hosts together. */
    private static Duration attempt(Duration connectTimeout, Duration timeout, @Nullable PostgresTarget target) {
        Duration share = timeout.dividedBy(target == null ? 1 : target.hostCount());
        Duration attempt = connectTimeout.compareTo(share) < 0 ? connectTimeout : share;
        // The driver counts in whole seconds.
        return Duration.ofSeconds(attempt.plusMillis(999).toSeconds());
    }

    private static Duration between(
            StoreOptions options, String name, Duration ifAbsent, Duration least, Duration most) {
        Duration duration = options.duration(name, ifAbsent);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new ConfigurationException("The option '" + name + "' of the URL must be from " + least.toSeconds()
                    + "s to " + most.toSeconds() + "s.");
        }
        return duration;
    }

    private static String schema(StoreOptions options) {
        String schema = options.text("schema", USUAL_SCHEMA);
        if (schema.isEmpty()
                || schema.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
                || schema.startsWith("pg_")
                || schema.equals("information_schema")
                || schema.indexOf('\0') >= 0) {
            throw new ConfigurationException("The option 'schema' of the URL must be the name of a schema: 1 to "
                    + MAX_NAME_BYTES + " UTF-8 bytes, and not one of PostgreSQL's own (pg_..., information_schema).");
        }
        return schema;
    }

    /** An option that would do nothing is refused. */
    private static void refuseWithDataSource(StoreConfig config, StoreOptions options) {
        if (!config.address().isEmpty() || config.user() != null || config.password() != null) {
            throw new ConfigurationException("A DataSource is given, which knows where to connect and as whom. Give the"
                    + " URL 'postgres:' with it, with options if need be, and neither user nor password.");
        }
        for (String name : Stream.concat(PostgresOptions.NAMES.stream(), PostgresTarget.OPTIONS.stream())
                .toList()) {
            if (PostgresOptions.given(options, name) != null) {
                throw new ConfigurationException("The option '" + name + "' of the URL is for connections that this"
                        + " store makes itself, but a DataSource is given. Set it there.");
            }
        }
    }

    /** Returns how long an answer from the server is waited for. */
    Duration socketTimeout() {
        return timeout.plus(GRACE);
    }

    /** Returns how many lists of writes are done at a time. */
    public int writeLanes() {
        if (given == null && poolMax < POOL_FOR_OWN_LANES) {
            return 1;
        }
        return given == null && poolMax >= POOL_FOR_THREE_LANES ? 3 : 2;
    }

    /** Returns how many connections are set aside for lists of writes; of many stores, few can join theirs. */
    public int ownLanes() {
        if (given != null || poolMax < POOL_FOR_OWN_LANES) {
            return 0;
        }
        return poolShared ? poolMax / 2 : writeLanes();
    }

    /** Returns what is about connections alone: stores that share them are those for which this is the same. */
    PostgresSettings ofConnections() {
        @Nullable PostgresTarget plain = target == null || !poolShared ? target : target.plain();
        return new PostgresSettings(
                plain,
                given,
                plain == null ? shown : plain.shown(),
                "",
                Migrate.APPLY,
                poolShared,
                poolMax,
                poolMinIdle,
                poolMaxLifetime,
                poolIdleTimeout,
                connectTimeout,
                Duration.ZERO,
                driver,
                null,
                timeout);
    }

    /** Returns what a statement takes for the time: null means the server's clock. */
    @Nullable
    public Long nowMicros() {
        return clock == null ? null : Micros.now(clock);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return shown;
    }
}
