package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.reference.State;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Group M: migrations. */
final class MigrationMutants {

    private MigrationMutants() {}

    @Breaks(value = Clause.M1, race = true)
    static Mutant whoFindsNoTablesMakesThemWithoutALock() {
        Map<String, Boolean> made = new ConcurrentHashMap<>();
        return Mutant.provider(new ReferenceProvider() {
            @Override
            protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                if (made.get(config.address()) == null) {
                    Mutant.pause();
                    database.commit(new State());
                    made.put(config.address(), true);
                }
                return new ReferenceEngine(database, config);
            }
        });
    }

    @Breaks({Clause.M2, Clause.L7})
    static Mutant openingMakesTheTablesAnew() {
        return Mutant.engine((database, config) -> {
            database.commit(new State());
            return new ReferenceEngine(database, config);
        });
    }
}
