package dev.pagurus.store.tck.walk;

/**
 * Where a walk goes.
 *
 * @param steps how many steps it has
 * @param handles how many handles it uses, of one database
 * @param collections how many collections
 * @param documents how many documents it begins with, at most; where there are any, bulk writes are of up to 2,000
 * @param hazards whether it has values that break stores beside few small ones
 * @param unique whether there are unique indexes
 * @param deletesAll whether there is deleteAll, for which a store needs transactions
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
        boolean unique,
        boolean deletesAll,
        boolean transactions,
        int held,
        int revised,
        int pages,
        boolean clockMayStand) {

    /** One handle, one collection, few small values, single operations. */
    static Terrain flat(int steps, boolean unique, boolean deletesAll) {
        return new Terrain(steps, 1, 1, 0, false, unique, deletesAll, false, 0, 0, 5, true);
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
                unique,
                deletesAll,
                true,
                held,
                revised,
                pages,
                clockMayStand);
    }

    /** Two handles, two collections, all values; the clock of both moves on, for the deletions of one are not the other's. */
    Terrain wide() {
        return new Terrain(steps, 2, 2, documents, true, unique, deletesAll, transactions, held, revised, pages, false);
    }

    Terrain withDocuments(int most) {
        return new Terrain(
                steps,
                handles,
                collections,
                most,
                hazards,
                unique,
                deletesAll,
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
                unique,
                deletesAll,
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
                unique,
                deletesAll,
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
                unique,
                deletesAll,
                transactions,
                held,
                revised,
                often,
                clockMayStand);
    }
}
