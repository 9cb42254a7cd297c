package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open H2 database. Reads and writes of their own are sessions of one call, as the SPI does them by default.
 * Connections are objects in this JVM and cost little, so there are as many as sessions.
 */
final class H2Engine implements StoreEngine {

    /**
     * For each database, the right to write: one thread at a time has it, in the order of asking. It makes transactions
     * serializable, for H2 lets two of them write past each other, and lives in this JVM, as H2 lets no other open the file.
     */
    private static final Map<String, ReentrantLock> WRITE_LOCKS = new ConcurrentHashMap<>();

    private final StoreConfig config;
    private final String jdbcUrl;
    private final ReentrantLock writeLock;
    private final DeletedVersions deleted = new DeletedVersions();
    private final H2Forgetting forgetting;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<H2Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private final Deque<H2Connection> idleWriters = new ConcurrentLinkedDeque<>();

    H2Engine(StoreConfig config, String jdbcUrl) {
        this.config = config;
        this.jdbcUrl = jdbcUrl;
        this.forgetting = new H2Forgetting(config);
        this.writeLock = WRITE_LOCKS.computeIfAbsent(jdbcUrl, url -> new ReentrantLock(true));
        try (H2Session session = begin(SessionMode.TRANSACTION)) {
            H2Define.migrate(session.connection());
            H2Define.dropLeftovers(session.connection());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public EngineInfo info() {
        Set<Capability> all = EnumSet.complementOf(EnumSet.of(Capability.BACKUP));
        // One lane: while one list of writes is on its way to the disk, those of other callers become the next.
        return new EngineInfo("H2", org.h2.engine.Constants.VERSION, config.redactedUrl(), all, 1, 0);
    }

    @Override
    public long now() {
        return Micros.now(config);
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        if (definitions().stream().noneMatch(stored -> stored.serves(definition))) {
            try (H2Session session = begin(SessionMode.TRANSACTION)) {
                // A change takes as long as it takes.
                session.connection().update("set query_timeout 0");
                try {
                    new H2Define(session, definition).run(filler);
                } finally {
                    session.connection().update("set query_timeout " + config.timeout().toMillis());
                }
            }
        }
    }

    @Override
    public boolean drop(String collection) {
        try (H2Session session = begin(SessionMode.TRANSACTION)) {
            return H2Define.drop(session, collection);
        }
    }

    @Override
    public void rename(String collection, String newName) {
        try (H2Session session = begin(SessionMode.TRANSACTION)) {
            H2Define.rename(session, collection, newName);
            deleted.renamed(collection, newName);
        }
    }

    @Override
    public H2Session begin(SessionMode mode) {
        if (mode != SessionMode.TRANSACTION) {
            H2Session snapshot = session(idleReaders, "snapshot", () -> {});
            // The first read fixes the state.
            snapshot.connection().first(row -> row.getInt(1), "select version from migrations");
            return snapshot;
        }
        takeWriteLock();
        try {
            // Who is alone needs no snapshot, in which H2 2.5.252 returns the session's own writes out of order.
            return session(idleWriters, "read committed", writeLock::unlock);
        } catch (RuntimeException e) {
            writeLock.unlock();
            throw e;
        }
    }

    @Override
    public ChangeChunk changes(ChangeScan scan) {
        try (H2Session session = begin(SessionMode.READ)) {
            return session.changes().read(scan);
        }
    }

    @Override
    public String changesEnd(List<CollectionDefinition> collections) {
        try (H2Session session = begin(SessionMode.READ)) {
            return session.changes().end(collections);
        }
    }

    private H2Session session(Deque<H2Connection> idle, String isolation, Runnable end) {
        H2Connection free = idle.poll();
        H2Connection connection = free == null ? new H2Connection(config, threads, jdbcUrl, isolation) : free;
        return new H2Session(connection, deleted, forgetting, () -> {
            try {
                connection.rollback();
                idle.push(connection);
            } catch (StoreException e) {
                connection.close();
            } finally {
                end.run();
            }
        });
    }

    private void takeWriteLock() {
        try {
            // An interrupt ends waiting, and nothing else.
            boolean free = Thread.currentThread().isInterrupted() && !writeLock.hasQueuedThreads() && writeLock.tryLock();
            if (free || writeLock.tryLock(config.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UnavailableException("The write lock of " + config.redactedUrl() + ", which another transaction has,"
                + " did not come within " + config.timeout().toMillis() + " ms or before an interrupt. Nothing was"
                + " changed; try again, make the transactions shorter, or raise the option timeout.");
    }

    @Override
    public void close() {
        idleReaders.forEach(H2Connection::close);
        idleWriters.forEach(H2Connection::close);
        threads.shutdown();
    }
}
