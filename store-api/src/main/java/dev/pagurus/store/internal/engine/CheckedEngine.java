package dev.pagurus.store.internal.engine;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Health;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
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

    CheckedEngine(StoreEngine engine, StoreConfig config) {
        super(engine, new Rules(engine.info().name()));
        this.engine = engine;
        this.info = engine.info();
        this.maxBodyBytes = Math.min(config.maxBodyBytes(), info.maxBodyBytes());
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
    public void define(CollectionDefinition definition, Filler filler) {
        if (definition.hasUnique()) {
            require(Capability.UNIQUE_INDEXES);
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
        return rules.checkOutcomes(writes, engine.write(writes), true);
    }

    @Override
    public WriteOutcome write(Write write) {
        return rules.checkOutcome(write, engine.write(write), false);
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        require(mode == SessionMode.TRANSACTION ? Capability.TRANSACTIONS : Capability.SNAPSHOTS);
        return new CheckedSession(engine.begin(mode), rules);
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

        CheckedSession(EngineSession session, Rules rules) {
            super(session, rules);
            this.session = session;
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            return rules.checkOutcomes(writes, session.write(writes), false);
        }

        @Override
        public long deleteAll(CollectionDefinition collection, Condition filter) {
            return session.deleteAll(collection, filter);
        }

        @Override
        public List<StoredRow> rows(CollectionDefinition collection, String after) {
            return rules.checkRows(collection, after, session.rows(collection, after));
        }

        @Override
        public void load(CollectionDefinition collection, List<StoredRow> rows) {
            session.load(collection, rows);
        }

        @Override
        public void commit() {
            session.commit();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
