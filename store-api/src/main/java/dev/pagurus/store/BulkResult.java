package dev.pagurus.store;

import java.util.List;

/**
 * What a bulk write did.
 *
 * @param written how many documents were stored
 * @param skipped how many were left out because of a conflict, with {@link OnConflict#SKIP}
 * @param failed how many could not be stored
 * @param failures the first {@value #MAX_FAILURES} of those, with their ids and reasons
 */
public record BulkResult(long written, long skipped, long failed, List<Failure> failures) {

    /** How many failures are listed at most. */
    public static final int MAX_FAILURES = 1000;

    /** Copies the list. */
    public BulkResult {
        failures = List.copyOf(failures);
    }

    /**
     * A document that was not stored.
     *
     * @param id its id
     * @param reason why
     */
    public record Failure(String id, StoreException reason) {}
}
