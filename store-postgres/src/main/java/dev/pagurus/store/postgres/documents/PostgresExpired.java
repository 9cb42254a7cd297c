package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.CollectionDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has expired, a few documents at a time, after a write that is committed, on the thread of who wrote, and seldom.
 * At READ COMMITTED, and past what others have locked: nobody waits for it, and no serializable transaction fails because of what
 * it has looked at. Whatever keeps it from working is no failure of anybody's call.
 */
public final class PostgresExpired {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresExpired.class);

    private static final String READ_COMMITTED = "read committed";

    /** They take about a millisecond. */
    private static final int STEP = 100;

    private static final long PAUSE_MICROS = TimeUnit.SECONDS.toMicros(1);

    private final PostgresPool pool;
    private final PostgresSettings settings;
    private final PostgresNames names;
    private final PostgresTables tables;
    private final PostgresInstant instant;

    /** When there is time for the next step, by the store's clock or this machine's. */
    private final Map<String, Long> next = new ConcurrentHashMap<>();

    /**
     * Prepares it.
     *
     * @param pool where nothing waits long for a lock
     */
    public PostgresExpired(PostgresPool pool, PostgresSettings settings, PostgresNames names, PostgresTables tables) {
        this.pool = pool;
        this.settings = settings;
        this.names = names;
        this.tables = tables;
        this.instant = new PostgresInstant(settings::nowMicros);
    }

    /** A write was committed, and its connection given back. */
    public void wrote(CollectionDefinition collection) {
        if (collection.expiry() == null || Thread.currentThread().isInterrupted()) {
            // Whoever gets a connection would take the interrupt for it.
            return;
        }
        @Nullable Long clock = settings.nowMicros();
        long now = clock == null ? TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) : clock;
        Long at = next.get(collection.name());
        // A clock may be set back.
        if (at != null && now < at && now >= at - PAUSE_MICROS) {
            return;
        }
        // Whoever comes meanwhile need not do the same.
        next.put(collection.name(), now + PAUSE_MICROS);
        try {
            if (remove(collection, STEP) == STEP) {
                next.put(collection.name(), now);
            }
        } catch (RuntimeException e) {
            LOG.debug("What has expired could not be removed; a later write tries again", e);
        }
    }

    /** Removes the oldest of what has expired, and returns how many; none of another revision. */
    public long remove(CollectionDefinition collection, int most) {
        if (collection.expiry() == null) {
            return 0;
        }
        Sql sql = oldest(collection, most);
        try {
            return pool.with(true, connection -> {
                try {
                    return connection.alone(
                            READ_COMMITTED, sql.text(), sql.values(), rows -> removed(collection, rows));
                } catch (SQLException e) {
                    if (PostgresErrors.isOutdated(e, PostgresNames.primaryKey(collection))) {
                        return 0L;
                    }
                    PostgresErrors.refuseGone(e, collection);
                    throw e;
                }
            });
        } catch (SchemaException e) {
            return 0;
        }
    }

    /** Reads how many a removal has removed. */
    public long removed(CollectionDefinition collection, ResultSet rows) throws SQLException {
        rows.next();
        if (rows.getLong(1) > 0) {
            tables.deleted().add(collection, rows.getLong(2));
        }
        return rows.getLong(1);
    }

    /** Returns what removes the oldest of what has expired. */
    public Sql oldest(CollectionDefinition collection, int most) {
        String table = names.table(collection);
        String expiry = quoted(String.valueOf(collection.expiry()));
        String old = "select id from " + table + " where " + expiry + " <= " + instant.text() + " order by " + expiry
                + " limit " + most + " for update skip locked";
        String gone = "delete from " + table + " d using old where d.id = old.id and " + names.hasRevision(collection)
                + " returning d.id, d.version";
        return new Sql(
                "with old as materialized (" + old + "), " + PostgresLog.removal(collection, names, gone), List.of());
    }
}
