package dev.pagurus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.pagurus.store.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections: a HikariCP pool of ours, or the application's own DataSource. */
final class PostgresPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final long KEEPALIVE_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final long LEAST_HIKARI_WAIT_MILLIS = 250;
    private static final long VALIDATION_MILLIS = 2_000;

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final DataSource source;
    private final @Nullable PostgresDriver driver;
    private final @Nullable HikariDataSource ours;
    private final String prelude;

    private PostgresPool(
            PostgresSettings settings,
            PostgresErrors errors,
            DataSource source,
            @Nullable PostgresDriver driver,
            @Nullable HikariDataSource ours) {
        this.settings = settings;
        this.errors = errors;
        this.source = source;
        this.driver = driver;
        this.ours = ours;
        long millis = settings.timeout().toMillis();
        // A little earlier than the statement, so that a lock which was waited for is named as the cause.
        long lockMillis = Math.max(1, millis - millis / 20);
        // Small tables would be read whole, and a predicate lock on a whole table conflicts with every write to it.
        this.prelude =
                "select set_config('enable_seqscan', 'off', true), set_config('search_path', 'pg_catalog', true),"
                        + " set_config('statement_timeout', '" + millis + "', true),"
                        + " set_config('lock_timeout', '" + lockMillis + "', true)";
    }

    /** Makes single connections, at once and without a pool, which would hide for a while why it gets none. */
    static PostgresPool direct(PostgresSettings settings, PostgresErrors errors) {
        PostgresTarget target = settings.target();
        if (target == null) {
            return given(settings, errors);
        }
        PostgresDriver driver = new PostgresDriver(settings, target);
        return new PostgresPool(settings, errors, driver, driver, null);
    }

    static PostgresPool open(PostgresSettings settings, PostgresErrors errors) {
        PostgresTarget target = settings.target();
        if (target == null) {
            return given(settings, errors);
        }
        PostgresDriver driver = new PostgresDriver(settings, target);
        HikariDataSource pool = new HikariDataSource(config(settings, driver));
        return new PostgresPool(settings, errors, pool, driver, pool);
    }

    private static PostgresPool given(PostgresSettings settings, PostgresErrors errors) {
        return new PostgresPool(settings, errors, Objects.requireNonNull(settings.given()), null, null);
    }

    static HikariConfig config(PostgresSettings settings, DataSource driver) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(driver);
        config.setMaximumPoolSize(settings.poolMax());
        config.setMinimumIdle(settings.poolMinIdle());
        long lifetime = settings.poolMaxLifetime().toMillis();
        config.setMaxLifetime(lifetime);
        config.setKeepaliveTime(lifetime > KEEPALIVE_MILLIS ? KEEPALIVE_MILLIS : 0);
        if (settings.poolMinIdle() < settings.poolMax()) {
            config.setIdleTimeout(settings.poolIdleTimeout().toMillis());
        }
        config.setConnectionTimeout(
                Math.max(LEAST_HIKARI_WAIT_MILLIS, settings.timeout().toMillis()));
        config.setValidationTimeout(Math.min(VALIDATION_MILLIS, config.getConnectionTimeout()));
        config.setInitializationFailTimeout(-1);
        config.setPoolName("pagurus-" + POOLS.incrementAndGet());
        return config;
    }

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<R> {
        R run(PostgresConnection connection) throws SQLException;
    }

    /**
     * Does the work on a connection.
     *
     * @param writes whether it may have happened if the connection is lost
     */
    <R> R with(boolean writes, Work<R> work) {
        PostgresConnection connection = take();
        R result;
        try {
            result = work.run(connection);
        } catch (SQLException e) {
            abandon(connection);
            throw writes ? errors.ofWrite(e) : errors.of(e);
        } catch (RuntimeException | Error e) {
            abandon(connection);
            throw e;
        }
        // What was done is done, whether or not the connection can be given back.
        abandon(connection);
        return result;
    }

    /** Takes a connection; the caller closes it. */
    PostgresConnection take() {
        try {
            Connection connection = source.getConnection();
            return new PostgresConnection(connection, prelude, driver == null && prepareGiven(connection));
        } catch (SQLException e) {
            @Nullable SQLException failure = driver == null ? null : driver.lastFailure();
            throw failure == null ? errors.ofConnect(e, inUse()) : errors.ofConnect(failure, false);
        }
    }

    /**
     * Turns autocommit on, for transactions are statements here.
     *
     * @return whether it was off, and has to be again
     */
    private boolean prepareGiven(Connection connection) throws SQLException {
        try {
            // Changes nothing and asks nobody, but is refused within a transaction, which turning autocommit on would
            // commit.
            connection.setReadOnly(connection.isReadOnly());
            if (connection.getAutoCommit()) {
                return false;
            }
            connection.setAutoCommit(true);
            return true;
        } catch (SQLException e) {
            connection.close();
            if ("25001".equals(e.getSQLState())) {
                throw new ConfigurationException(
                        "The DataSource of " + settings.shown() + " gives connections that are within a transaction"
                                + " already. Give the pool itself, not a proxy that takes part in the transactions of a"
                                + " framework.",
                        e);
            }
            throw e;
        }
    }

    /** Gives a connection back, when whether that works does not matter any more. */
    static void abandon(PostgresConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back in order; the pool drops it", e);
        }
    }

    /** Says how the pool is, by name. */
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        HikariPoolMXBean pool = ours == null ? null : ours.getHikariPoolMXBean();
        if (pool != null) {
            details.put("pool_in_use", Integer.toString(pool.getActiveConnections()));
            details.put("pool_idle", Integer.toString(pool.getIdleConnections()));
            details.put("pool_waiting", Integer.toString(pool.getThreadsAwaitingConnection()));
            details.put("pool_max", Integer.toString(settings.poolMax()));
        }
        return details;
    }

    private boolean inUse() {
        HikariPoolMXBean pool = ours == null ? null : ours.getHikariPoolMXBean();
        return pool != null && pool.getActiveConnections() >= settings.poolMax();
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
    }
}
