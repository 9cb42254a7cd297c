package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Group L, after a kill: stores that keep in memory what they should have written. Nobody sees it while they run: a handle
 * has everything that it did, and another one that comes has it written first.
 */
final class CrashMutants {

    private CrashMutants() {}

    @Breaks(Clause.L17)
    static Mutant whatWasAcknowledgedSatInMemory() {
        return keeping((disk, before, now, commit) -> disk);
    }

    @Breaks(Clause.L18)
    static Mutant ofAListInATransactionHalfIsWritten() {
        return keeping((disk, before, now, commit) -> {
            State draft = disk.draft();
            for (Table table : StagedDatabase.changedTables(before, now)) {
                bring(draft, before, table, commit ? 2 : 1);
            }
            return draft;
        });
    }

    @Breaks(Clause.L18)
    static Mutant ofATransactionsCollectionsOneIsWritten() {
        return keeping((disk, before, now, commit) -> {
            State draft = disk.draft();
            for (Table table : StagedDatabase.changedTables(before, now)) {
                bring(draft, before, table, 1);
                if (commit) {
                    break;
                }
            }
            return draft;
        });
    }

    /** The catalogue and the fields come at once, the bodies one by one. */
    @Breaks(Clause.L18)
    static Mutant anUpgradeIsHalfDone() {
        return keeping((disk, before, now, commit) -> {
            State draft = now.draft();
            for (CollectionDefinition definition : now.definitions()) {
                Table old = disk.table(definition.name());
                Table table = now.table(definition.name());
                if (old != null && table != null && old.definition().revision() < definition.revision()) {
                    half(draft.changing(table), old);
                }
            }
            return draft;
        });
    }

    @Breaks(Clause.L18)
    static Mutant whatIsDroppedOrRenamedStaysUnderItsName() {
        return keeping((disk, before, now, commit) -> {
            State draft = now.draft();
            for (State earlier : List.of(disk, before)) {
                for (CollectionDefinition definition : earlier.definitions()) {
                    Table old = earlier.table(definition.name());
                    if (old != null && now.table(definition.name()) == null) {
                        draft.put(old);
                    }
                }
            }
            return draft;
        });
    }

    /** Writes the first of so many parts of what has changed in a collection; the whole of one that was made or changed itself. */
    private static void bring(State disk, State before, Table after, int parts) {
        Table there = disk.table(after.definition().name());
        if (there == null || !there.definition().equals(after.definition())) {
            disk.put(after);
            return;
        }
        List<String> ids = StagedDatabase.changedIds(before, after);
        StagedDatabase.bring(disk, after, ids.subList(0, (ids.size() + parts - 1) / parts));
    }

    private static void half(Table upgraded, Table old) {
        int number = 0;
        for (Row row : new TreeMap<>(upgraded.rows()).values()) {
            Row before = old.rows().get(row.id());
            if (before != null && ++number % 2 == 0) {
                upgraded.rows()
                        .put(row.id(), new Row(row.id(), row.version(), row.createdAt(), before.body(), row.values()));
            }
        }
    }

    /** What is on the disk after a change. */
    private interface Disk {
        State after(State disk, State before, State now, boolean commit);
    }

    private static Mutant keeping(Disk written) {
        Beside<Memory> memories = new Beside<>(database -> new Memory());
        return Mutant.engine((database, config) -> {
            Memory memory = memories.of(database);
            Object handle = new Object();
            return OddEngine.of(
                    new ReferenceEngine(database, config), call -> memory.call(call, handle, database, written));
        });
    }

    /** What the handle that works has not written yet. */
    private static final class Memory {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Object owner;
        private @Nullable State disk;
        private @Nullable State all;

        @Nullable
        Object call(OddEngine.Call call, Object handle, ReferenceDatabase database, Disk written) throws Throwable {
            lock.lock();
            try {
                if (all != null) {
                    database.commit(all);
                }
                if (owner != handle) {
                    disk = null;
                }
                if (call.method().getName().equals("close") && call.target() instanceof ReferenceEngine) {
                    if (owner == handle && disk != null) {
                        database.commit(disk);
                    }
                    disk = null;
                    all = null;
                    return call.make();
                }
                owner = handle;
                return made(call, database, written);
            } finally {
                lock.unlock();
            }
        }

        @SuppressWarnings("ReferenceEquality") // a state that was changed is another one
        private @Nullable Object made(OddEngine.Call call, ReferenceDatabase database, Disk written) throws Throwable {
            State before = database.newest();
            try {
                return call.make();
            } finally {
                State now = database.newest();
                if (now != before) {
                    boolean commit = call.method().getName().equals("commit");
                    disk = written.after(disk == null ? before : disk, before, now, commit);
                }
                all = disk == null ? null : now;
                if (disk != null) {
                    database.commit(disk);
                }
            }
        }
    }
}
