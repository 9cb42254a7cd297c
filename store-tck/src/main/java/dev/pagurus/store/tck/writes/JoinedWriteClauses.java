package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.serial.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/** Groups W and R: single operations of many threads, which a store may join, each with an outcome of its own. */
public abstract class JoinedWriteClauses extends ClauseGroup {

    private static final int THREADS = 12;

    protected JoinedWriteClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W29)
    @Needs(Capability.UNIQUE_INDEXES)
    void everyWriterIsToldItsOwnOutcome() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        Race.run(THREADS, number -> {
            for (int round = 0; round < 10; round++) {
                requireOwnOutcomes(cells, number + "-" + round);
            }
        });
        assertThat(cells.query().count()).isZero();
    }

    /** Every outcome that there is, one after the other: beside each there are others in the other threads. */
    private static void requireOwnOutcomes(DocumentCollection<Cell> cells, String id) {
        Document<Cell> first = cells.insert(id, new Cell(1, id));
        assertThat(first.id()).isEqualTo(id);
        assertThatThrownBy(() -> cells.insert(id, Cell.of(2)))
                .isInstanceOfSatisfying(
                        DuplicateIdException.class, e -> assertThat(e.id()).isEqualTo(id));
        Document<Cell> second = cells.replace(first.withValue(new Cell(2, id)));
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(cells.get(id)).contains(second);
        assertThatThrownBy(() -> cells.replace(first)).isInstanceOfSatisfying(VersionConflictException.class, e -> {
            assertThat(e.id()).isEqualTo(id);
            assertThat(e.current()).hasValue(second.version());
        });
        assertThatThrownBy(() -> cells.put(id + "x", new Cell(3, id)))
                .isInstanceOfSatisfying(
                        UniqueViolationException.class, e -> assertThat(e.id()).isEqualTo(id + "x"));
        assertThat(cells.delete(id + "x"))
                .as("whether what was never there was deleted")
                .isFalse();
        assertThat(cells.delete(second)).as("whether what is there was deleted").isTrue();
    }

    @Proves(Clause.W30)
    void writesOfOneDocumentHappenOneAfterTheOther() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        AtomicLong latest = new AtomicLong();
        Map<Long, Long> valueByVersion = new ConcurrentHashMap<>();
        Race.run(THREADS, number -> {
            for (int i = 0; i < 20; i++) {
                long value = number * 100L + i;
                long before = latest.get();
                Document<Cell> put = cells.put("hot", Cell.of(value));
                latest.accumulateAndGet(put.version(), Math::max);
                assertThat(put.version()).isGreaterThan(before);
                assertThat(valueByVersion.put(put.version(), value))
                        .as("another value of this version")
                        .isNull();
                cells.put("cold" + number, Cell.of(value));
            }
        });
        Document<Cell> last = cells.get("hot").orElseThrow();
        assertThat(last.version()).isEqualTo(latest.get());
        assertThat(last.value().value()).isEqualTo(valueByVersion.get(latest.get()));
    }

    /** Few ids and fewer names, so that most writes are refused; what was told must be what is stored, version by version. */
    @Proves(Clause.W31)
    void whatWasAcknowledgedIsStoredAndNothingElse() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        List<List<Document<Cell>>> told = Race.results(THREADS, number -> {
            List<Document<Cell>> mine = new ArrayList<>();
            Random random = new Random(number);
            for (int i = 0; i < 40; i++) {
                try {
                    mine.add(cells.insert(
                            "c" + random.nextInt(40), new Cell(number * 100L + i, "name " + random.nextInt(60))));
                } catch (DuplicateIdException | UniqueViolationException e) {
                    // Somebody was faster.
                    mine.add(cells.put("mine" + number, Cell.of(i)));
                }
            }
            return mine;
        });
        Map<String, Document<Cell>> newest = new HashMap<>();
        for (Document<Cell> document : told.stream().flatMap(List::stream).toList()) {
            Document<Cell> before = newest.put(document.id(), document);
            assertThat(before == null || document.id().startsWith("mine"))
                    .as("the id %s was inserted by one only", document.id())
                    .isTrue();
        }
        assertThat(cells.query().list()).containsExactlyInAnyOrderElementsOf(newest.values());
    }

    @Proves(Clause.R7)
    void concurrentGetsReturnTheirOwnAndTheNewest() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        AtomicLongArray acknowledged = new AtomicLongArray(THREADS);
        Race.run(THREADS, number -> {
            Random random = new Random(number);
            for (int i = 0; i < 100; i++) {
                if (i % 10 == 0) {
                    acknowledged.set(
                            number, cells.put("c" + number, Cell.of(number)).version());
                }
                int other = i % 10 == 1 ? number : random.nextInt(THREADS + 1);
                long before = other == THREADS ? 0 : acknowledged.get(other);
                // Nobody writes the last one; a get that returns another's document would return it here.
                requireNotOlder(cells, other, before);
            }
        });
    }

    private static void requireNotOlder(DocumentCollection<Cell> cells, int number, long version) {
        Document<Cell> found = cells.get("c" + number).orElse(null);
        if (found == null) {
            assertThat(version).isZero();
        } else {
            assertThat(found.id()).isEqualTo("c" + number);
            assertThat(found.value().value()).isEqualTo(number);
            assertThat(found.version()).isGreaterThanOrEqualTo(version);
        }
    }
}
