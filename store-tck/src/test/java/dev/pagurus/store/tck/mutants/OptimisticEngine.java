package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Odd and right: every write is an optimistic transaction, and one conflicts when it commits if somebody has changed
 * anything in a collection that it has touched. It conflicts far more often than it must.
 */
final class OptimisticEngine extends ReferenceEngine {

    OptimisticEngine(ReferenceDatabase database, StoreConfig config) {
        super(database, config);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        try (EngineSession session = begin(SessionMode.TRANSACTION)) {
            List<WriteOutcome> outcomes = session.write(writes);
            session.commit();
            return outcomes;
        }
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        return new Validating(this, mode);
    }

    private static final class Validating extends ReferenceSession {

        private final ReferenceDatabase database;
        private final SessionMode mode;
        private final State began;
        private final Set<String> touched = new HashSet<>();

        Validating(ReferenceEngine engine, SessionMode mode) {
            super(engine, mode);
            this.database = engine.database();
            this.mode = mode;
            this.began = database.newest();
        }

        @Override
        public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
            touched.add(collection.name());
            return super.get(collection, ids);
        }

        @Override
        public Chunk scan(Scan scan) {
            touched.add(scan.collection().name());
            return super.scan(scan);
        }

        @Override
        public long count(CollectionDefinition collection, Condition filter) {
            touched.add(collection.name());
            return super.count(collection, filter);
        }

        @Override
        public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field) {
            touched.add(collection.name());
            return super.countBy(collection, filter, field);
        }

        @Override
        public List<WriteOutcome> write(List<Write> writes) {
            writes.forEach(write -> touched.add(write.collection().name()));
            return super.write(writes);
        }

        @Override
        public long deleteAll(CollectionDefinition collection, Condition filter) {
            touched.add(collection.name());
            return super.deleteAll(collection, filter);
        }

        @Override
        public List<StoredRow> rows(CollectionDefinition collection, String after) {
            touched.add(collection.name());
            return super.rows(collection, after);
        }

        @Override
        public void load(CollectionDefinition collection, List<StoredRow> rows) {
            touched.add(collection.name());
            super.load(collection, rows);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a table that was changed is another one
        public void commit() {
            State newest = database.newest();
            for (String name : touched) {
                if (mode == SessionMode.TRANSACTION && newest.table(name) != began.table(name)) {
                    throw new SerializationFailure("Somebody else has changed collection '" + name + "'.", null);
                }
            }
            // Looks at every answer once more, under the lock.
            super.commit();
        }
    }
}
