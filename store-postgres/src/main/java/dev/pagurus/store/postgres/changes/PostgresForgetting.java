package dev.pagurus.store.postgres.changes;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets changes that are older than the retention, a few at a time, after a write that is committed, on the thread of who
 * wrote: seldom, and while others write on. Marks say at which time which transactions had ended, so that only what was
 * committed a retention ago is forgotten, however long a transaction lasts.
 *
 * <p>Of all processes one does it at a time, and whatever keeps it from working is no failure of anybody's call.
 */
public final class PostgresForgetting {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresForgetting.class);

    /** So many rows of the log are looked at in a step, for each feed. */
    private static final int STEP = 500;

    /** A retention has so many marks. */
    private static final int MARKS = 16;

    private static final long LONGEST_PAUSE_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long PAUSE_MICROS = TimeUnit.SECONDS.toMicros(1);

    private final PostgresPool pool;
    private final PostgresSettings settings;
    private final PostgresNames names;
    private final PostgresLives lives;
    private final String log;
    private final String marks;
    private final AtomicBoolean running = new AtomicBoolean();

    /** By the store's clock. */
    private volatile long last = Long.MAX_VALUE;

    private volatile long next;

    /**
     * Prepares it.
     *
     * @param pool where nothing waits long for a lock
     */
    public PostgresForgetting(PostgresPool pool, PostgresSettings settings, PostgresNames names) {
        this.pool = pool;
        this.settings = settings;
        this.names = names;
        this.lives = new PostgresLives(names);
        this.log = PostgresLog.table(names);
        this.marks = names.qualified("pagurus_change_marks");
    }

    /**
     * A feed, as a step finds it.
     *
     * @param horizon before which transaction all is a retention old; null if nothing is
     * @param newest before which transaction are none of the newest rows; null if all are
     */
    private record Feed(
            String collection,
            String life,
            long retention,
            String walkedTx,
            long walkedSeq,
            long forgotten,
            boolean isOfThisHistory,
            @Nullable String horizon,
            @Nullable String newest) {

        /** Says whether some would be forgotten if there were newer ones. */
        boolean isKeptBack() {
            return horizon != null && (newest == null || Long.parseLong(newest) < Long.parseLong(horizon));
        }

        /** Returns before which transaction changes may be forgotten; null if none may. */
        @Nullable
        String end() {
            return isKeptBack() ? newest : horizon;
        }
    }

    /** A write was committed, and its connection given back. */
    public void wrote(CollectionDefinition collection) {
        if (collection.retention() != null) {
            wroteToFeed();
        }
    }

    /** The same for a collection that keeps its changes. */
    public void wroteToFeed() {
        @Nullable Long clock = settings.nowMicros();
        long now = clock == null ? TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) : clock;
        if (Thread.currentThread().isInterrupted()) {
            // Whoever gets a connection would take the interrupt for it.
            return;
        }
        // A clock may be set back.
        if ((now >= next || now < last) && running.compareAndSet(false, true)) {
            try {
                last = now;
                next = now + PAUSE_MICROS;
                next = now + pool.with(true, connection -> step(connection, clock));
            } catch (RuntimeException e) {
                LOG.debug("Old changes could not be forgotten; a later write tries again", e);
            } finally {
                running.set(false);
            }
        }
    }

    /** Does a step, and returns how long the next one has time, in microseconds. */
    private long step(PostgresConnection connection, @Nullable Long clock) throws SQLException {
        connection.begin("read committed");
        @Nullable
        OptionalLong begun = connection.query(
                "select pg_try_advisory_xact_lock(" + lives.key()
                        + "), (extract(epoch from clock_timestamp()) * 1000000)::bigint,"
                        + " set_config('enable_bitmapscan', 'off', true)",
                List.of(),
                rows -> {
                    rows.next();
                    return rows.getBoolean(1) ? OptionalLong.of(rows.getLong(2)) : OptionalLong.empty();
                });
        if (begun.isEmpty()) {
            connection.commit();
            return PAUSE_MICROS;
        }
        long now = clock == null ? begun.getAsLong() : clock;
        List<Feed> feeds = feeds(connection, now);
        boolean more = false;
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (Feed feed : feeds) {
            shortest = Math.min(shortest, feed.retention());
            longest = Math.max(longest, feed.retention());
            if (!feed.isOfThisHistory()) {
                connection.script(lives.renew(feed.collection()));
            } else if (feed.end() != null) {
                more |= forget(connection, feed, feed.end());
            }
            more |= feed.isKeptBack();
        }
        if (feeds.isEmpty()) {
            connection.commit();
            return PAUSE_MICROS;
        }
        connection.script(mark(now, shortest, longest));
        connection.commit();
        return more ? 0 : Math.min(shortest / MARKS, LONGEST_PAUSE_MICROS);
    }

    /** The newest rows of the log stay: they tell which transactions were committed, and positions which history it is. */
    private List<Feed> feeds(PostgresConnection connection, long now) throws SQLException {
        String sql = "select f.collection, f.life, c.retention, f.walked_tx::text, f.walked_seq, f.forgotten::text,"
                + " f.history = s.system_identifier::text, (select horizon::text from " + marks + " m where m.at <= "
                + now + " - c.retention order by m.at desc limit 1), (select tx::text from " + log
                + " order by tx desc, seq desc offset " + (PostgresLogHead.NEWEST - 1) + " limit 1)"
                + " from pg_control_system() s, " + names.qualified("pagurus_feeds") + " f join "
                + names.qualified("pagurus_collections") + " c on c.name = f.collection"
                + " where c.retention is not null order by 1";
        return connection.query(sql, List.of(), rows -> {
            List<Feed> found = new ArrayList<>();
            while (rows.next()) {
                found.add(feed(rows));
            }
            return found;
        });
    }

    private static Feed feed(ResultSet row) throws SQLException {
        return new Feed(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                Long.parseLong(row.getString(6)),
                row.getBoolean(7),
                row.getString(8),
                row.getString(9));
    }

    /** How far a step has come. */
    private record Walked(
            long looked,
            @Nullable String tx,
            long seq,
            @Nullable String gone) {}

    /** Walks on in the log, and returns whether there is more. */
    private boolean forget(PostgresConnection connection, Feed feed, String horizon) throws SQLException {
        String sql = "with looked as materialized (select tx, seq, collection from " + log
                + " where (tx, seq) > (?::text::xid8, ?::bigint) and tx < ?::text::xid8 order by tx, seq limit " + STEP
                + "), gone as (delete from " + log + " l using looked k where l.tx = k.tx and l.seq = k.seq"
                + " and l.collection = ? returning l.tx) select (select count(*) from looked), l.tx::text, l.seq,"
                + " (select tx::text from gone order by gone.tx desc limit 1) from (select 1) one left join"
                + " (select tx, seq from looked order by tx desc, seq desc limit 1) l on true";
        Walked walked =
                connection.query(sql, List.of(feed.walkedTx(), feed.walkedSeq(), horizon, feed.collection()), rows -> {
                    rows.next();
                    return new Walked(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getString(4));
                });
        if (walked.tx() != null) {
            long forgotten = walked.gone() == null
                    ? feed.forgotten()
                    : Math.max(feed.forgotten(), Long.parseLong(walked.gone()) + 1);
            connection.script("update " + names.qualified("pagurus_feeds") + " set walked_tx = '" + walked.tx()
                    + "', walked_seq = " + walked.seq() + ", forgotten = '" + forgotten + "' where collection = "
                    + literal(feed.collection()) + " and life = " + literal(feed.life()));
        }
        return walked.looked() == STEP;
    }

    /** Adds a mark if the last one is old enough, and takes those away that no retention needs, or that a wrong clock made. */
    private String mark(long now, long shortest, long longest) {
        return "delete from " + marks + " where at > " + (now + shortest) + " or at < (select max(at) from " + marks
                + " where at <= " + (now - longest) + ");\ninsert into " + marks
                + " (at, horizon) select " + now + ", pg_snapshot_xmin(pg_current_snapshot()) where not exists"
                + " (select from " + marks + " where at > " + (now - shortest / MARKS) + ")";
    }
}
