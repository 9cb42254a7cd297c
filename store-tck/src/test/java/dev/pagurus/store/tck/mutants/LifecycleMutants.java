package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Group L: lifecycle. */
final class LifecycleMutants {

    private static final long A_MINUTE = 60_000_000_000L;

    /** Held, for a socket that nobody holds may be closed by the garbage collector. */
    private static final Queue<ServerSocket> LEAKED = new ConcurrentLinkedQueue<>();

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

    @Breaks(Clause.L14)
    static Mutant aCloseLeavesAConnection() {
        return Mutant.engine((database, config) -> {
            try {
                LEAKED.add(new ServerSocket(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ReferenceEngine(database, config);
        });
    }
}
