package dev.pagurus.store.internal.engine;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Health;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.nio.file.Path;
import java.util.List;

/** Passes every call on to an engine, asks only for what it can do, and holds its answers against the {@link Rules}. */
public final class CheckedEngine extends CheckedReads implements StoreEngine {

    private final StoreEngine engine;
    private final EngineInfo info;
    private final long maxBodyBytes;
    private volatile Runnable whenChanged = () -> {};

    CheckedEngine(StoreEngine engine, StoreConfig config) {
        super(engine, new Rules(engine.info().name()));
        this.engine = engine;
        this.info = engine.info();
        this.maxBodyBytes = Math.min(config.maxBodyBytes(), info.maxBodyBytes());
    }

    /** Has somebody told when a write of a collection that keeps its changes was committed. */
    public void whenChanged(Runnable action) {
        whenChanged = action;
    }

    /** Returns what a body may have, of what the configuration allows and the engine holds. */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Refuses a configuration that asks for more than the engine holds; the default asks for nothing. */
    void requireHolds(StoreConfig config) {
        long asked = config.maxBodyBytes();
        if (asked > maxBodyBytes && asked > StoreConfig.DEFAULT_MAX_BODY_BYTES) {
            throw new ConfigurationException("The option 'body.max' of " + info.target() + " is " + asked
                    + " bytes, but " + info.name() + " holds bodies of at most " + maxBodyBytes
                    + " there. Set 'body.max' to that or less.");
        }
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public long now() {
        return engine.now();
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        if (definition.hasUnique()) {
            require(Capability.UNIQUE_INDEXES);
        }
        if (definition.retention() != null) {
            require(Capability.CHANGES);
        }
        engine.define(definition, rules.checked(definition, filler));
    }

    @Override
    public boolean drop(String collection) {
        return engine.drop(collection);
    }

    @Override
    public void rename(String collection, String newName) {
        engine.rename(collection, newName);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        List<WriteOutcome> outcomes = rules.checkOutcomes(writes, engine.write(writes), true);
        for (Write write : writes) {
            if (write.collection().retention() != null) {
                whenChanged.run();
                break;
            }
        }
        return outcomes;
    }

    @Override
    public WriteOutcome write(Write write) {
        WriteOutcome outcome = rules.checkOutcome(write, engine.write(write), false);
        if (write.collection().retention() != null) {
            whenChanged.run();
        }
        return outcome;
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        long removed = rules.checkCount(engine.removeExpired(collection, most));
        if (removed > 0 && collection.retention() != null) {
            whenChanged.run();
        }
        return removed;
    }

    @Override
    public Chunk candidates(Scan scan) {
        return rules.checkChunk(scan, engine.candidates(scan));
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        require(mode == SessionMode.TRANSACTION ? Capability.TRANSACTIONS : Capability.SNAPSHOTS);
        return new CheckedSession(engine.begin(mode), rules, () -> whenChanged.run());
    }

    @Override
    public ChangeChunk changes(ChangeScan scan) {
        require(Capability.CHANGES);
        return rules.checkChanges(scan, engine.changes(scan));
    }

    @Override
    public String changesEnd(List<CollectionDefinition> collections) {
        require(Capability.CHANGES);
        return rules.checkPosition(engine.changesEnd(collections));
    }

    @Override
    public void backup(Path file, boolean overwrite) {
        require(Capability.BACKUP);
        engine.backup(file, overwrite);
    }

    @Override
    public Health health() {
        return engine.health();
    }

    @Override
    public void close() {
        engine.close();
    }

    private void require(Capability capability) {
        if (!info.capabilities().contains(capability)) {
            throw new UnsupportedCapabilityException(info.name(), capability);
        }
    }

    /** The same for a session. */
    private static final class CheckedSession extends CheckedReads implements EngineSession {

        private final EngineSession session;
        private final Runnable whenChanged;
        private boolean changes;

        CheckedSession(EngineSession session, Rules rules, Runnable whenChanged) {
            super(session, rules);
            this.session = session;
            this.whenChanged = whenChanged;
        }

        private void changes(CollectionDefinition collection) {
            changes |= collection.retention() != null;
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            for (Write write : writes) {
                changes(write.collection());
            }
            return rules.checkOutcomes(writes, session.write(writes), false);
        }

        @Override
        public long deleteAll(CollectionDefinition collection, Condition filter) {
            changes(collection);
            return session.deleteAll(collection, filter);
        }

        @Override
        public long removeExpired(CollectionDefinition collection, int most) {
            changes(collection);
            return rules.checkCount(session.removeExpired(collection, most));
        }

        @Override
        public List<StoredRow> rows(CollectionDefinition collection, String after) {
            return rules.checkRows(collection, after, session.rows(collection, after));
        }

        @Override
        public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) {
            return rules.checkRows(collection, ids, session.rows(collection, ids));
        }

        @Override
        public void load(CollectionDefinition collection, List<StoredRow> rows) {
            changes(collection);
            session.load(collection, rows);
        }

        @Override
        public void commit() {
            session.commit();
            if (changes) {
                whenChanged.run();
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
