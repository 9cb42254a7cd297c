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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Group W: single operations by many threads, of one handle and of two. */
public abstract class ConcurrentWriteClauses extends ClauseGroup {

    private static final int ROUNDS = 10;

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
        List<Long> won = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String id = "r" + i;
            won.addAll(Race.results(8, number -> inserted(number % 2 == 0 ? store : other, id)).stream()
                    .flatMap(List::stream)
                    .toList());
        }
        assertThat(won)
                .containsExactlyInAnyOrderElementsOf(cells(store).query().list().stream()
                        .map(Document::version)
                        .toList())
                .hasSize(ROUNDS);
    }

    /** Returns the version, if the insert succeeded. */
    private List<Long> inserted(Store handle, String id) {
        try {
            return List.of(cells(handle).insert(id, Cell.of(1)).version());
        } catch (DuplicateIdException e) {
            assertThat(e.id()).isEqualTo(id);
            return List.of();
        }
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfSeveralInsertsOfAUniqueValueSucceeds() throws Exception {
        Store other = second();
        int wins = wins((number, round) -> cells(number % 2 == 0 ? store : other)
                .insert("r" + round + "-" + number, new Cell(number, "name " + round)));
        assertThat(wins).isEqualTo(ROUNDS);
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfSeveralPutsOfAUniqueValueSucceeds() throws Exception {
        int wins = wins(
                (number, round) -> cells(store).put("r" + round + "-" + number, new Cell(number, "name " + round)));
        assertThat(wins).isEqualTo(ROUNDS);
    }

    @Proves(Clause.W22)
    @Needs(Capability.UNIQUE_INDEXES)
    void noTwoUpdatesLeaveTheSameUniqueValue() throws Exception {
        for (int number = 0; number < 6; number++) {
            cells(store).insert("c" + number, Cell.of(number));
        }
        int wins =
                wins((number, round) -> cells(store).update("c" + number, found -> new Cell(number, "name " + round)));
        // The winner of one round sets its name free when it wins the next, so that another may still get it.
        assertThat(wins).isGreaterThanOrEqualTo(ROUNDS);
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
        assertThat(cells.update(id, ConcurrentWriteClauses::plusOne))
                .as("cells.update(id, ConcurrentWriteClauses::plusOne)")
                .isPresent();
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

    private interface Attempt {
        void run(int number, int round);
    }

    /** Has six threads want the same names, of each of which there is one at most in the end; says how often one got it. */
    private int wins(Attempt attempt) throws Exception {
        int wins = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int round = i;
            wins += Race.results(6, number -> wins(attempt, number, round)).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
        assertThat(cells(store).where(Cell.NAME.isNotNull()).countBy(Cell.NAME).values())
                .containsOnly(1L);
        return wins;
    }

    private static int wins(Attempt attempt, int number, int round) {
        try {
            attempt.run(number, round);
            return 1;
        } catch (UniqueViolationException e) {
            assertThat(e.index()).isEqualTo("name");
            return 0;
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
