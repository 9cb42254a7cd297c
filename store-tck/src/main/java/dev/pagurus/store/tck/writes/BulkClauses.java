package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.serial.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Group W: bulk writes. A cell's value makes its id here, c0 to c9999. */
public abstract class BulkClauses extends ClauseGroup {

    private static final int CHUNK = 2000;

    /** How many chunks that have been read need not be stored. */
    private static final int AHEAD = 2;

    protected BulkClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W23)
    void aBulkInsertStoresSeveralChunks() {
        BulkResult result = cells().insertAll(numbered(0, 2 * CHUNK + 200), BulkClauses::id, OnConflict.FAIL);
        assertThat(result).isEqualTo(new BulkResult(2 * CHUNK + 200, 0, 0, List.of()));
        assertThat(cells().query().stream().map(Document::value))
                .containsExactlyInAnyOrderElementsOf(
                        numbered(0, 2 * CHUNK + 200).toList());
    }

    @Proves(Clause.W23)
    void aBulkPutCreatesAndOverwrites() {
        Document<Cell> before = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().putAll(numbered(0, 3), BulkClauses::id, OnConflict.FAIL);
        assertThat(result).isEqualTo(new BulkResult(3, 0, 0, List.of()));
        Document<Cell> after = existing(cells(), "c1");
        assertThat(after.value()).isEqualTo(Cell.of(1));
        assertThat(after.version()).isGreaterThan(before.version());
    }

    @Proves(Clause.W23)
    void anEmptyStreamWritesNothing() {
        assertThat(cells().insertAll(Stream.of(), BulkClauses::id, OnConflict.FAIL))
                .isEqualTo(new BulkResult(0, 0, 0, List.of()));
    }

    @Proves(Clause.W23)
    void chunksThatAreLargeInBytesAreStored() {
        String megabyte = "m".repeat(1 << 20);
        List<Item> large = IntStream.range(0, 10)
                .mapToObj(i -> Item.ofNumber(i).withPayload(megabyte))
                .toList();
        assertThat(items().insertAll(large.stream(), item -> "i" + item.number(), OnConflict.FAIL)
                        .written())
                .isEqualTo(10);
        assertThat(items().query().count()).isEqualTo(10);
    }

    @Proves(Clause.W24)
    void takenIdsAreListed() {
        Document<Cell> there = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().insertAll(numbered(0, 3), BulkClauses::id, OnConflict.FAIL);
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failures().get(0).id()).isEqualTo("c1");
        assertThat(result.failures().get(0).reason()).isInstanceOf(DuplicateIdException.class);
        assertThat(cells().get("c1")).contains(there);
    }

    @Proves(Clause.W24)
    void takenIdsAreSkipped() {
        Document<Cell> there = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().insertAll(numbered(0, 3), BulkClauses::id, OnConflict.SKIP);
        assertThat(result).isEqualTo(new BulkResult(2, 1, 0, List.of()));
        assertThat(cells().get("c1")).contains(there);
    }

    @Proves(Clause.W24)
    @Needs(Capability.UNIQUE_INDEXES)
    void takenUniqueValuesAreListed() {
        Document<Cell> there = cells().insert("other", new Cell(99, "taken"));
        BulkResult result =
                cells().putAll(Stream.of(new Cell(0, "free"), new Cell(1, "taken")), BulkClauses::id, OnConflict.FAIL);
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
                            BulkClauses::id,
                            OnConflict.FAIL))
                    .as("c%s gives it up before c%s asks for it", one, other)
                    .isEqualTo(new BulkResult(3, 0, 0, List.of()));
            clear();
            cells().insert("c" + one, new Cell(one, "taken"));
            BulkResult result = putAll.run(
                    Stream.of(new Cell(other, "taken"), new Cell(2, "between"), new Cell(one, "new")),
                    BulkClauses::id,
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
                cells().putAll(Stream.of(new Cell(0, "free"), new Cell(1, "taken")), BulkClauses::id, OnConflict.SKIP);
        assertThat(result).isEqualTo(new BulkResult(1, 1, 0, List.of()));
        assertThat(cells().get("c1")).contains(over);
    }

    @Proves(Clause.W24)
    @Needs(Capability.UNIQUE_INDEXES)
    void oneOfTwoInAChunkGetsAUniqueValue() {
        BulkResult result = cells().insertAll(
                        Stream.of(new Cell(0, "same"), new Cell(1, "same"), new Cell(2, "other")),
                        BulkClauses::id,
                        OnConflict.FAIL);
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(cells().where(Cell.NAME.eq("same")).count()).isEqualTo(1);
    }

    @Proves(Clause.W25)
    void invalidValuesAreListed() {
        BulkResult result = cells().insertAll(
                        Stream.of(Cell.of(0), new Cell(1, "n".repeat(1025)), Cell.of(2)),
                        BulkClauses::id,
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
                cells().putAll(Stream.of(Cell.of(1), Cell.of(2), Cell.of(1)), BulkClauses::id, OnConflict.SKIP);
        requireOneInvalid(result, "c1");
    }

    @Proves(Clause.W25)
    void anIdMayComeAgainInALaterChunk() {
        Stream<Cell> values = Stream.concat(numbered(0, CHUNK), Stream.of(Cell.of(7)));
        assertThat(cells().putAll(values, BulkClauses::id, OnConflict.FAIL).written())
                .isEqualTo(CHUNK + 1);
    }

    @Proves(Clause.W25)
    void notMoreFailuresAreListedThanMemoryHolds() {
        BulkResult result = cells().insertAll(numbered(0, BulkResult.MAX_FAILURES + 100), cell -> "", OnConflict.FAIL);
        assertThat(result.failed()).isEqualTo(BulkResult.MAX_FAILURES + 100);
        assertThat(result.failures()).hasSize(BulkResult.MAX_FAILURES);
    }

    @Proves(Clause.W26)
    void theStreamIsClosedAtTheEnd() {
        AtomicBoolean closed = new AtomicBoolean();
        cells().insertAll(numbered(0, 3).onClose(() -> closed.set(true)), BulkClauses::id, OnConflict.FAIL);
        assertThat(closed).as("whether the stream was closed").isTrue();
    }

    @Proves(Clause.W26)
    void theStreamIsClosedWhenItFails() {
        AtomicBoolean closed = new AtomicBoolean();
        IllegalStateException mine = new IllegalStateException("mine");
        Stream<Cell> failing = numbered(0, 3)
                .<Cell>map(cell -> {
                    throw mine;
                })
                .onClose(() -> closed.set(true));
        assertThatThrownBy(() -> cells().insertAll(failing, BulkClauses::id, OnConflict.FAIL))
                .isSameAs(mine);
        assertThat(closed).as("whether the stream was closed").isTrue();
    }

    @Proves(Clause.W26)
    void theStreamIsReadChunkByChunk() {
        List<Long> storedByThen = new ArrayList<>();
        Stream<Cell> watched = numbered(0, 6 * CHUNK + 1).peek(cell -> {
            if (cell.value() % CHUNK == 0) {
                storedByThen.add(cells().query().count());
            }
        });
        cells().insertAll(watched, BulkClauses::id, OnConflict.FAIL);
        assertThat(storedByThen).hasSize(7);
        for (int chunks = 0; chunks < storedByThen.size(); chunks++) {
            assertThat(storedByThen.get(chunks))
                    .as("how much was stored when %s chunks had been read", chunks)
                    .isBetween((chunks - AHEAD) * (long) CHUNK, chunks * (long) CHUNK);
        }
    }

    @Proves(Clause.W26)
    void theStreamIsReadByTheCallersThread() {
        Set<Thread> readers = new HashSet<>();
        Stream<Cell> watched = numbered(0, 3 * CHUNK).peek(cell -> readers.add(Thread.currentThread()));
        cells().insertAll(
                        watched,
                        cell -> {
                            readers.add(Thread.currentThread());
                            return id(cell);
                        },
                        OnConflict.FAIL);
        assertThat(readers).containsExactly(Thread.currentThread());
    }

    @Proves(Clause.W23)
    void anIdThatComesAgainInTheNextChunkIsPutLast() {
        Stream<Cell> values = Stream.of(0, 1, 2, 3)
                .flatMap(chunk -> IntStream.range(0, CHUNK).mapToObj(i -> new Cell(i, i == 7 ? "name" + chunk : null)));
        // Without a unique value, so that several chunks may be under way.
        DocumentCollection<Cell> plain = store.collection(Cell.WITHOUT_UNIQUE);
        assertThat(plain.putAll(values, BulkClauses::id, OnConflict.FAIL).written())
                .isEqualTo(4 * CHUNK);
        assertThat(existing(plain, "c7").value().name()).isEqualTo("name3");
    }

    @Proves(Clause.W26)
    void theChunksBeforeAFailureStay() {
        Stream<Cell> failing = numbered(0, CHUNK + 2).peek(cell -> {
            if (cell.value() == CHUNK + 1) {
                throw new IllegalStateException("mine");
            }
        });
        assertThatThrownBy(() -> cells().insertAll(failing, BulkClauses::id, OnConflict.FAIL))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cells().query().count()).isEqualTo(CHUNK);
    }

    @Proves(Clause.T7)
    @Needs(Capability.TRANSACTIONS)
    void chunksInATransactionHappenWithItOrNotAtAll() {
        cells();
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    BulkResult result = tx.collection(cellSchema())
                            .insertAll(numbered(0, 2 * CHUNK + 1), BulkClauses::id, OnConflict.FAIL);
                    assertThat(result.written()).isEqualTo(2 * CHUNK + 1);
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(cells().query().count()).isZero();
    }

    private static void requireOneInvalid(BulkResult result, String id) {
        assertThat(result.written()).isEqualTo(2);
        assertThat(result.skipped()).isZero();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo(id);
            assertThat(failure.reason()).isInstanceOf(InvalidValueException.class);
        });
    }

    private DocumentCollection<Cell> cells() {
        return store.collection(cellSchema());
    }

    private static Stream<Cell> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(Cell::of);
    }

    private static String id(Cell cell) {
        return "c" + cell.value();
    }
}
