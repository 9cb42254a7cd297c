package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A database that does not become what was committed in one step. */
abstract class StagedDatabase extends ReferenceDatabase {

    /** Begins with what is in another one, whose place it takes. */
    StagedDatabase(ReferenceDatabase other) {
        super("staged");
        super.commit(other.newest());
    }

    /** Returns the states that others see before the one that is committed. */
    abstract List<State> between(State before, State after);

    @Override
    public void commit(State state) {
        for (State part : between(newest(), state)) {
            super.commit(part);
            Mutant.pause();
        }
        super.commit(state);
    }

    /** Returns the collections that differ, as they are after. */
    @SuppressWarnings("ReferenceEquality") // one that was changed is another one
    static List<Table> changedTables(State before, State after) {
        List<Table> changed = new ArrayList<>();
        for (CollectionDefinition definition : after.definitions()) {
            Table table = Objects.requireNonNull(after.table(definition.name()), definition.name());
            if (before.table(definition.name()) != table) {
                changed.add(table);
            }
        }
        return changed;
    }

    /** Returns the ids of the documents that differ in a collection. */
    static List<String> changedIds(State before, Table after) {
        Table old = before.table(after.definition().name());
        Set<String> ids = new HashSet<>(after.rows().keySet());
        if (old != null) {
            ids.addAll(old.rows().keySet());
            ids.removeIf(id -> Objects.equals(old.rows().get(id), after.rows().get(id)));
        }
        return new ArrayList<>(ids);
    }

    /** Makes some documents of a draft what they are in a collection. */
    static void bring(State draft, Table after, List<String> ids) {
        Table table = Objects.requireNonNull(
                draft.table(after.definition().name()), after.definition().name());
        for (String id : ids) {
            Row row = after.rows().get(id);
            if (row == null) {
                draft.changing(table).rows().remove(id);
            } else {
                draft.changing(table).rows().put(id, row);
            }
        }
    }
}
