package dev.pagurus.store.tck.paths;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Index;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.UniqueViolationException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A bulk write, and what must become of it: the same as if its documents were written one after the other. */
final class BulkWrite {

    private final Trial trial;
    private final Map<String, Parcel> values;

    /** Why documents are not written, by id: in words in which reasons are the same that must be the same. */
    private final Map<String, String> conflicts = new TreeMap<>();

    private final Map<String, Parcel> written = new LinkedHashMap<>();

    /** Writes these, in their order. */
    BulkWrite(Trial trial, Map<String, Parcel> values) {
        this.trial = trial;
        this.values = values;
    }

    void insertAll(DocumentCollection<Parcel> into, OnConflict onConflict) {
        reckon(true);
        check(into.insertAll(values.values().stream(), ids(), onConflict), onConflict);
    }

    void putAll(DocumentCollection<Parcel> into, OnConflict onConflict) {
        reckon(false);
        check(into.putAll(values.values().stream(), ids(), onConflict), onConflict);
    }

    private void reckon(boolean insert) {
        trial.tick();
        values.forEach((id, value) -> {
            Optional<Index<Parcel>> index = trial.wanted.violated(id, value);
            if (insert && trial.wanted.has(id)) {
                conflicts.put(id, "the id is taken");
            } else if (index.isPresent()) {
                conflicts.put(id, "a value of index " + index.get().name() + " is taken");
            } else {
                trial.wanted.put(id, value);
                written.put(id, value);
            }
        });
    }

    /** Equal values are different ones here. */
    private Function<Parcel, String> ids() {
        IdentityHashMap<Parcel, String> ids = new IdentityHashMap<>();
        values.forEach((id, value) -> ids.put(value, id));
        return value -> Objects.requireNonNull(ids.get(value));
    }

    private void check(BulkResult result, OnConflict onConflict) {
        boolean skips = onConflict == OnConflict.SKIP;
        long skipped = skips ? conflicts.size() : 0;
        long failed = skips ? 0 : conflicts.size();
        if (result.written() != written.size() || result.skipped() != skipped || result.failed() != failed) {
            throw new AssertionError("A bulk write of " + values.size() + " must write " + written.size() + ", skip "
                    + skipped + " and fail with " + failed + ", and says " + result.written() + ", " + result.skipped()
                    + " and " + result.failed() + "; the first that must not be written: "
                    + Shown.of(conflicts.keySet())
                    + ", the first that failed: "
                    + Shown.of(result.failures().stream()
                            .map(BulkResult.Failure::id)
                            .toList()));
        }
        Map<String, String> told = new TreeMap<>();
        result.failures().forEach(failure -> told.put(failure.id(), reason(failure)));
        // Not all are listed if they are too many.
        if (!skips && failed <= BulkResult.MAX_FAILURES && !told.equals(conflicts)) {
            throw new AssertionError("A bulk write tells wrongly what failed: " + Shown.difference(conflicts, told));
        }
    }

    private static String reason(BulkResult.Failure failure) {
        if (failure.reason() instanceof DuplicateIdException duplicate) {
            return duplicate.id().equals(failure.id()) ? "the id is taken" : "the id " + duplicate.id() + " is taken";
        }
        return failure.reason() instanceof UniqueViolationException violation
                        && violation.id().equals(failure.id())
                ? "a value of index " + violation.index() + " is taken"
                : failure.reason().toString();
    }
}
