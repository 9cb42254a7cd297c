package dev.pagurus.store.postgres.connect;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to a server, and what goes with them: of one store, or of all stores of this process that share them. Those
 * differ in their schemas only, and every statement names its schema, so that a connection need not be told when it goes from
 * one store to another, and no store can reach the tables of another through what the one before has left.
 *
 * <p>Who opens the first one connects without a pool, and so do all while the last connection could not be made: a pool would
 * hide for a while why it gets none. Who comes later opens on a connection of the pool.
 */
public final class PostgresConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);

    /** Long enough for the end of another's commit, and short enough for those who wait behind. */
    private static final long IMPATIENT_MILLIS = 40;

    private static final long IDLE_THREAD_MILLIS = 500;

    private static final ReentrantLock SHARING = new ReentrantLock();

    /** Under the lock only, as the counts in them. */
    private static final Map<PostgresSettings, PostgresConnections> SHARED = new HashMap<>();

    private final PostgresSettings settings;
    private final PostgresDefaults patient;
    private final PostgresDefaults impatient;
    private final @Nullable PostgresDriver driver;
    private final PostgresPlaces places;
    private final ThreadPoolExecutor housekeeping;
    private final List<HikariDataSource> together = new CopyOnWriteArrayList<>();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Pools pools;
    private int stores;

    /**
     * Pools of ours.
     *
     * @param forLanes on whose connections nothing waits long for a lock; null if none are set aside for that
     */
    private record Pools(
            HikariDataSource main,
            @Nullable HikariDataSource forLanes,
            @Nullable PostgresDriver driverForLanes) {}

    /** Makes none yet. */
    PostgresConnections(PostgresSettings settings) {
        this.settings = settings;
        this.patient = PostgresDefaults.of(settings.timeout(), PostgresDefaults.lockMillis(settings.timeout()));
        this.impatient = PostgresDefaults.of(settings.timeout(), IMPATIENT_MILLIS);
        this.driver = settings.target() == null ? null : new PostgresDriver(settings, settings.target(), patient);
        this.places = new PostgresPlaces(settings, new PostgresErrors(settings));
        // One thread at most, and none as long as there is nothing to do.
        this.housekeeping = new ThreadPoolExecutor(
                0, 1, IDLE_THREAD_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "pagurus-vacuum");
                    made.setDaemon(true);
                    return made;
                });
    }

    /** Returns those of a store that is about to be opened: its own, or those that it shares. {@link #close} must follow. */
    public static PostgresConnections of(PostgresSettings settings) {
        PostgresSettings common = settings.ofConnections();
        if (!common.poolShared()) {
            return new PostgresConnections(common);
        }
        SHARING.lock();
        try {
            PostgresConnections shared = SHARED.computeIfAbsent(common, PostgresConnections::new);
            shared.stores++;
            return shared;
        } finally {
            SHARING.unlock();
        }
    }

    /** Returns how a store has its connections while it is being opened. */
    public PostgresPool toOpen(PostgresSettings store, PostgresErrors errors) {
        Pools made = pools;
        if (driver == null) {
            return given(store, errors, patient);
        }
        if (made == null) {
            return new PostgresPool(store, errors, driver, driver, null, List.of(), patient);
        }
        DataSource source = driver.lastFailure() == null ? made.main() : driver;
        return new PostgresPool(store, errors, source, driver, made.main(), together, patient);
    }

    /** Returns how an open store has its connections. */
    public PostgresPool pool(PostgresSettings store, PostgresErrors errors) {
        if (driver == null) {
            return given(store, errors, patient);
        }
        HikariDataSource main = made(driver).main();
        return new PostgresPool(store, errors, main, driver, main, together, patient);
    }

    /**
     * Returns how an open store has connections on which nothing waits long for a lock. A pool that is large enough has some
     * set aside for that, which no other call can take; of a small one, or one that is not ours, all are used.
     */
    public PostgresPool lanes(PostgresSettings store, PostgresErrors errors) {
        if (driver == null) {
            return given(store, errors, impatient);
        }
        Pools made = made(driver);
        HikariDataSource own = made.forLanes();
        return own == null
                ? new PostgresPool(store, errors, made.main(), driver, null, together, impatient)
                : new PostgresPool(store, errors, own, made.driverForLanes(), own, together, impatient);
    }

    private PostgresPool given(PostgresSettings store, PostgresErrors errors, PostgresDefaults defaults) {
        return new PostgresPool(store, errors, Objects.requireNonNull(store.given()), null, null, List.of(), defaults);
    }

    private Pools made(PostgresDriver first) {
        Pools made = pools;
        return made == null ? make(first) : made;
    }

    private Pools make(PostgresDriver first) {
        making.lock();
        try {
            Pools made = pools;
            if (made == null) {
                int lanes = settings.ownLanes();
                int idleLanes = Math.min(Math.min(lanes, settings.writeLanes()), settings.poolMinIdle());
                HikariDataSource main = pool(first, settings.poolMax() - lanes, settings.poolMinIdle() - idleLanes);
                PostgresDriver other = lanes == 0 ? null : first.with(impatient);
                made = new Pools(main, other == null ? null : pool(other, lanes, idleLanes), other);
                pools = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private HikariDataSource pool(PostgresDriver driver, int max, int minIdle) {
        HikariDataSource pool =
                new HikariDataSource(PostgresPoolConfig.of(settings, driver, max, Math.min(max, minIdle)));
        together.add(pool);
        return pool;
    }

    /** Who may hold connections for long. */
    public PostgresPlaces places() {
        return places;
    }

    /** What nobody waits for: one thing at a time, on a thread that is there while there is something to do. */
    public ThreadPoolExecutor housekeeping() {
        return housekeeping;
    }

    /** Closes them all, if nobody shares them any more. */
    @Override
    public void close() {
        if (settings.poolShared() && !leaveLast()) {
            return;
        }
        housekeeping.shutdown();
        // HikariCP would not wait for its threads, and warn.
        boolean interrupted = Thread.interrupted();
        try {
            if (driver != null) {
                driver.close();
            }
        } catch (SQLException e) {
            LOG.debug("A connection that nobody had asked for could not be closed", e);
        }
        // Side by side, since each may have to wait for a connection that is being made.
        List<Thread> closing = together.stream()
                .skip(1)
                .map(pool -> new Thread(pool::close, "pagurus-close"))
                .toList();
        closing.forEach(Thread::start);
        together.stream().limit(1).forEach(HikariDataSource::close);
        for (Thread each : closing) {
            interrupted |= joined(each);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of a thread, and says whether that was interrupted. */
    private static boolean joined(Thread other) {
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private boolean leaveLast() {
        SHARING.lock();
        try {
            stores--;
            return stores == 0 && SHARED.remove(settings, this);
        } finally {
            SHARING.unlock();
        }
    }
}
