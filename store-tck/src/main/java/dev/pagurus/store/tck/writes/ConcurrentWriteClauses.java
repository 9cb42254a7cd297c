package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Store;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.serial.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Group W: single operations by many threads, of one handle and of two. */
public abstract class ConcurrentWriteClauses extends ClauseGroup {

    private static final int CONTESTANTS = 6;

    /** How often somebody must have wanted what another one was about to take. */
    private static final int MEETINGS = 500;

    /** On a busy machine threads seldom meet. */
    private static final int MOST_ROUNDS = 2_000;

    protected ConcurrentWriteClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W13)
    void noUpdateOfOneDocumentIsLost() throws Exception {
        DocumentCollection<Cell> cells = cells(store);
        cells.insert("a", Cell.of(0));
        Race.run(16, number -> {
            for (int i = 0; i < 50; i++) {
                cells.update("a", ConcurrentWriteClauses::plusOne);
            }
        });
        assertThat(valueOf("a")).isEqualTo(16 * 50);
    }

    @Proves(Clause.W13)
    void noUpdateByTwoHandlesIsLost() throws Exception {
        Store other = second();
        cells(store).insert("a", Cell.of(0));
        Race.run(8, number -> {
            DocumentCollection<Cell> cells = cells(number % 2 == 0 ? store : other);
            for (int i = 0; i < 25; i++) {
                cells.update("a", ConcurrentWriteClauses::plusOne);
            }
        });
        assertThat(valueOf("a")).isEqualTo(8 * 25);
    }

    @Proves(Clause.W13)
    void noComputeThatCreatesOrChangesIsLost() throws Exception {
        DocumentCollection<Cell> cells = cells(store);
        Race.run(8, number -> {
            for (int i = 0; i < 25; i++) {
                cells.compute("a", found -> Optional.of(plusOne(found.orElse(Cell.of(0)))));
            }
        });
        assertThat(valueOf("a")).isEqualTo(8 * 25);
    }

    @Proves(Clause.W13)
    void computesThatCreateAndDeleteTakeTurns() throws Exception {
        DocumentCollection<Cell> cells = cells(store);
        List<Integer> balances = Race.results(8, number -> {
            int balance = 0;
            for (int i = 0; i < 25; i++) {
                Optional<Document<Cell>> left =
                        cells.compute("a", found -> found.isPresent() ? Optional.empty() : Optional.of(Cell.of(1)));
                balance += left.isPresent() ? 1 : -1;
            }
            return balance;
        });
        assertThat(balances.stream().mapToInt(Integer::intValue).sum()).isZero();
        assertThat(cells.exists("a")).as("cells.exists('a')").isFalse();
    }

    @Proves(Clause.W13)
    void noUpdateByQueryIsLost() throws Exception {
        DocumentCollection<Cell> cells = cells(store);
        for (int i = 0; i < 20; i++) {
            cells.insert("c" + i, Cell.of(0));
        }
        Race.run(
                4,
                number -> assertThat(cells.query().updateAll(ConcurrentWriteClauses::plusOne))
                        .isEqualTo(20));
        assertThat(cells.where(Cell.VALUE.eq(4)).count()).isEqualTo(20);
    }

    @Proves(Clause.W14)
    void oneOfSeveralInsertsOfAnIdSucceeds() throws Exception {
        Store other = second();
        Queue<Long> won = new ConcurrentLinkedQueue<>();
        Contest contest = contest((number, round) -> {
            String id = "r" + round;
            try {
                won.add(cells(number % 2 == 0 ? store : other)
                        .insert(id, Cell.of(1))
                        .version());
                return true;
            } catch (DuplicateIdException e) {
                assertThat(e.id()).isEqualTo(id);
                return false;
            }
        });
        assertThat(contest.wins())
                .as("inserts of an id, of which each is wanted by several")
                .isEqualTo(contest.rounds());
        assertThat(won)
                .as("the versions that were told to those who succeeded")
                .containsExactlyInAnyOrderElementsOf(
                        cells(store).query().stream().map(Document::version).toList());
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfSeveralInsertsOfAUniqueValueSucceeds() throws Exception {
        Store other = second();
        Contest contest = contest((number, round) -> gets(() -> cells(number % 2 == 0 ? store : other)
                .insert("r" + round + "-" + number, new Cell(number, "name " + round))));
        requireEachNameOnce();
        assertThat(contest.wins())
                .as("inserts of a name, of which each is wanted by several")
                .isEqualTo(contest.rounds());
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfSeveralPutsOfAUniqueValueSucceeds() throws Exception {
        Contest contest = contest((number, round) ->
                gets(() -> cells(store).put("r" + round + "-" + number, new Cell(number, "name " + round))));
        requireEachNameOnce();
        assertThat(contest.wins())
                .as("puts of a name, of which each is wanted by several")
                .isEqualTo(contest.rounds());
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void noTwoUpdatesLeaveTheSameUniqueValue() throws Exception {
        for (int number = 0; number < 6; number++) {
            cells(store).insert("c" + number, Cell.of(number));
        }
        Contest contest = contest((number, round) ->
                gets(() -> cells(store).update("c" + number, found -> new Cell(number, "name " + round))));
        requireEachNameOnce();
        // The winner of one round sets its name free when it wins the next, so that another may still get it.
        assertThat(contest.wins()).as("updates to a name").isGreaterThanOrEqualTo(contest.rounds());
    }

    @Proves(Clause.W28)
    void noOperationFailsBecauseOfUnrelatedOnes() throws Exception {
        Store other = second();
        cells(other);
        long end = System.nanoTime() + Duration.ofMillis(700).toNanos();
        Race.run(8, number -> {
            Store handle = number % 2 == 0 ? store : other;
            while (System.nanoTime() < end) {
                work(handle, "c" + number);
            }
        });
        assertThat(cells(store).query().list()).isEmpty();
    }

    /** Everything that one document can go through. */
    private void work(Store handle, String id) {
        DocumentCollection<Cell> cells = cells(handle);
        cells.insert(id, new Cell(1, id));
        cells.put(id, new Cell(2, id));
        assertThat(cells.update(id, ConcurrentWriteClauses::plusOne)
                        .map(updated -> updated.value().value()))
                .as("the value that was 2 and is updated to one more")
                .contains(3L);
        if (has(Capability.TRANSACTIONS)) {
            handle.runTransaction(tx -> tx.collection(cellSchema()).put(id, new Cell(4, id)));
        } else {
            cells.put(id, new Cell(4, id));
        }
        assertThat(cells.where(Cell.NAME.eq(id)).list())
                .extracting(cell -> cell.value().value())
                .containsExactly(4L);
        assertThat(cells.delete(id)).as("cells.delete(id)").isTrue();
    }

    @FunctionalInterface
    private interface Attempt {
        /** Says whether it got what several wanted in this round. */
        boolean succeeds(int number, int round);
    }

    /**
     * What several threads did that wanted the same things.
     *
     * @param wins how often one got what it wanted
     * @param rounds how many things were wanted
     */
    private record Contest(int wins, int rounds) {}

    /**
     * Has six threads want one thing after the other, each of which only one can have, until they have met often enough:
     * who wants it while another one is about to take it proves more than who comes too late. They begin each round
     * together, for on a busy machine those who run freely are seldom at the same thing.
     */
    private Contest contest(Attempt attempt) throws Exception {
        AtomicInteger wanting = new AtomicInteger();
        AtomicInteger meetings = new AtomicInteger();
        AtomicInteger rounds = new AtomicInteger(-1);
        AtomicBoolean going = new AtomicBoolean();
        CyclicBarrier start = new CyclicBarrier(
                CONTESTANTS, () -> going.set(rounds.incrementAndGet() < MOST_ROUNDS && meetings.get() < MEETINGS));
        List<Integer> wins = Race.results(CONTESTANTS, number -> {
            int won = 0;
            for (start.await(); going.get(); start.await()) {
                if (wanting.getAndIncrement() > 0) {
                    meetings.incrementAndGet();
                }
                won += attempt.succeeds(number, rounds.get()) ? 1 : 0;
                wanting.decrementAndGet();
            }
            return won;
        });
        return new Contest(wins.stream().mapToInt(Integer::intValue).sum(), rounds.get());
    }

    private void requireEachNameOnce() {
        assertThat(cells(store).where(Cell.NAME.isNotNull()).countBy(Cell.NAME).values())
                .as("how many have each of the names")
                .containsOnly(1L);
    }

    /** Says whether a write was not refused for its name. */
    private static boolean gets(Runnable write) {
        try {
            write.run();
            return true;
        } catch (UniqueViolationException e) {
            assertThat(e.index()).isEqualTo("name");
            return false;
        }
    }

    private long valueOf(String id) {
        return existing(cells(store), id).value().value();
    }

    private DocumentCollection<Cell> cells(Store handle) {
        return handle.collection(cellSchema());
    }

    private static Cell plusOne(Cell cell) {
        return new Cell(cell.value() + 1, cell.name());
    }
}
