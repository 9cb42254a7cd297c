package dev.pagurus.store.tck.transactions;

import dev.pagurus.store.Capability;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.serial.Scenario;
import dev.pagurus.store.tck.serial.World;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Group T: circles that close only through a third party, or through an outcome that was caught. Each of them gets past
 * engines whose single operations, or whose refused writes, leave no trace for others to conflict with.
 */
@Needs(Capability.TRANSACTIONS)
public abstract class ThreePartyClauses extends ClauseGroup {

    private static final List<int[]> COMMITS = List.of(new int[] {1, 2, 1, 2, 1, 2}, new int[] {1, 2, 1, 2, 2, 1});

    protected ThreePartyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    // The overdraft of Fekete, O'Neil and O'Neil (2004): a withdrawal pays a penalty because it did not see the
    // deposit,
    // and somebody sees the deposit without the withdrawal.

    @Proves(Clause.T21)
    void threeTransactionsKeepTheOverdraftInOrder() {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .transaction(ThreePartyClauses::deposit)
                .transaction(ThreePartyClauses::look)
                .play(1, 2, 2, 3, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void aSingleDepositKeepsTheOverdraftInOrder() {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .single(ThreePartyClauses::deposit)
                .transaction(ThreePartyClauses::look)
                .play(1, 2, 3, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void aSingleDepositAndASingleLookKeepTheOverdraftInOrder() {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .single(ThreePartyClauses::deposit)
                .single(ThreePartyClauses::look)
                .play(1, 2, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void aSingleDepositAndASingleQueryKeepTheOverdraftInOrder() {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .single(ThreePartyClauses::deposit)
                .single(three -> three.between(-100, 100))
                .play(1, 2, 3, 1, 1);
    }

    @Proves(Clause.T21)
    @Needs(Capability.SNAPSHOTS)
    void aSingleDepositAndASnapshotKeepTheOverdraftInOrder() {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .single(ThreePartyClauses::deposit)
                .snapshot(ThreePartyClauses::look)
                .play(1, 2, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void partiesOfTwoHandlesKeepTheOverdraftInOrder() throws Exception {
        accounts()
                .transaction(ThreePartyClauses::withdraw)
                .on(second())
                .single(ThreePartyClauses::deposit)
                .transaction(ThreePartyClauses::look)
                .play(1, 2, 3, 3, 1, 1);
    }

    // Receipts and batches (Ports, Grittner 2012): a receipt goes into the current batch; the batch is closed; the
    // report
    // on the closed batch must have every receipt.

    @Proves(Clause.T21)
    void theReportOnABatchThatOnePutClosedHasEveryReceipt() {
        new Scenario(store)
                .given("batch", 1)
                .transaction(ThreePartyClauses::receipt)
                .single(two -> two.put("batch", 2))
                .transaction(ThreePartyClauses::report)
                .play(1, 2, 3, 3, 1, 1);
    }

    @Proves(Clause.T21)
    @Needs(Capability.SNAPSHOTS)
    void theReportOnABatchThatOneUpdateClosedHasEveryReceipt() {
        new Scenario(store)
                .given("batch", 1)
                .transaction(ThreePartyClauses::receipt)
                .single(two -> two.add("batch", 1))
                .snapshot(ThreePartyClauses::report)
                .play(1, 2, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void aSingleInsertDoesNotCloseACircleOfTwoTransactions() {
        new Scenario(store)
                .given("x", 0)
                .transaction(one -> {
                    one.count(30, 50);
                    one.turn();
                    one.put("x", 1);
                })
                .single(two -> two.insert("v", 40, null))
                .transaction(three -> {
                    three.count(30, 50);
                    three.get("x");
                    three.put("y", 2);
                })
                .play(1, 2, 3, 3, 1, 1);
    }

    @Proves(Clause.T21)
    void aSingleDeleteDoesNotCloseACircleOfTwoTransactions() {
        new Scenario(store)
                .given("x", 0)
                .given("v", 40)
                .transaction(one -> {
                    one.get("v");
                    one.turn();
                    one.put("x", 1);
                })
                .single(two -> two.delete("v"))
                .transaction(three -> {
                    three.get("v");
                    three.get("x");
                    three.put("y", 2);
                })
                .play(1, 2, 3, 3, 1, 1);
    }

    // Two transactions, each of which acts on what the other one changes, and either may commit first. The first one
    // learns it from an outcome that it catches instead of a read.

    @Proves(Clause.T22)
    void aDuplicateIdThatIsCaughtIsARead() {
        requireARead(one -> one.insert("holder", 1, null) == World.Inserted.DUPLICATE_ID);
    }

    @Proves(Clause.T22)
    @Needs(Capability.UNIQUE_INDEXES)
    void aUniqueViolationThatIsCaughtIsARead() {
        requireARead(one -> one.insert("other", 1, "name") == World.Inserted.NAME_TAKEN);
    }

    @Proves(Clause.T22)
    void aVersionConflictThatIsCaughtIsARead() {
        requireARead(one -> one.isFoundByConflict("holder"));
    }

    @Proves(Clause.T22)
    void aDeleteThatFoundNothingIsARead() {
        for (int[] order : COMMITS) {
            new Scenario(store)
                    .given("x", 0)
                    .transaction(one -> {
                        boolean deleted = one.delete("holder");
                        one.turn();
                        one.put("x", deleted ? 2 : 1);
                    })
                    .transaction(two -> {
                        Long x = two.get("x");
                        two.turn();
                        if (x != null && x == 0) {
                            two.insert("holder", 1, null);
                        }
                    })
                    .play(order);
        }
    }

    @Proves(Clause.T22)
    void aUniqueViolationThatIsCaughtIsAReadForASingleDeleteToo() {
        holder().transaction(one -> {
                    World.Inserted inserted = one.insert("other", 1, "name");
                    one.turn();
                    one.put("x", inserted == World.Inserted.NAME_TAKEN ? 1 : 2);
                })
                .single(two -> two.delete("holder"))
                .transaction(three -> three.getAll("holder", "other", "x"))
                .play(1, 2, 3, 3, 1, 1);
    }

    /** The outcome says whether the holder is there; who saw it there says so in x, and who sees x at zero deletes it. */
    private void requireARead(Predicate<World> outcome) {
        for (int[] order : COMMITS) {
            holder().transaction(one -> {
                        boolean there = outcome.test(one);
                        one.turn();
                        one.put("x", there ? 1 : 2);
                    })
                    .transaction(ThreePartyClauses::deleteHolderIfXIsZero)
                    .play(order);
        }
    }

    private Scenario accounts() {
        return new Scenario(store).given("checking", 0).given("savings", 0);
    }

    private static void withdraw(World world) {
        long sum = world.getAll("checking", "savings").values().stream()
                .mapToLong(Long::longValue)
                .sum();
        world.turn();
        world.put("checking", sum < 10 ? -11 : -10);
    }

    private static void deposit(World world) {
        world.put("savings", 20);
    }

    private static void look(World world) {
        world.getAll("checking", "savings");
    }

    private static void receipt(World world) {
        Long batch = world.get("batch");
        world.turn();
        world.put("receipt", batch == null ? 0 : 100 + batch);
    }

    private static void report(World world) {
        Long batch = world.get("batch");
        world.between(99 + (batch == null ? 0 : batch), 99 + (batch == null ? 0 : batch));
    }

    private Scenario holder() {
        return new Scenario(store).given("holder", 5, "name").given("x", 0);
    }

    private static void deleteHolderIfXIsZero(World world) {
        Long x = world.get("x");
        world.turn();
        if (x != null && x == 0) {
            world.delete("holder");
        }
    }
}
