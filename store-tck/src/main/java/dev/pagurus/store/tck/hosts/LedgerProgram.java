package dev.pagurus.store.tck.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.hosts.Ledger.Entry;
import dev.pagurus.store.tck.hosts.Ledger.Transfer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the {@link Ledger} on the store under test. */
public abstract class LedgerProgram extends ClauseGroup {

    private static final int ACCOUNTS = 4;

    private Ledger ledger;

    protected LedgerProgram(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openProgram() {
        ledger = new Ledger(store);
        for (int i = 0; i < ACCOUNTS; i++) {
            ledger.open("account " + i, 100);
        }
    }

    private List<Entry> statement(String account) {
        return AllPages.read(cursor -> ledger.statement(account, cursor));
    }

    @Test
    void aTransferSentTwiceHappensOnce() throws Exception {
        Transfer transfer = new Transfer("account 0", "account 1", 30);
        assertThat(ledger.transfer("t1", transfer))
                .as("ledger.transfer('t1', transfer)")
                .isTrue();
        assertThat(ledger.transfer("t1", transfer))
                .as("ledger.transfer('t1', transfer)")
                .isFalse();
        assertThatThrownBy(() -> ledger.transfer("t1", new Transfer("account 0", "account 1", 31)))
                .hasMessage("Transfer t1 was another one.");
        assertThat(ledger.balance("account 0")).isEqualTo(70);
        assertThat(ledger.balance("account 1")).isEqualTo(130);
        assertThat(statement("account 1")).containsExactly(new Entry("account 1", 1, 30, 130, "t1"));
    }

    @Test
    void aTransferThatFailsLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> ledger.transfer("t1", new Transfer("account 0", "account 1", 101)))
                .isInstanceOf(Ledger.OverdrawnException.class)
                .hasMessage("account 0 has 100, which is less than 101.");
        assertThatThrownBy(() -> ledger.transfer("t2", new Transfer("account 0", "nobody", 1)))
                .hasMessage("There is no account nobody.");
        assertThat(ledger.balance("account 0")).isEqualTo(100);
        assertThat(statement("account 0")).isEmpty();
        assertThat(ledger.transfer("t1", new Transfer("account 0", "account 1", 100)))
                .as("ledger.transfer('t1', new Transfer('account 0', 'account 1', 100))")
                .isTrue();
    }

    @Test
    void aStatementShowsTheNewestEntryFirstOverAllPages() throws Exception {
        for (int i = 0; i < 50; i++) {
            ledger.transfer("t" + i, new Transfer("account 0", "account 1", 1));
        }
        assertThat(ledger.statement("account 0", null).items()).hasSize(Ledger.PAGE);
        List<Entry> entries = statement("account 0");
        assertThat(entries).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(entries.get(i)).isEqualTo(new Entry("account 0", 50 - i, -1, 50 + i, "t" + (49 - i)));
        }
    }

    @Test
    void moneyIsNeitherMadeNorLostWhileManyTransferAtOnce() throws Exception {
        AtomicInteger running = new AtomicInteger(4);
        Race.run(5, number -> {
            if (number == 4) {
                do {
                    assertThat(ledger.total()).isEqualTo(100L * ACCOUNTS);
                } while (running.get() > 0);
                return;
            }
            try {
                transferAtRandom(number);
            } finally {
                running.decrementAndGet();
            }
        });
        assertThat(ledger.total()).isEqualTo(100L * ACCOUNTS);
        for (int i = 0; i < ACCOUNTS; i++) {
            assertThatStatementAddsUp("account " + i);
        }
    }

    /** Every other transfer is one that some other thread tries as well. */
    private void transferAtRandom(int thread) throws Exception {
        Random random = new Random(thread);
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(ACCOUNTS);
            int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            Transfer transfer = i % 2 == 0
                    ? new Transfer("account " + i % ACCOUNTS, "account " + (i + 1) % ACCOUNTS, 1 + i % 40)
                    : new Transfer("account " + from, "account " + to, 1 + random.nextInt(60));
            try {
                ledger.transfer(i % 2 == 0 ? "shared " + i : thread + " " + i, transfer);
            } catch (Ledger.OverdrawnException e) {
                assertThat(e).hasMessageContaining("which is less than");
            }
        }
    }

    private void assertThatStatementAddsUp(String account) {
        List<Entry> newestFirst = statement(account);
        long balance = ledger.balance(account);
        for (int i = 0; i < newestFirst.size(); i++) {
            Entry entry = newestFirst.get(i);
            assertThat(entry.number()).isEqualTo(newestFirst.size() - i);
            assertThat(entry.balance()).isEqualTo(balance).isNotNegative();
            balance -= entry.amount();
        }
        assertThat(balance).isEqualTo(100);
    }
}
