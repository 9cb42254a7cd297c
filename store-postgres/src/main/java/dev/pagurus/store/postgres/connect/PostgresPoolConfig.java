package dev.pagurus.store.postgres.connect;

import com.zaxxer.hikari.HikariConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What HikariCP is told of a pool of ours. */
public final class PostgresPoolConfig {

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final long KEEPALIVE_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final long LEAST_HIKARI_WAIT_MILLIS = 250;

    /** A call may find a dead connection at the end of its time, and then take so much more. */
    private static final long VALIDATION_MILLIS = 700;

    private PostgresPoolConfig() {}

    public static HikariConfig of(PostgresSettings settings, DataSource driver, int max, int minIdle) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(driver);
        config.setMaximumPoolSize(max);
        config.setMinimumIdle(minIdle);
        long lifetime = settings.poolMaxLifetime().toMillis();
        config.setMaxLifetime(lifetime);
        config.setKeepaliveTime(lifetime > KEEPALIVE_MILLIS ? KEEPALIVE_MILLIS : 0);
        if (minIdle < max) {
            config.setIdleTimeout(settings.poolIdleTimeout().toMillis());
        }
        config.setConnectionTimeout(
                Math.max(LEAST_HIKARI_WAIT_MILLIS, settings.timeout().toMillis()));
        config.setValidationTimeout(Math.min(VALIDATION_MILLIS, config.getConnectionTimeout()));
        config.setInitializationFailTimeout(-1);
        config.setPoolName("pagurus-" + POOLS.incrementAndGet());
        return config;
    }
}
