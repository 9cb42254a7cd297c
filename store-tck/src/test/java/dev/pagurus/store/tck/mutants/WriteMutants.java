package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Group W: writes. */
final class WriteMutants {

    private WriteMutants() {}

    @Breaks(value = Clause.W13, race = true)
    static Mutant theVersionIsComparedBeforeTheLockIsTaken() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                State before = database.newest();
                List<WriteOutcome> outcomes = write(before.draft(), writes, now());
                Mutant.pause();
                return outcomes.get(0) instanceof WriteOutcome.Written
                        ? database.change(draft -> write(
                                draft, writes.stream().map(WriteMutants::blind).toList(), now()))
                        : outcomes;
            }
        });
    }

    @Breaks(Clause.W20)
    static Mutant aDeleteLeavesTheUniqueValue() {
        NavigableMap<String, Row> ghosts = new TreeMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome delete(Table table, @Nullable Row old) {
                if (old != null) {
                    ghosts.put(old.id(), old);
                }
                return super.delete(table, old);
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                Row holder = super.holder(rows, definition, index, row);
                return holder != null ? holder : super.holder(ghosts, definition, index, row);
            }
        });
    }

    private static Write blind(Write write) {
        return new Write(write.collection(), write.id(), Write.Precondition.NONE, write.content());
    }
}
