package com.example.h2store;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open H2 database. Reads and writes of their own are sessions of one call, as the SPI does them by default. Connections
 * are objects in this JVM and cost little, so there are as many as sessions.
 */
final class H2Engine implements StoreEngine {

    /**
     * For each database, the right to write: one thread at a time has it, in the order of asking. It is what makes
     * transactions serializable, for H2 alone lets two of them read the same state and write past each other. It can live in
     * this JVM, because H2 lets no other process open the file.
     */
    private static final Map<String, ReentrantLock> WRITE_LOCKS = new ConcurrentHashMap<>();

    private final H2Settings settings;
    private final ReentrantLock writeLock;
    private final Deque<H2Connection> idle = new ConcurrentLinkedDeque<>();

    private H2Engine(H2Settings settings) {
        this.settings = settings;
        this.writeLock = WRITE_LOCKS.computeIfAbsent(settings.jdbcUrl(), url -> new ReentrantLock(true));
    }

    static H2Engine open(H2Settings settings) {
        H2Engine engine = new H2Engine(settings);
        try (H2Session session = engine.begin(SessionMode.TRANSACTION)) {
            H2Catalogue.migrate(session.connection());
            H2Define.dropLeftovers(session.connection());
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    @Override
    public EngineInfo info() {
        Set<Capability> all = Set.of(Capability.values());
        // One lane: while one list of writes is on its way to the disk, those of other callers become the next.
        return new EngineInfo("H2", org.h2.engine.Constants.VERSION, settings.shown(), all, 1, 0);
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        if (!definitions().contains(definition)) {
            try (H2Session session = begin(SessionMode.TRANSACTION)) {
                new H2Define(session.connection(), definition).run(session, filler);
            }
        }
    }

    @Override
    public H2Session begin(SessionMode mode) {
        if (mode != SessionMode.TRANSACTION) {
            return session(() -> {});
        }
        takeWriteLock();
        try {
            return session(writeLock::unlock);
        } catch (RuntimeException e) {
            writeLock.unlock();
            throw e;
        }
    }

    private H2Session session(Runnable end) {
        H2Connection free = idle.poll();
        H2Connection connection = free == null ? H2Connection.open(settings) : free;
        return new H2Session(connection, () -> {
            try {
                connection.update("rollback");
                idle.push(connection);
            } catch (StoreException e) {
                connection.close();
            } finally {
                end.run();
            }
        });
    }

    private void takeWriteLock() {
        Throwable cause = null;
        try {
            if (writeLock.tryLock(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cause = e;
        }
        throw new UnavailableException("The write lock of " + settings.shown() + ", which another transaction has, did"
                + " not come within " + settings.timeout().toMillis() + " ms or before an interrupt. Nothing was changed;"
                + " try again, make the transactions shorter, or raise the option timeout.", cause);
    }

    @Override
    public void close() {
        idle.forEach(H2Connection::close);
    }
}
