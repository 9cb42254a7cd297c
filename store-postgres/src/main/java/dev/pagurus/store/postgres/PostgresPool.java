package dev.pagurus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections: a HikariCP pool of ours, or the application's own DataSource. */
final class PostgresPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final DataSource source;
    private final @Nullable HikariDataSource ours;
    private final String prelude;

    private PostgresPool(
            PostgresSettings settings, PostgresErrors errors, DataSource source, @Nullable HikariDataSource ours) {
        this.settings = settings;
        this.errors = errors;
        this.source = source;
        this.ours = ours;
        long millis = settings.timeout().toMillis();
        // Small tables would be read whole, and a predicate lock on a whole table conflicts with every write to it.
        this.prelude =
                "select set_config('enable_seqscan', 'off', true), set_config('search_path', 'pg_catalog', true),"
                        + " set_config('statement_timeout', '" + millis + "', true),"
                        + " set_config('lock_timeout', '" + millis + "', true)";
    }

    static PostgresPool open(PostgresSettings settings, PostgresErrors errors) {
        PostgresTarget target = settings.target();
        if (settings.given() != null || target == null) {
            return new PostgresPool(settings, errors, java.util.Objects.requireNonNull(settings.given()), null);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://" + target.hosts() + "/"
                + URLEncoder.encode(target.database(), StandardCharsets.UTF_8).replace("+", "%20"));
        if (target.user() != null) {
            config.setUsername(target.user());
        }
        if (target.password() != null) {
            config.setPassword(target.password());
        }
        settings.driver().forEach(config::addDataSourceProperty);
        config.setMaximumPoolSize(settings.poolMax());
        config.setMinimumIdle(settings.poolMinIdle());
        config.setMaxLifetime(settings.poolMaxLifetime().toMillis());
        config.setIdleTimeout(settings.poolMaxLifetime().toMillis() / 2);
        config.setConnectionTimeout(Math.max(250, settings.timeout().toMillis()));
        // The first connection is ours to try: HikariCP would hide why it failed.
        config.setInitializationFailTimeout(-1);
        config.setPoolName("pagurus-" + Integer.toHexString(System.identityHashCode(settings)));
        HikariDataSource pool = new HikariDataSource(config);
        return new PostgresPool(settings, errors, pool, pool);
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
        try {
            R result = work.run(connection);
            connection.close();
            return result;
        } catch (SQLException e) {
            abandon(connection);
            throw writes ? errors.ofWrite(e) : errors.of(e);
        } catch (RuntimeException | Error e) {
            abandon(connection);
            throw e;
        }
    }

    /** Takes a connection; the caller closes it. */
    PostgresConnection take() {
        try {
            return new PostgresConnection(source.getConnection(), prelude);
        } catch (SQLException e) {
            throw errors.ofConnect(e, inUse());
        }
    }

    /** Gives a connection back after a failure, which matters more than whether that works. */
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
