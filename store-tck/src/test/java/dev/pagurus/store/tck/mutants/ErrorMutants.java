package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceProvider;

/** Group E: errors. */
final class ErrorMutants {

    private ErrorMutants() {}

    @Breaks(Clause.E3)
    static Mutant anUnknownOptionIsIgnored() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                return open(new ReferenceDatabase(), config);
            }
        });
    }

    @Breaks(Clause.E6)
    static Mutant aViolationNamesNoField() {
        return Mutant.source("internal/Outcomes", "fields(write.collection(), violation.index()));", "List.of());");
    }
}
