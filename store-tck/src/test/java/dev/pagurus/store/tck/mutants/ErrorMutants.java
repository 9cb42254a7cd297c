package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceProvider;

/** Group E: errors. */
final class ErrorMutants {

    private static final System.Logger LOG = System.getLogger("mutants");

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

    @Breaks(Clause.E13)
    static Mutant everyOpeningWarns() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                LOG.log(System.Logger.Level.WARNING, "Opening {0}", config);
                return super.open(config);
            }
        });
    }

    @Breaks(Clause.E14)
    static Mutant everyOptionIsLogged() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                LOG.log(System.Logger.Level.INFO, config.options().text("no.such.option", "no option"));
                return super.open(config);
            }
        });
    }
}
