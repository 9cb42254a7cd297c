package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import java.util.concurrent.locks.LockSupport;

/** Group L: lifecycle. */
final class LifecycleMutants {

    private static final long A_MINUTE = 60_000_000_000L;

    private LifecycleMutants() {}

    @Breaks(Clause.L5)
    static Mutant aCloseLeavesAThread() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void close() {
                Thread timer = new Thread(() -> LockSupport.parkNanos(A_MINUTE), "leaked");
                timer.setDaemon(true);
                timer.start();
            }
        });
    }

    @Breaks(Clause.L3)
    static Mutant aHandleAnswersAfterClose() {
        return Mutant.source("internal/Gate", "throw new StoreClosedException(store);", "return;");
    }
}
