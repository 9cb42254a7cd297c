package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceSession;
import java.util.ArrayList;
import java.util.List;

/** Group T: transactions. */
final class TransactionMutants {

    private TransactionMutants() {}

    @Breaks(Clause.T1)
    static Mutant aRollbackKeepsTheFirstWrite() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final List<Write> kept = new ArrayList<>();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                kept.addAll(writes);
                return super.write(writes);
            }

            @Override
            public void commit() {
                super.commit();
                kept.clear();
            }

            @Override
            public void close() {
                if (!kept.isEmpty()) {
                    engine.write(kept.subList(0, 1));
                }
            }
        });
    }

    @Breaks({Clause.T19, Clause.T20})
    static Mutant onlyWritesConflict() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof WriteOutcome;
            }
        });
    }
}
