package dev.pagurus.store.tck.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.serial.Cell;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Group T: transactions that get in each other's way; on an engine with one writer they queue, on others they conflict. */
@Needs(Capability.TRANSACTIONS)
public abstract class ConflictClauses extends ClauseGroup {

    private static final List<String> ACCOUNTS = List.of("a", "b", "c", "d");
    private static final long START = 100;

    private DocumentCollection<Cell> cells;

    protected ConflictClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openAccounts() {
        cells = store.collection(cellSchema());
        ACCOUNTS.forEach(id -> cells.insert(id, Cell.of(START)));
    }

    @Proves(Clause.T29)
    void transfersThatConflictAllHappen() throws Exception {
        Store other = second();
        Race.run(8, number -> {
            Store handle = number % 2 == 0 ? store : other;
            for (int i = 0; i < 10; i++) {
                transfer(handle, ACCOUNTS.get((number + i) % 4), ACCOUNTS.get((number + i + 1 + number % 3) % 4));
            }
        });
        assertThat(sum()).isEqualTo(START * ACCOUNTS.size());
    }

    @Proves(Clause.T29)
    void everyTransactionHappensOnceHoweverOftenItRuns() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        Race.run(8, number -> {
            for (int i = 0; i < 10; i++) {
                store.runTransaction(tx -> {
                    add(tx.collection(cellSchema()), "a", 1);
                    tx.afterCommit(committed::incrementAndGet);
                });
            }
        });
        assertThat(existing(cells, "a").value().value()).isEqualTo(START + 8 * 10);
        assertThat(committed).hasValue(8 * 10);
    }

    @Proves(Clause.T29)
    void singleOperationsBesideTransactionsAllHappen() throws Exception {
        Race.run(8, number -> {
            for (int i = 0; i < 10; i++) {
                if (number % 2 == 0) {
                    store.runTransaction(tx -> add(tx.collection(cellSchema()), "a", 1));
                } else {
                    cells.update("a", cell -> Cell.of(cell.value() + 1));
                }
            }
        });
        assertThat(existing(cells, "a").value().value()).isEqualTo(START + 8 * 10);
    }

    @Proves(Clause.T28)
    void aFunctionThatSwallowsAConflictRunsAgainAllTheSame() throws Exception {
        Race.run(6, number -> {
            for (int i = 0; i < 10; i++) {
                AtomicReference<RuntimeException> swallowed = new AtomicReference<>();
                store.runTransaction(tx -> {
                    swallowed.set(null);
                    try {
                        add(tx.collection(cellSchema()), "a", 1);
                        add(tx.collection(cellSchema()), "b", -1);
                    } catch (RuntimeException e) {
                        swallowed.set(e);
                    }
                });
                assertThat(swallowed.get())
                        .as("what the run that was committed met")
                        .isNull();
            }
        });
        assertThat(existing(cells, "a").value().value()).isEqualTo(START + 6 * 10);
        assertThat(sum()).isEqualTo(START * ACCOUNTS.size());
    }

    @Proves(Clause.T28)
    void aFunctionThatTurnsAConflictIntoItsOwnExceptionRunsAgainAllTheSame() throws Exception {
        Race.run(6, number -> {
            for (int i = 0; i < 10; i++) {
                store.runTransaction(tx -> {
                    try {
                        add(tx.collection(cellSchema()), "a", 1);
                    } catch (RuntimeException e) {
                        throw new IllegalArgumentException("my own", e);
                    }
                });
            }
        });
        assertThat(existing(cells, "a").value().value()).isEqualTo(START + 6 * 10);
    }

    private void transfer(Store handle, String from, String to) {
        handle.runTransaction(tx -> {
            add(tx.collection(cellSchema()), from, -1);
            add(tx.collection(cellSchema()), to, 1);
        });
    }

    private static void add(DocumentCollection<Cell> cells, String id, long amount) {
        cells.put(id, Cell.of(existing(cells, id).value().value() + amount));
    }

    private long sum() {
        return cells.query().list().stream()
                .mapToLong(cell -> cell.value().value())
                .sum();
    }
}
