package dev.pagurus.examples.benchmarks.layouts;

import java.sql.SQLException;
import java.util.List;

/**
 * Documents whose changes are kept in one of the two ways. What is done is in the transaction of the connection; where a layout
 * leaves a choice, it is made in favour of the column.
 */
interface Changed {

    /** Makes the tables anew. */
    void create(Statements statements) throws SQLException;

    /** Puts one document. */
    void put(Statements statements, Doc doc) throws SQLException;

    /** Puts many. */
    void putMany(Statements statements, List<Doc> docs) throws SQLException;

    /** Deletes all documents. */
    void deleteAll(Statements statements) throws SQLException;

    /** Reads a page of changes, with the documents as they are now. */
    Page read(Statements statements, Place after, int limit) throws SQLException;

    /** Forgets some of the oldest changes, as far as a place. */
    Page forget(Statements statements, Place after, Place last, int limit) throws SQLException;

    /** Returns what all of it takes on the disk, in bytes, with nothing left to be written or swept up. */
    long size(Statements statements) throws SQLException;

    /**
     * Where a reader is.
     *
     * @param at a position, or a transaction
     * @param within where in that
     */
    record Place(long at, String within) {
        static final Place START = new Place(0, "");
        static final Place END = new Place(Long.MAX_VALUE, "");
    }

    /** How many changes were there, and the place behind them. */
    record Page(int changes, Place last) {}
}
