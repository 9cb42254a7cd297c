package dev.pagurus.store.internal;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Passes every call on to an engine, asks only for what it can do, and holds its answers against the {@link Rules}. */
final class CheckedEngine implements StoreEngine {

    private final StoreEngine engine;
    private final EngineInfo info;
    private final Rules rules;

    CheckedEngine(StoreEngine engine) {
        this.engine = engine;
        this.info = engine.info();
        this.rules = new Rules(info.name());
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        if (definition.indexes().stream().anyMatch(IndexDefinition::unique)) {
            require(Capability.UNIQUE_INDEXES);
        }
        engine.define(definition, filler);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return rules.checkOutcomes(writes, engine.write(writes));
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        require(mode == SessionMode.TRANSACTION ? Capability.TRANSACTIONS : Capability.SNAPSHOTS);
        return new CheckedSession(engine.begin(mode), rules);
    }

    @Override
    public Health health() {
        return engine.health();
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return engine.definitions();
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        return rules.checkFound(ids, engine.get(collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return rules.checkChunk(scan, engine.scan(scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return rules.checkCount(engine.count(collection, filter));
    }

    @Override
    public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field) {
        return engine.countBy(collection, filter, field);
    }

    private void require(Capability capability) {
        if (!info.capabilities().contains(capability)) {
            throw new UnsupportedCapabilityException(info.name(), capability);
        }
    }

    /** The same for a session. */
    private record CheckedSession(EngineSession session, Rules rules) implements EngineSession {

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            return rules.checkOutcomes(writes, session.write(writes));
        }

        @Override
        public OptionalLong deleteAll(CollectionDefinition collection, Condition filter) {
            return session.deleteAll(collection, filter);
        }

        @Override
        public void commit() {
            session.commit();
        }

        @Override
        public void close() {
            session.close();
        }

        @Override
        public List<CollectionDefinition> definitions() {
            return session.definitions();
        }

        @Override
        public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
            return rules.checkFound(ids, session.get(collection, ids));
        }

        @Override
        public Chunk scan(Scan scan) {
            return rules.checkChunk(scan, session.scan(scan));
        }

        @Override
        public long count(CollectionDefinition collection, Condition filter) {
            return rules.checkCount(session.count(collection, filter));
        }

        @Override
        public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field) {
            return session.countBy(collection, filter, field);
        }
    }
}
