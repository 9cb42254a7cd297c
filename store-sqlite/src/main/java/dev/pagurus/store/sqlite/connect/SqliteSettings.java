package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import dev.pagurus.store.spi.Micros;
import java.time.Clock;
import java.time.Duration;

/**
 * What a configuration means for this store.
 *
 * @param clock where versions come from
 * @param timeout how long a call waits for a lock
 */
public record SqliteSettings(
        SqliteFile file,
        Migrate migrate,
        Synchronous synchronous,
        int readers,
        int snapshots,
        long cacheBytes,
        long journalLimit,
        Clock clock,
        Duration timeout) {

    private static final int PAGE_BYTES = 4096;
    private static final int MOST_READERS = 64;

    /** What opening does with tables of ours that are missing. */
    public enum Migrate {
        APPLY,
        VALIDATE
    }

    /** When a commit reaches the disk. */
    public enum Synchronous {
        OFF,
        NORMAL,
        FULL
    }

    private enum Network {
        REFUSE,
        ALLOW
    }

    public static SqliteSettings of(StoreConfig config) {
        if (config.dataSource() != null) {
            throw new ConfigurationException(
                    "The store for SQLite opens its file itself and takes no DataSource. Give it"
                            + " the URL of the file: sqlite:path.");
        }
        if (config.user() != null || config.password() != null) {
            throw new ConfigurationException("A SQLite file has no user and no password. Leave them out; who may read"
                    + " the file is decided by the file system.");
        }
        StoreOptions options = config.options();
        Migrate migrate = options.choice("migrate", Migrate.APPLY);
        boolean memory = config.address().equals(SqliteFile.MEMORY);
        Synchronous synchronous = options.choice("synchronous", memory ? Synchronous.OFF : Synchronous.FULL);
        int readers =
                options.integer("readers", usualReaders(Runtime.getRuntime().availableProcessors()), 1, MOST_READERS);
        int snapshots = options.integer("snapshots", 32, 1, 1000);
        long cacheBytes = options.bytes("cache", 8L << 20, 64 << 10, 1L << 40);
        long journalLimit = options.bytes("journal.limit", 64L << 20, 64 << 10, 1L << 40);
        Network network = options.choice("network", Network.REFUSE);
        options.refuseUnknown();
        Clock clock = config.clock() == null ? Clock.systemUTC() : config.clock();
        return new SqliteSettings(
                SqliteFile.of(config, network == Network.ALLOW),
                migrate,
                synchronous,
                readers,
                snapshots,
                cacheBytes,
                journalLimit,
                clock,
                config.timeout());
    }

    /** Returns at how many pages SQLite copies its log into the database, where there is plenty of room. */
    long checkpointPages() {
        return checkpointBytes(journalLimit) / PAGE_BYTES;
    }

    /**
     * Returns how many readers there are unless it is said. With one for each core, whoever is just not running still has
     * one, and those who run have to wait and be woken, which takes longer than a get.
     */
    static int usualReaders(int cores) {
        return Math.min(MOST_READERS, Math.max(4, 2 * cores));
    }

    /**
     * Returns at how many bytes SQLite copies its log into the database: at three quarters of what the log may have.
     * SQLite's own 1,000 pages make random writes a tenth slower, and joined ones a fifth: each time, the disk is waited for
     * twice, by all who write. The rest is for the transaction that goes past it.
     */
    static long checkpointBytes(long limit) {
        return limit / 4 * 3;
    }

    public long nowMicros() {
        return Micros.now(clock);
    }
}
