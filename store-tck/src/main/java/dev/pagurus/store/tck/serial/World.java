package dev.pagurus.store.tck.serial;

import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What a party of a {@link Scenario} can do. The same script runs over a store, where others are at work, and over a
 * model, where it is alone; whatever it sees in the one it must be able to see in the other.
 */
public interface World {

    /** Returns a cell's value, or null if it is not there. */
    @Nullable
    Long get(String id);

    /** Returns the values of the cells that are there, read in one call. */
    NavigableMap<String, Long> getAll(String... ids);

    /** Returns the cells whose value is in the range, both ends included. */
    NavigableMap<String, Long> between(long low, long high);

    /** Counts the cells whose value is in the range, both ends included. */
    long count(long low, long high);

    /** Adds up the values that are in the range, both ends included. */
    long sum(long low, long high);

    /** Returns the least value, or null if there is no cell. */
    @Nullable
    Long least();

    /** Writes a cell, new or not. */
    void put(String id, long value);

    /** Inserts a cell with a name, and catches what is expected. */
    Inserted insert(String id, long value, @Nullable String name);

    /** Tries to replace a cell at a version that it does not have, and says whether the conflict found it there. */
    boolean isFoundByConflict(String id);

    /** Adds to a cell, if it is there. */
    void add(String id, long amount);

    /** Deletes a cell; true if it was there. */
    boolean delete(String id);

    /** Deletes the cells whose value is in the range, and says how many. */
    long deleteBetween(long low, long high);

    /** Adds to the cells whose value is in the range, and says how many. */
    long addBetween(long low, long high, long amount);

    /** Lets the other parties go on until it is this one's turn again. */
    void turn();

    /** Gives the transaction up. */
    default void abort() {
        throw new Aborted();
    }

    /** What became of an insert. */
    enum Inserted {
        INSERTED,
        DUPLICATE_ID,
        NAME_TAKEN
    }

    /** Says that a party gave its transaction up. */
    final class Aborted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
