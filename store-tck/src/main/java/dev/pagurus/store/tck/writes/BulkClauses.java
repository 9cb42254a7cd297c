package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.serial.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Group W: bulk writes, and the streams that they read. */
public abstract class BulkClauses extends BulkGroup {

    private static final int CHUNK = 2000;

    /** Times a chunk, and with what else a store keeps of a document, that is more than a statement takes. */
    private static final int WIDE = 32;

    private static final int ROUNDS = 8;
    private static final long PAUSE_NANOS = 100_000;

    /** How much each of two others writes beside each of them. */
    private static final int BESIDE = 100;

    /** How many chunks that have been read need not be stored. */
    private static final int AHEAD = 2;

    protected BulkClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W23)
    void aBulkInsertStoresSeveralChunks() {
        BulkResult result = cells().insertAll(numbered(0, 2 * CHUNK + 200), BulkGroup::id, OnConflict.FAIL);
        assertThat(result).isEqualTo(new BulkResult(2 * CHUNK + 200, 0, 0, List.of()));
        assertThat(cells().query().stream().map(Document::value))
                .containsExactlyInAnyOrderElementsOf(
                        numbered(0, 2 * CHUNK + 200).toList());
    }

    /** A statement takes so many values, and a list has those of each document: more than 65,535, by each way that makes lists. */
    @Proves(Clause.W23)
    void listsOfManyDocumentsOfManyFieldsAreWrittenWhole() {
        List<LongField<Cell>> fields = IntStream.range(0, WIDE)
                .mapToObj(i -> LongField.<Cell>of("f" + i, cell -> cell.value() * WIDE + i))
                .toList();
        Schema<Cell> schema = Schema.of("wide", Cell.class);
        for (LongField<Cell> field : fields) {
            schema = schema.field(field);
        }
        Schema<Cell> wide = schema;
        DocumentCollection<Cell> docs = store.collection(wide);
        requireWhole(
                "inserted",
                docs,
                fields,
                0,
                docs.insertAll(numbered(0, CHUNK), BulkClauses::ofAChunk, OnConflict.FAIL));
        BulkResult put = docs.putAll(numbered(CHUNK, 2 * CHUNK), BulkClauses::ofAChunk, OnConflict.FAIL);
        requireWhole("put", docs, fields, CHUNK, put);
        if (has(Capability.TRANSACTIONS)) {
            BulkResult inside = store.transaction(tx ->
                    tx.collection(wide).putAll(numbered(2 * CHUNK, 3 * CHUNK), BulkClauses::ofAChunk, OnConflict.FAIL));
            requireWhole("put in a transaction", docs, fields, 2 * CHUNK, inside);
        }
    }

    private static String ofAChunk(Cell cell) {
        return "d" + cell.value() % CHUNK;
    }

    /** The values that a field has follow from which documents there are. */
    private static void requireWhole(
            String how, DocumentCollection<Cell> docs, List<LongField<Cell>> fields, int first, BulkResult result) {
        assertThat(result.written()).as("documents %s, as it was told", how).isEqualTo(CHUNK);
        assertThat(docs.query().count()).as("documents that are there, %s", how).isEqualTo(CHUNK);
        for (int i : List.of(0, WIDE / 2, WIDE - 1)) {
            long least = (long) first * WIDE + i;
            assertThat(docs.where(fields.get(i).gte(least)).distinct(fields.get(i)))
                    .as("the values of field %s of %s of the documents %s", i, WIDE, how)
                    .isEqualTo(LongStream.range(0, CHUNK)
                            .mapToObj(n -> least + n * WIDE)
                            .toList());
        }
    }

    /** What others write meanwhile may have a list be made again, which nobody is told. */
    @Proves(Clause.W23)
    void aBulkInsertBesideOtherWritersIsToldAsItIs() throws Exception {
        DocumentCollection<Cell> there = second().collection(cellSchema());
        List<DocumentCollection<Cell>> others = List.of(cells(), there);
        AtomicInteger rounds = new AtomicInteger();
        List<Long> told = Race.results(others.size() + 1, number -> {
            if (number < others.size()) {
                return writtenBeside(others.get(number), "other" + number, rounds);
            }
            long written = 0;
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    BulkResult result =
                            cells().insertAll(numbered(i * CHUNK, (i + 1) * CHUNK), BulkGroup::id, OnConflict.FAIL);
                    assertThat(result)
                            .as("what is told of bulk insert %s, beside two who write", i)
                            .isEqualTo(new BulkResult(CHUNK, 0, 0, List.of()));
                    written += result.written();
                    rounds.incrementAndGet();
                }
            } finally {
                rounds.set(ROUNDS);
            }
            return written;
        });
        assertThat(told.get(others.size())).as("documents of all bulk inserts").isEqualTo((long) ROUNDS * CHUNK);
        assertThat(cells().where(cellSchema().id().startsWith("c")).count())
                .as("documents that are there")
                .isEqualTo((long) ROUNDS * CHUNK);
    }

    /** Writes a little in each round, and says how much; not without end, for who conflicts with it shall have a turn. */
    private static long writtenBeside(DocumentCollection<Cell> cells, String id, AtomicInteger rounds) {
        long written = 0;
        int round = rounds.get();
        for (int here = 0; round < ROUNDS; here++) {
            if (here < BESIDE) {
                cells.put(id, Cell.of(written++));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (rounds.get() != round) {
                round = rounds.get();
                here = 0;
            }
        }
        return written;
    }

    @Proves(Clause.W23)
    void aBulkPutCreatesAndOverwrites() {
        Document<Cell> before = cells().insert("c1", Cell.of(99));
        BulkResult result = cells().putAll(numbered(0, 3), BulkGroup::id, OnConflict.FAIL);
        assertThat(result).isEqualTo(new BulkResult(3, 0, 0, List.of()));
        Document<Cell> after = existing(cells(), "c1");
        assertThat(after.value()).isEqualTo(Cell.of(1));
        assertThat(after.version()).isGreaterThan(before.version());
    }

    @Proves(Clause.W23)
    void anEmptyStreamWritesNothing() {
        assertThat(cells().insertAll(Stream.of(), BulkGroup::id, OnConflict.FAIL))
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

    @Proves(Clause.W25)
    void anIdMayComeAgainInALaterChunk() {
        Stream<Cell> values = Stream.concat(numbered(0, CHUNK), Stream.of(Cell.of(7)));
        assertThat(cells().putAll(values, BulkGroup::id, OnConflict.FAIL).written())
                .isEqualTo(CHUNK + 1);
    }

    @Proves(Clause.W26)
    void theStreamIsClosedAtTheEnd() {
        AtomicBoolean closed = new AtomicBoolean();
        cells().insertAll(numbered(0, 3).onClose(() -> closed.set(true)), BulkGroup::id, OnConflict.FAIL);
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
        assertThatThrownBy(() -> cells().insertAll(failing, BulkGroup::id, OnConflict.FAIL))
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
        cells().insertAll(watched, BulkGroup::id, OnConflict.FAIL);
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
        assertThat(plain.putAll(values, BulkGroup::id, OnConflict.FAIL).written())
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
        assertThatThrownBy(() -> cells().insertAll(failing, BulkGroup::id, OnConflict.FAIL))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cells().query().count()).isEqualTo(CHUNK);
    }

    @Proves(Clause.T7)
    @Needs(Capability.TRANSACTIONS)
    void chunksInATransactionHappenWithItOrNotAtAll() {
        cells();
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    BulkResult result = tx.collection(cellSchema())
                            .insertAll(numbered(0, 2 * CHUNK + 1), BulkGroup::id, OnConflict.FAIL);
                    assertThat(result.written()).isEqualTo(2 * CHUNK + 1);
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(cells().query().count()).isZero();
    }
}
