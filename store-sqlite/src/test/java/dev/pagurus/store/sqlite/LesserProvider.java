package dev.pagurus.store.sqlite;

import dev.pagurus.store.Capability;
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
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** SQLite as it would be without some of its capabilities: a real engine that declares less, and refuses the rest. */
record LesserProvider(Set<Capability> lacking) implements StoreProvider {

    private static final SqliteStoreProvider WHOLE = new SqliteStoreProvider();

    @Override
    public Set<String> schemes() {
        return WHOLE.schemes();
    }

    @Override
    public int spiVersion() {
        return WHOLE.spiVersion();
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        return new Lesser(WHOLE.open(config), lacking);
    }

    private record Lesser(StoreEngine engine, Set<Capability> lacking) implements StoreEngine {

        @Override
        public EngineInfo info() {
            EngineInfo whole = engine.info();
            Set<Capability> left = EnumSet.copyOf(whole.capabilities());
            left.removeAll(lacking);
            return new EngineInfo(whole.name(), whole.version(), whole.target(), left);
        }

        @Override
        public long now() {
            return engine.now();
        }

        @Override
        public void define(CollectionDefinition definition, Filler filler) {
            if (definition.indexes().stream().anyMatch(IndexDefinition::unique)) {
                require(Capability.UNIQUE_INDEXES);
            }
            engine.define(definition, filler);
        }

        @Override
        public ChangeChunk changes(ChangeScan scan) {
            return engine.changes(scan);
        }

        @Override
        public String changesEnd(List<CollectionDefinition> collections) {
            return engine.changesEnd(collections);
        }

        @Override
        public long removeExpired(CollectionDefinition collection, int most) {
            return engine.removeExpired(collection, most);
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
        public EngineSession begin(SessionMode mode) {
            require(mode == SessionMode.TRANSACTION ? Capability.TRANSACTIONS : Capability.SNAPSHOTS);
            return engine.begin(mode);
        }

        private void require(Capability capability) {
            if (lacking.contains(capability)) {
                throw new UnsupportedCapabilityException(engine.info().name(), capability);
            }
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            return engine.write(writes);
        }

        @Override
        public List<CollectionDefinition> definitions() {
            return engine.definitions();
        }

        @Override
        public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
            return engine.get(collection, ids);
        }

        @Override
        public Chunk scan(Scan scan) {
            return engine.scan(scan);
        }

        @Override
        public RowChunk select(Scan scan, List<String> fields) {
            return engine.select(scan, fields);
        }

        @Override
        public ScanPlan explain(Scan scan) {
            return engine.explain(scan);
        }

        @Override
        public long count(CollectionDefinition collection, Condition filter) {
            return engine.count(collection, filter);
        }

        @Override
        public List<Group> groups(Grouping grouping) {
            return engine.groups(grouping);
        }

        @Override
        public void backup(Path file, boolean overwrite) {
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
    }
}
