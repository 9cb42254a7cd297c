package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UniqueViolationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What serializable means where PostgreSQL alone would not see to it. */
class AnomalyTest {

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Store store;
    private DocumentCollection<Ticket> tickets;

    @BeforeEach
    public void open() {
        store = Stores.open(config);
        tickets = store.collection(Ticket.SCHEMA);
    }

    @AfterEach
    void close() throws SQLException {
        threads.shutdownNow();
        store.close();
        PostgresServer.drop(config);
    }

    /**
     * Two transactions: each finds that the other's title is taken, and gives its own away. One after the other only one
     * of them can find that.
     */
    @RepeatedTest(5)
    void twoThatActOnAUniqueViolationDoNotBothGoThrough() throws Exception {
        assertThat(gaveAway((collection, mine, others) -> {
                    assertThatThrownBy(() -> collection.put("new " + mine, Ticket.of(others)))
                            .isInstanceOf(UniqueViolationException.class);
                }))
                .isEqualTo(1);
    }

    /** The same with ids. */
    @RepeatedTest(5)
    void twoThatActOnADuplicateIdDoNotBothGoThrough() throws Exception {
        assertThat(gaveAway((collection, mine, others) -> {
                    assertThatThrownBy(() -> collection.insert(others, Ticket.of("new " + mine)))
                            .isInstanceOf(DuplicateIdException.class);
                }))
                .isEqualTo(1);
    }

    private interface Look {
        void at(DocumentCollection<Ticket> collection, String mine, String others);
    }

    /** Lets two transactions look at each other's document and then delete their own; says how many committed at first. */
    private int gaveAway(Look look) throws Exception {
        tickets.put("a", Ticket.of("a"));
        tickets.put("b", Ticket.of("b"));
        CyclicBarrier bothHaveLooked = new CyclicBarrier(2);
        AtomicInteger atFirst = new AtomicInteger();
        List<Future<?>> both = List.of(
                threads.submit(() -> giveAway(look, "a", "b", bothHaveLooked, atFirst)),
                threads.submit(() -> giveAway(look, "b", "a", bothHaveLooked, atFirst)));
        for (Future<?> one : both) {
            one.get();
        }
        assertThat(tickets.query().count()).isEqualTo(1);
        return atFirst.get();
    }

    private Void giveAway(Look look, String mine, String others, CyclicBarrier bothHaveLooked, AtomicInteger atFirst)
            throws Exception {
        int[] tries = {0};
        boolean gave = store.<Boolean, Exception>transaction(tx -> {
            tries[0]++;
            DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
            if (tries[0] > 1 && inside.get(others).isEmpty()) {
                return false;
            }
            look.at(inside, mine, others);
            if (tries[0] == 1) {
                bothHaveLooked.await();
            }
            return inside.delete(mine);
        });
        if (gave) {
            atFirst.incrementAndGet();
        }
        return null;
    }

    /** A report that saw a deposit, and then not the withdrawal that had not seen the deposit, saw what never was. */
    @Test
    void aSnapshotThatFailsToSerializeIsRunAgain() throws Exception {
        // Another table, and so other pages: else the withdrawal is found out itself.
        Schema<Ticket> accounts = Schema.of("accounts", Ticket.class);
        store.collection(accounts).put("checking", Ticket.of("checking").due(0));
        tickets.put("savings", Ticket.of("savings").due(0));
        CountDownLatch hasReadSavings = new CountDownLatch(1);
        CountDownLatch withdrawn = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        List<Future<List<Long>>> report = new ArrayList<>();
        store.runTransaction(withdrawal -> {
            DocumentCollection<Ticket> inside = withdrawal.collection(Ticket.SCHEMA);
            inside.get("savings");
            threads.submit(() -> tickets.put("savings", Ticket.of("savings").due(20)))
                    .get();
            report.add(threads.submit(() -> store.<List<Long>, Exception>snapshot(view -> {
                tries.incrementAndGet();
                long savings = due(view.collection(Ticket.SCHEMA), "savings");
                hasReadSavings.countDown();
                withdrawn.await();
                return List.of(savings, due(view.collection(accounts), "checking"));
            })));
            hasReadSavings.await();
            withdrawal
                    .collection(accounts)
                    .put("checking", Ticket.of("checking").due(-11));
        });
        withdrawn.countDown();
        assertThat(report.get(0).get()).containsExactly(20L, -11L);
        assertThat(tries).hasValue(2);
    }

    private static long due(ReadableCollection<Ticket> collection, String id) {
        Long due = collection.get(id).orElseThrow().value().due();
        return due == null ? 0 : due;
    }
}
