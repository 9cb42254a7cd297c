package dev.pagurus.store.postgres.connect;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.pagurus.store.spi.SerializationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one store has its connections: from a HikariCP pool of ours, or from the application's own DataSource. */
public final class PostgresPool {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);

    /** What getting a connection may take without being counted. */
    private static final Duration SMALL = Duration.ofMillis(100);

    private static final Duration LEAST_LEFT = Duration.ofMillis(200);

    private final PostgresSettings settings;
    private final PostgresErrors errors;
    private final DataSource source;
    private final @Nullable PostgresDriver driver;
    private final @Nullable HikariDataSource ours;

    /** All pools of ours that have their connections from the same server. */
    private final List<HikariDataSource> together;

    private final boolean settlesSessions;
    private final PostgresDefaults defaults;
    private final String prelude;

    /**
     * Makes none.
     *
     * @param source where they come from
     * @param driver what makes them; null with a given DataSource
     * @param ours the pool that is counted here; null if there is none, or it is counted elsewhere
     */
    PostgresPool(
            PostgresSettings settings,
            PostgresErrors errors,
            DataSource source,
            @Nullable PostgresDriver driver,
            @Nullable HikariDataSource ours,
            List<HikariDataSource> together,
            PostgresDefaults defaults) {
        this.settings = settings;
        this.errors = errors;
        this.source = source;
        this.driver = driver;
        this.ours = ours;
        this.together = together;
        this.settlesSessions = driver != null && driver.sets(defaults);
        this.defaults = defaults;
        this.prelude = defaults.prelude();
    }

    /** Makes single connections, at once and without a pool, which would hide for a while why it gets none. */
    public static PostgresPool direct(PostgresSettings settings, PostgresErrors errors) {
        return new PostgresConnections(settings).toOpen(settings, errors);
    }

    /**
     * Does the first work of a store. A connection that is made for that is kept for the pool; if the work fails, it is
     * closed.
     */
    public <R> R withFirst(Work<R> work) {
        return with(true, work, ours == null ? this::keep : PostgresPool::abandon);
    }

    private void keep(PostgresConnection connection) {
        try {
            if (driver != null) {
                driver.keep(connection.jdbc());
                return;
            }
        } catch (SQLException e) {
            LOG.debug("The connection that opening was done on is not kept", e);
        }
        abandon(connection);
    }

    /** Has each call say how it is isolated from now on, and rest on no session's defaults. */
    public void sayIsolation() {
        if (driver != null) {
            driver.takeForShared();
        }
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<R> {
        R run(PostgresConnection connection) throws SQLException;
    }

    /**
     * Does the work on a connection.
     *
     * @param writes whether it may have happened if the connection is lost
     */
    public <R> R with(boolean writes, Work<R> work) {
        return with(writes, work, PostgresPool::abandon);
    }

    private <R> R with(boolean writes, Work<R> work, Consumer<PostgresConnection> giveBack) {
        PostgresConnection connection = take(true);
        R result;
        try {
            result = work.run(connection);
        } catch (SQLException e) {
            abandon(connection);
            if (driver != null && PostgresDefaults.areLost(e)) {
                driver.takeForShared();
                throw new SerializationFailure(
                        "A session has lost its defaults; from now on each call sets its own.", e);
            }
            throw failed(writes, e);
        } catch (RuntimeException | Error e) {
            abandon(connection);
            throw e;
        }
        // What was done is done, whether or not the connection can be given back.
        giveBack.accept(connection);
        return result;
    }

    /** Takes a connection for as long as its caller likes, who closes it. */
    public PostgresConnection take() {
        return take(false);
    }

    /**
     * Takes a connection.
     *
     * @param forOneCall whether the time that this takes is taken off from what may be waited for on it
     */
    private PostgresConnection take(boolean forOneCall) {
        long started = System.nanoTime();
        try {
            Connection connection = source.getConnection();
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            Duration left = forOneCall && waited.compareTo(SMALL) > 0
                    ? max(settings.timeout().minus(waited), LEAST_LEFT)
                    : settings.timeout();
            int patience = Math.toIntExact(left.plus(PostgresSettings.GRACE).toMillis());
            boolean late = left.compareTo(settings.timeout()) < 0;
            String own = late ? defaults.within(left).prelude() : prelude;
            if (driver == null) {
                return GivenConnection.prepare(connection, own, patience, settings.shown());
            }
            if (late) {
                // The pool sets it back.
                GivenConnection.limit(connection, patience);
            }
            // Asked after the connection is there: whether it is shared was found out when it was made.
            boolean settled = settlesSessions && !late && !driver.isShared();
            return new PostgresConnection(connection, settled ? null : own, false, -1);
        } catch (SQLException e) {
            @Nullable SQLException failure = driver == null ? null : driver.lastFailure();
            throw failure == null ? errors.ofConnect(e, inUse()) : errors.ofConnect(failure, 0);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Says what a failure means to a caller. If it is that the server has gone, nobody else shall have to find out: HikariCP
     * does not look whether a connection still lives that was used a moment ago.
     *
     * @param writes whether what failed may have happened if the connection is lost
     */
    public RuntimeException failed(boolean writes, SQLException failure) {
        if (errors.hasServerGone(failure)) {
            for (HikariDataSource pool : together) {
                HikariPoolMXBean connections = pool.getHikariPoolMXBean();
                if (connections != null) {
                    connections.softEvictConnections();
                }
            }
        }
        return writes ? errors.ofWrite(failure) : errors.of(failure);
    }

    /** Gives a connection back, when whether that works does not matter any more. */
    public static void abandon(PostgresConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back in order; the pool drops it", e);
        }
    }

    /** Says how this pool and another are together, by name. */
    public Map<String, String> details(PostgresPool other) {
        Map<String, String> details = new LinkedHashMap<>();
        if (ours != null) {
            details.put("pool_in_use", sum(other, HikariPoolMXBean::getActiveConnections));
            details.put("pool_idle", sum(other, HikariPoolMXBean::getIdleConnections));
            details.put("pool_waiting", sum(other, HikariPoolMXBean::getThreadsAwaitingConnection));
            details.put("pool_max", Integer.toString(settings.poolMax()));
        }
        return details;
    }

    private String sum(PostgresPool other, ToIntFunction<HikariPoolMXBean> count) {
        return Integer.toString(count(count) + other.count(count));
    }

    private int count(ToIntFunction<HikariPoolMXBean> count) {
        return ours == null ? 0 : count(ours, count);
    }

    private static int count(HikariDataSource from, ToIntFunction<HikariPoolMXBean> count) {
        HikariPoolMXBean pool = from.getHikariPoolMXBean();
        return pool == null ? 0 : count.applyAsInt(pool);
    }

    /** Of a pool that is counted elsewhere as well: writes of a small one wait for the same connections as all others. */
    private int inUse() {
        return source instanceof HikariDataSource pool ? count(pool, HikariPoolMXBean::getActiveConnections) : 0;
    }

    /** Says why the last connection could not be made; null if it could, or if they are not ours. */
    public @Nullable RuntimeException lastFailure() {
        @Nullable SQLException failure = driver == null ? null : driver.lastFailure();
        return failure == null ? null : errors.ofConnect(failure, 0);
    }
}
