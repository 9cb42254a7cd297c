package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;

/** Group S: schemas. */
final class SchemaMutants {

    private SchemaMutants() {}

    @Breaks(value = Clause.S12, race = true)
    static Mutant aDefinitionIsMadeFromWhatWasReadBeforeTheLock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                State before = database.newest().draft();
                changes().define(before, definition, filler);
                Mutant.pause();
                database.commit(before);
            }
        });
    }

    @Breaks(Clause.S2)
    static Mutant onlyTheFirstChunkIsRefilled() {
        return Mutant.changes(new Changes() {
            private int filled;

            @Override
            public Row fill(Row row, Filler filler) {
                Row refilled = super.fill(row, filler);
                return filled++ < 500
                        ? refilled
                        : new Row(
                                row.id(),
                                row.version(),
                                row.createdAt(),
                                row.body(),
                                refilled.values().stream().map(value -> null).toList());
            }
        });
    }
}
