package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Capability;
import java.util.Set;

/**
 * Where a walk goes.
 *
 * @param steps how many steps it has
 * @param handles how many handles it uses, of one database
 * @param collections how many collections
 * @param documents how many documents it begins with, at most; where there are any, bulk writes are of up to 2,000
 * @param hazards whether it has values that break stores beside few small ones
 * @param capabilities what the store can do; what it cannot is not asked of the reference either
 * @param transactions whether steps are transactions, too
 * @param held how often, in a hundred steps, a snapshot is held while others write
 * @param revised how often, in a hundred steps, a collection is revised
 * @param pages how often, in a hundred steps, a page is read
 * @param clockMayStand whether the clock may stand still or go back
 */
record Terrain(
        int steps,
        int handles,
        int collections,
        int documents,
        boolean hazards,
        Set<Capability> capabilities,
        boolean transactions,
        int held,
        int revised,
        int pages,
        boolean clockMayStand) {

    /** One handle, one collection, few small values, single operations. */
    static Terrain flat(int steps, Set<Capability> capabilities) {
        return new Terrain(steps, 1, 1, 0, false, capabilities, false, 0, 0, 5, true);
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
        return new Terrain(
                steps,
                handles,
                collections,
                documents,
                hazards,
                capabilities,
                true,
                held,
                revised,
                pages,
                clockMayStand);
    }

    /** Two handles, two collections, all values; the clock of both moves on, for the deletions of one are not the other's. */
    Terrain wide() {
        return new Terrain(steps, 2, 2, documents, true, capabilities, transactions, held, revised, pages, false);
    }

    Terrain withDocuments(int most) {
        return new Terrain(
                steps,
                handles,
                collections,
                most,
                hazards,
                capabilities,
                transactions,
                held,
                revised,
                pages,
                clockMayStand);
    }

    Terrain withHeldSnapshots(int often) {
        return new Terrain(
                steps,
                handles,
                collections,
                documents,
                hazards,
                capabilities,
                transactions,
                often,
                revised,
                pages,
                clockMayStand);
    }

    Terrain withRevisions(int often) {
        return new Terrain(
                steps,
                handles,
                collections,
                documents,
                hazards,
                capabilities,
                transactions,
                held,
                often,
                pages,
                clockMayStand);
    }

    Terrain withPages(int often) {
        return new Terrain(
                steps,
                handles,
                collections,
                documents,
                hazards,
                capabilities,
                transactions,
                held,
                revised,
                often,
                clockMayStand);
    }
}
