package dev.pagurus.store.tck.transactions;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.serial.Cell;
import dev.pagurus.store.tck.serial.History;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Group T: whatever many threads do at random, some serial order explains it. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
public abstract class HistoryClauses extends ClauseGroup {

    private static final List<String> IDS = List.of("a", "b", "c", "d");
    private static final int THREADS = 4;
    private static final long PAUSE_NANOS = 50_000;
    private static final Duration DURATION = Duration.ofMillis(1200);

    private final History history = new History();

    protected HistoryClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.T23)
    void someSerialOrderExplainsARandomHistory() throws Exception {
        Seed seed = Seed.ofThisRun();
        History.Deed start = new History.Deed("the start");
        for (String id : IDS) {
            start.wrote(
                    id, store.collection(cellSchema()).insert(id, Cell.of(0)).version());
        }
        history.add(start);
        Store other = second();
        other.collection(cellSchema());
        try {
            Race.run(
                    THREADS, number -> act(number, number % 2 == 0 ? store : other, new Random(seed.value() + number)));
            history.requireSerializable();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "With the operations of " + seed.toRepeat() + ", which threads may mix in another way: "
                            + e.getMessage(),
                    e);
        }
    }

    private void act(int number, Store handle, Random random) {
        long end = System.nanoTime() + DURATION.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            String name = "number " + i + " of thread " + number;
            int kind = random.nextInt(10);
            if (kind == 0) {
                history.add(put(handle.collection(cellSchema()), new History.Deed("put " + name), anId(random)));
            } else if (kind == 1) {
                history.add(readAll(handle.collection(cellSchema()), new History.Deed("list " + name)));
            } else if (kind == 2) {
                history.add(handle.snapshot(
                        view -> readSome(view.collection(cellSchema()), new History.Deed("snapshot " + name), random)));
            } else {
                history.add(handle.transaction(
                        tx -> change(tx.collection(cellSchema()), new History.Deed("transaction " + name), random)));
            }
        }
    }

    /** Reads two or three, writes one or two, in any order. */
    private static History.Deed change(DocumentCollection<Cell> cells, History.Deed deed, Random random) {
        int steps = 2 + random.nextInt(3);
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(3) == 0) {
                readAll(cells, deed);
            } else if (random.nextBoolean()) {
                read(cells, deed, anId(random));
            } else {
                put(cells, deed, anId(random));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return put(cells, deed, anId(random));
    }

    private static History.Deed readSome(ReadableCollection<Cell> cells, History.Deed deed, Random random) {
        read(cells, deed, anId(random));
        LockSupport.parkNanos(PAUSE_NANOS);
        readAll(cells, deed);
        return deed;
    }

    private static void read(ReadableCollection<Cell> cells, History.Deed deed, String id) {
        deed.read(id, existing(cells, id).version());
    }

    private static History.Deed readAll(ReadableCollection<Cell> cells, History.Deed deed) {
        for (Document<Cell> cell : cells.query().list()) {
            deed.read(cell.id(), cell.version());
        }
        return deed;
    }

    private static History.Deed put(DocumentCollection<Cell> cells, History.Deed deed, String id) {
        deed.wrote(id, cells.put(id, Cell.of(0)).version());
        return deed;
    }

    private static String anId(Random random) {
        return IDS.get(random.nextInt(IDS.size()));
    }
}
