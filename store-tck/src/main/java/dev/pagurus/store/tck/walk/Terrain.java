package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Capability;
import java.util.Set;

/**
 * Where a walk goes.
 *
 * @param steps how many steps it has
 * @param capabilities what the store can do; what it cannot is not asked of the reference either
 * @param land how large it is
 * @param odds how often what is rare is done
 * @param transactions whether steps are transactions, too
 * @param clockMayStand whether the clock may stand still or go back
 * @param feed whether the collections keep their changes, which some read
 * @param expiry whether some documents expire on the way
 */
record Terrain(
        int steps,
        Set<Capability> capabilities,
        Land land,
        Odds odds,
        boolean transactions,
        boolean clockMayStand,
        boolean feed,
        boolean expiry) {

    /**
     * How large it is.
     *
     * @param handles how many handles it uses, of one database
     * @param collections how many collections
     * @param documents how many documents it begins with, at most; where there are any, bulk writes are of up to 2,000
     * @param hazards whether it has values that break stores beside few small ones
     */
    record Land(int handles, int collections, int documents, boolean hazards) {}

    /**
     * How often, in a hundred steps, something is done.
     *
     * @param held a snapshot is held while others write
     * @param revised a collection is revised
     * @param pages a page is read
     */
    record Odds(int held, int revised, int pages) {}

    /** One handle, one collection, few small values, single operations. */
    static Terrain flat(int steps, Set<Capability> capabilities) {
        return new Terrain(steps, capabilities, new Land(1, 1, 0, false), new Odds(0, 0, 5), false, true, false, false);
    }

    boolean unique() {
        return capabilities.contains(Capability.UNIQUE_INDEXES);
    }

    /** Whether there is deleteAll, for which a store needs transactions. */
    boolean deletesAll() {
        return capabilities.contains(Capability.TRANSACTIONS);
    }

    /** Whether there is what reads one state of everything. */
    boolean snapshots() {
        return capabilities.contains(Capability.SNAPSHOTS);
    }

    /** Whether the clock has moved on at each write, so that the contract says all versions to the microsecond. */
    boolean saysVersions() {
        return !clockMayStand && !transactions;
    }

    /** The same with transactions. */
    Terrain withTransactions() {
        return new Terrain(steps, capabilities, land, odds, true, clockMayStand, feed, expiry);
    }

    /** Two handles, two collections, all values; the clock of both moves on, for the deletions of one are not the other's. */
    Terrain wide() {
        return new Terrain(
                steps, capabilities, new Land(2, 2, land.documents, true), odds, transactions, false, feed, expiry);
    }

    Terrain withDocuments(int most) {
        return with(new Land(land.handles, land.collections, most, land.hazards));
    }

    Terrain withHeldSnapshots(int often) {
        return with(new Odds(often, odds.revised, odds.pages));
    }

    Terrain withRevisions(int often) {
        return with(new Odds(odds.held, often, odds.pages));
    }

    Terrain withPages(int often) {
        return with(new Odds(odds.held, odds.revised, often));
    }

    /** The same with readers of changes, where a store keeps them. */
    Terrain withFeed() {
        return new Terrain(
                steps,
                capabilities,
                land,
                odds,
                transactions,
                clockMayStand,
                capabilities.contains(Capability.CHANGES),
                expiry);
    }

    /** The same where documents expire. Nobody reads changes then: when what has expired is removed, stores choose. */
    Terrain withExpiry() {
        return new Terrain(steps, capabilities, land, odds, transactions, clockMayStand, false, true);
    }

    private Terrain with(Land other) {
        return new Terrain(steps, capabilities, other, odds, transactions, clockMayStand, feed, expiry);
    }

    private Terrain with(Odds other) {
        return new Terrain(steps, capabilities, land, other, transactions, clockMayStand, feed, expiry);
    }
}
