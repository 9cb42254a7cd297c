package dev.pagurus.store.tck.transactions;

import dev.pagurus.store.Capability;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.serial.Scenario;
import dev.pagurus.store.tck.serial.World;
import java.util.function.Supplier;

/**
 * Group T: the anomalies of the Hermitage list (Martin Kleppmann's test of databases, after Adya), each as real
 * transactions at the same time. The numbers given to {@link Scenario#play} say whose step comes next; a transaction's
 * last step is its commit.
 */
@Needs(Capability.TRANSACTIONS)
public abstract class IsolationClauses extends ClauseGroup {

    protected IsolationClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.T11)
    void twoTransactionsDoNotMixTheirWrites() {
        xAndY().transaction(one -> {
                    one.put("x", 11);
                    one.turn();
                    one.put("y", 21);
                })
                .transaction(two -> {
                    two.put("x", 12);
                    two.turn();
                    two.put("y", 22);
                })
                .play(1, 2, 2, 1, 1, 2);
    }

    @Proves(Clause.T12)
    void whatIsAbortedIsNotSeen() {
        xAndY().transaction(one -> {
                    one.put("x", 101);
                    one.turn();
                    one.abort();
                })
                .transaction(two -> two.between(0, 1000))
                .play(1, 2, 2, 1);
    }

    @Proves(Clause.T13)
    void whatIsOverwrittenInATransactionIsNotSeen() {
        xAndY().transaction(one -> {
                    one.put("x", 101);
                    one.turn();
                    one.put("x", 11);
                })
                .transaction(two -> two.get("x"))
                .play(1, 2, 2, 1, 1);
    }

    @Proves(Clause.T14)
    void ofTwoThatReadWhatTheOtherWritesOneComesFirst() {
        xAndY().transaction(one -> {
                    one.put("x", 11);
                    one.turn();
                    one.get("y");
                })
                .transaction(two -> {
                    two.put("y", 22);
                    two.turn();
                    two.get("x");
                })
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T15)
    void aTransactionThatWasSeenDoesNotVanish() {
        xAndY().transaction(one -> {
                    one.put("x", 11);
                    one.put("y", 19);
                })
                .transaction(two -> {
                    two.put("x", 12);
                    two.turn();
                    two.put("y", 18);
                })
                .transaction(three -> {
                    three.get("x");
                    three.turn();
                    three.get("y");
                    three.turn();
                    three.getAll("x", "y");
                })
                .play(1, 2, 1, 3, 2, 3, 2, 3, 3);
    }

    @Proves(Clause.T16)
    void aQueryThatIsAskedAgainFindsNoPhantom() {
        xAndY().transaction(one -> {
                    one.count(30, 30);
                    one.turn();
                    one.between(25, 35);
                })
                .transaction(two -> two.insert("z", 30, null))
                .play(1, 2, 2, 1, 1);
    }

    @Proves(Clause.T16)
    void aDeletionByQuerySeesAllOfAChangeByQueryOrNothing() {
        xAndY().transaction(one -> one.addBetween(0, 100, 10))
                .transaction(two -> two.deleteBetween(20, 20))
                .play(1, 2, 1, 2);
    }

    @Proves(Clause.T16)
    void aSingleDeletionByQuerySeesAllOfAChangeByQueryOrNothing() {
        xAndY().transaction(one -> one.addBetween(0, 100, 10))
                .single(two -> two.deleteBetween(20, 20))
                .play(1, 2, 1);
    }

    @Proves(Clause.T17)
    void noUpdateIsLostBetweenTransactions() {
        xAndY().transaction(IsolationClauses::addOneToX)
                .transaction(IsolationClauses::addOneToX)
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T17)
    void noUpdateIsLostBetweenTransactionsOfTwoHandles() throws Exception {
        xAndY().transaction(IsolationClauses::addOneToX)
                .on(second())
                .transaction(IsolationClauses::addOneToX)
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T17)
    void noPutIsLostBesideATransaction() {
        xAndY().transaction(IsolationClauses::addOneToX)
                .single(two -> two.put("x", 50))
                .play(1, 2, 1, 1);
    }

    @Proves(Clause.T17)
    void noSingleUpdateIsLostBesideATransaction() {
        xAndY().transaction(IsolationClauses::addOneToX)
                .single(two -> two.add("x", 100))
                .play(1, 2, 1, 1);
    }

    @Proves(Clause.T18)
    void twoReadsSeeOneState() {
        xAndY().transaction(one -> {
                    one.get("x");
                    one.turn();
                    one.get("y");
                })
                .transaction(IsolationClauses::replaceBoth)
                .play(1, 2, 2, 1, 1);
    }

    @Proves(Clause.T18)
    void twoQueriesSeeOneState() {
        xAndY().transaction(one -> {
                    one.count(10, 10);
                    one.turn();
                    one.count(12, 12);
                })
                .transaction(IsolationClauses::replaceBoth)
                .play(1, 2, 2, 1, 1);
    }

    @Proves(Clause.T18)
    void aReadAndADeletionByQuerySeeOneState() {
        xAndY().transaction(one -> {
                    one.get("x");
                    one.turn();
                    one.deleteBetween(20, 20);
                })
                .transaction(IsolationClauses::replaceBoth)
                .play(1, 2, 2, 1, 1);
    }

    @Proves(Clause.T19)
    void twoThatReadBothAndWriteOneEachDoNotSkew() {
        xAndY().transaction(one -> readBothAndWrite(one, "x"))
                .transaction(two -> readBothAndWrite(two, "y"))
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T19)
    void twoHandlesThatReadBothAndWriteOneEachDoNotSkew() throws Exception {
        xAndY().transaction(one -> readBothAndWrite(one, "x"))
                .on(second())
                .transaction(two -> readBothAndWrite(two, "y"))
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T20)
    void twoThatFindNothingAndInsertItDoNotBothSucceed() {
        xAndY().transaction(one -> insertIfNoneIsThere(one, "v", 30))
                .transaction(two -> insertIfNoneIsThere(two, "w", 42))
                .play(1, 2, 1, 2, 1, 2);
    }

    @Proves(Clause.T20)
    void aReaderDoesNotCloseACircleOfTwoWriters() {
        xAndY().transaction(one -> {
                    one.between(0, 100);
                    one.turn();
                    one.put("x", 0);
                })
                .transaction(two -> two.add("y", 5))
                .transaction(three -> three.between(0, 100))
                .play(1, 2, 2, 3, 3, 1, 1);
    }

    private Scenario xAndY() {
        return new Scenario(store).given("x", 10).given("y", 20);
    }

    private static void addOneToX(World world) {
        Long x = world.get("x");
        world.turn();
        world.put("x", (x == null ? 0 : x) + 1);
    }

    private static void replaceBoth(World world) {
        world.getAll("x", "y");
        world.put("x", 12);
        world.put("y", 18);
    }

    private static void readBothAndWrite(World world, String id) {
        world.getAll("x", "y");
        world.turn();
        world.put(id, 0);
    }

    private static void insertIfNoneIsThere(World world, String id, long value) {
        boolean none = world.count(30, 50) == 0;
        world.turn();
        if (none) {
            world.insert(id, value, null);
        }
    }
}
