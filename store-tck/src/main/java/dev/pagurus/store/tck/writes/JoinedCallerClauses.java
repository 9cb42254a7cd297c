package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.serial.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** Groups W and L: writers whom a store may join, when one of them waits, is interrupted, or the store is closed. */
public abstract class JoinedCallerClauses extends ClauseGroup {

    private static final int WRITERS = 8;
    private static final int WRITES = 20;
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private final CountDownLatch release = new CountDownLatch(1);

    protected JoinedCallerClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @AfterEach
    void releaseTheHolder() {
        release.countDown();
    }

    @Proves(Clause.W32)
    @Needs(Capability.TRANSACTIONS)
    void aHeldDocumentDelaysNoWriterOfOthers() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        CountDownLatch holding = new CountDownLatch(1);
        Elsewhere<Document<Cell>> holder = Elsewhere.start(() -> store.transaction(tx -> {
            Document<Cell> held = tx.collection(cellSchema()).put("held", Cell.of(1));
            holding.countDown();
            release.await();
            return held;
        }));
        Elsewhere.await(holding);
        Elsewhere<Document<Cell>> alone = Elsewhere.start(() -> cells.put("alone", Cell.of(1)));
        boolean severalWriters = alone.within(A_WHILE).isPresent();
        List<Elsewhere<Document<Cell>>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(Elsewhere.start(() -> cells.put("held", Cell.of(2))));
        }
        Elsewhere<Boolean> others = Elsewhere.start(() -> {
            Race.run(WRITERS, number -> writeOwn(cells, number));
            return true;
        });
        if (severalWriters) {
            others.result();
        }
        release.countDown();
        // Where nobody waits for a lock, the holder may come last.
        List<Long> versions = new ArrayList<>(List.of(holder.result().version()));
        for (Elsewhere<Document<Cell>> waiter : waiters) {
            versions.add(waiter.result().version());
        }
        assertThat(versions).as("versions that the held document had").doesNotHaveDuplicates();
        others.result();
        alone.result();
        assertThat(cells.query().count()).isEqualTo(WRITERS + 2);
    }

    private static void writeOwn(DocumentCollection<Cell> cells, int number) {
        for (int i = 0; i < WRITES; i++) {
            cells.put("c" + number, Cell.of(i));
        }
    }

    @Proves(Clause.L12)
    void anInterruptedWriterStopsNoOther() throws Exception {
        DocumentCollection<Cell> cells = store.collection(cellSchema());
        AtomicBoolean done = new AtomicBoolean();
        List<Elsewhere<Integer>> interrupted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = "interrupted" + i;
            interrupted.add(Elsewhere.start(() -> writeAmongInterrupts(cells, id, done)));
        }
        Elsewhere<Boolean> others = Elsewhere.start(() -> {
            Race.run(WRITERS, number -> {
                for (int i = 0; i < 5; i++) {
                    writeOwn(cells, number);
                }
            });
            return true;
        });
        while (others.within(Duration.ofMillis(2)).isEmpty()) {
            interrupted.forEach(Elsewhere::interrupt);
        }
        done.set(true);
        for (Elsewhere<Integer> writer : interrupted) {
            assertThat(writer.result()).isPositive();
        }
        assertThat(cells.where(Cell.VALUE.eq(WRITES - 1)).count()).isGreaterThanOrEqualTo(WRITERS);
    }

    /** Writes until it is told to end, looks after each interrupt what is there, and returns how often it wrote. */
    private static int writeAmongInterrupts(DocumentCollection<Cell> cells, String id, AtomicBoolean done) {
        Set<Long> possible = new HashSet<>(Set.of(-1L));
        int written = 0;
        for (long value = 0; !done.get() || written == 0; value++) {
            try {
                cells.put(id, Cell.of(value));
                possible = new HashSet<>(Set.of(value));
                written++;
            } catch (OutcomeUnknownException e) {
                possible.add(value);
                requireInterrupt();
            } catch (UnavailableException e) {
                requireInterrupt();
                assertThat(valueOf(cells, id))
                        .as("value %s was not written", value)
                        .isIn(possible);
            }
        }
        return written;
    }

    private static void requireInterrupt() {
        assertThat(Thread.interrupted()).as("the thread was interrupted").isTrue();
    }

    private static long valueOf(DocumentCollection<Cell> cells, String id) {
        while (true) {
            try {
                return cells.get(id).map(found -> found.value().value()).orElse(-1L);
            } catch (UnavailableException e) {
                requireInterrupt();
            }
        }
    }

    @Proves(Clause.L13)
    void closingLosesNoAcknowledgedWriteOfThoseWhoWait() throws Exception {
        Store closing = second();
        DocumentCollection<Cell> cells = closing.collection(cellSchema());
        CountDownLatch started = new CountDownLatch(WRITERS);
        Elsewhere<List<List<String>>> writers =
                Elsewhere.start(() -> Race.results(WRITERS, number -> insertUntilClosed(cells, number + "-", started)));
        Elsewhere.await(started);
        closing.close();
        List<String> acknowledged =
                writers.result().stream().flatMap(List::stream).toList();
        assertThat(store.collection(cellSchema()).query().stream().map(Document::id))
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    private static List<String> insertUntilClosed(
            DocumentCollection<Cell> cells, String prefix, CountDownLatch started) {
        List<String> acknowledged = new ArrayList<>();
        while (true) {
            try {
                acknowledged.add(
                        cells.insert(prefix + acknowledged.size(), Cell.of(1)).id());
                if (acknowledged.size() == WRITES) {
                    started.countDown();
                }
            } catch (StoreClosedException e) {
                return acknowledged;
            }
        }
    }
}
