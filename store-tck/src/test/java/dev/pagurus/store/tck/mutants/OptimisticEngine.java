package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.State;
import java.util.HashSet;
import java.util.List;
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
        State began = database().newest();
        Set<String> touched = new HashSet<>();
        return OddEngine.of(super.begin(mode), call -> {
            call.arguments().forEach(argument -> noteCollections(argument, touched));
            if (mode == SessionMode.TRANSACTION && call.method().getName().equals("commit")) {
                requireUnchanged(began, touched);
            }
            // To commit, it looks at every answer once more, under the lock.
            return call.make();
        });
    }

    private static void noteCollections(@Nullable Object argument, Set<String> touched) {
        if (argument instanceof CollectionDefinition collection) {
            touched.add(collection.name());
        } else if (argument instanceof Scan scan) {
            touched.add(scan.collection().name());
        } else if (argument instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof Write write) {
                    touched.add(write.collection().name());
                }
            });
        }
    }

    @SuppressWarnings("ReferenceEquality") // a table that was changed is another one
    private void requireUnchanged(State began, Set<String> touched) {
        State newest = database().newest();
        for (String name : touched) {
            if (newest.table(name) != began.table(name)) {
                throw new SerializationFailure("Somebody else has changed collection '" + name + "'.", null);
            }
        }
    }
}
