package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.serial.Cell;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group W: what of a bulk write cannot be written, and the rest of it. */
public abstract class RefusedBulkClauses extends BulkGroup {

    protected RefusedBulkClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W24)
    void takenIdsAreListed() {
        Document<Cell> there = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().insertAll(numbered(0, 3), BulkGroup::id, OnConflict.FAIL);
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures().get(0).id()).isEqualTo("c1");
        assertThat(result.failures().get(0).reason()).isInstanceOf(DuplicateIdException.class);
        assertThat(cells().get("c1")).contains(there);
    }

    @Proves(Clause.W24)
    void takenIdsAreSkipped() {
        Document<Cell> there = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().insertAll(numbered(0, 3), BulkGroup::id, OnConflict.SKIP);
        assertThat(result).isEqualTo(new BulkResult(2, 1, 0, List.of()));
        assertThat(cells().get("c1")).contains(there);
    }

    @Proves(Clause.W24)
    @Needs(Capability.UNIQUE_INDEXES)
    void takenUniqueValuesAreListed() {
        Document<Cell> there = cells().insert("other", new Cell(99, "taken"));
        BulkResult result =
                cells().putAll(Stream.of(new Cell(0, "free"), new Cell(1, "taken")), BulkGroup::id, OnConflict.FAIL);
        assertThat(result.written()).isEqualTo(1);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("c1");
            assertThat(failure.reason()).isInstanceOf(UniqueViolationException.class);
        });
        assertThat(cells().get("other")).contains(there);
    }

    @Proves(Clause.W33)
    @Needs(Capability.UNIQUE_INDEXES)
    void aUniqueValueIsTakenOnceItWasGivenUp() {
        requireOrder(cells()::putAll);
    }

    @Proves(Clause.W33)
    @Needs({Capability.UNIQUE_INDEXES, Capability.TRANSACTIONS})
    void aUniqueValueIsTakenOnceItWasGivenUpInATransaction() {
        requireOrder((values, id, onConflict) ->
                store.transaction(tx -> tx.collection(cellSchema()).putAll(values.toList().stream(), id, onConflict)));
    }

    private interface PutAll {
        BulkResult run(Stream<Cell> values, Function<Cell, String> id, OnConflict onConflict);
    }

    /** Whichever of the two ids comes first by itself. */
    private void requireOrder(PutAll putAll) {
        for (int one : new int[] {1, 3}) {
            int other = 4 - one;
            clear();
            cells().insert("c" + one, new Cell(one, "taken"));
            assertThat(putAll.run(
                            Stream.of(new Cell(one, "new"), new Cell(2, "between"), new Cell(other, "taken")),
                            BulkGroup::id,
                            OnConflict.FAIL))
                    .as("c%s gives it up before c%s asks for it", one, other)
                    .isEqualTo(new BulkResult(3, 0, 0, List.of()));
            clear();
            cells().insert("c" + one, new Cell(one, "taken"));
            BulkResult result = putAll.run(
                    Stream.of(new Cell(other, "taken"), new Cell(2, "between"), new Cell(one, "new")),
                    BulkGroup::id,
                    OnConflict.FAIL);
            assertThat(result.failures().stream().map(BulkResult.Failure::id))
                    .as("c%s asks for it before c%s gives it up", other, one)
                    .containsExactly("c" + other);
            assertThat(existing(cells(), "c" + one).value())
                    .as("c%s, which gives it up", one)
                    .isEqualTo(new Cell(one, "new"));
        }
    }

    /** Without a transaction, which not every store has. */
    private void clear() {
        for (String id : List.of("c1", "c2", "c3")) {
            cells().delete(id);
        }
    }

    @Proves(Clause.W24)
    @Needs(Capability.UNIQUE_INDEXES)
    void takenUniqueValuesAreSkipped() {
        Document<Cell> over = cells().insert("c1", new Cell(99, "mine"));
        cells().insert("other", new Cell(98, "taken"));
        BulkResult result =
                cells().putAll(Stream.of(new Cell(0, "free"), new Cell(1, "taken")), BulkGroup::id, OnConflict.SKIP);
        assertThat(result).isEqualTo(new BulkResult(1, 1, 0, List.of()));
        assertThat(cells().get("c1")).contains(over);
    }

    @Proves(Clause.W24)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfTwoInAChunkGetsAUniqueValue() {
        BulkResult result = cells().insertAll(
                        Stream.of(new Cell(0, "same"), new Cell(1, "same"), new Cell(2, "other")),
                        BulkGroup::id,
                        OnConflict.FAIL);
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(cells().where(Cell.NAME.eq("same")).count()).isEqualTo(1);
    }

    @Proves(Clause.W25)
    void invalidValuesAreListed() {
        BulkResult result = cells().insertAll(
                        Stream.of(Cell.of(0), new Cell(1, "n".repeat(1025)), Cell.of(2)),
                        BulkGroup::id,
                        OnConflict.SKIP);
        requireOneInvalid(result, "c1");
        assertThat(cells().query().list()).extracting(Document::id).containsExactly("c0", "c2");
    }

    @Proves(Clause.W25)
    void invalidIdsAreListed() {
        String tooLong = "i".repeat(256);
        BulkResult result =
                cells().insertAll(numbered(0, 3), cell -> cell.value() == 1 ? tooLong : id(cell), OnConflict.SKIP);
        requireOneInvalid(result, tooLong);
    }

    @Proves(Clause.W25)
    void anIdThatIsGivenTwiceInAChunkIsListed() {
        BulkResult result =
                cells().putAll(Stream.of(Cell.of(1), Cell.of(2), Cell.of(1)), BulkGroup::id, OnConflict.SKIP);
        requireOneInvalid(result, "c1");
    }

    @Proves(Clause.W25)
    void notMoreFailuresAreListedThanMemoryHolds() {
        BulkResult result = cells().insertAll(numbered(0, BulkResult.MAX_FAILURES + 100), cell -> "", OnConflict.FAIL);
        assertThat(result.failed()).isEqualTo(BulkResult.MAX_FAILURES + 100);
        assertThat(result.failures()).hasSize(BulkResult.MAX_FAILURES);
    }

    private static void requireOneInvalid(BulkResult result, String id) {
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.skipped()).isZero();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo(id);
            assertThat(failure.reason()).isInstanceOf(InvalidValueException.class);
        });
    }
}
