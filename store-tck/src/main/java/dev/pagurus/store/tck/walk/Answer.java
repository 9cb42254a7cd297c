package dev.pagurus.store.tck.walk;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call, as far as all stores must agree on it: not the words of a message, nor the order in which a bulk
 * write lists what it could not store, nor by how much a version is raised where the clock has not moved on.
 */
final class Answer {

    /** Says that there is nothing to compare: the store has begun a snapshot anew, as it may. */
    static final Object ANY = "anything";

    private static final int MICROS_PER_MILLI = 1000;

    private Answer() {}

    /**
     * A document.
     *
     * @param version of the clock's milliseconds, in which walks count
     */
    record Seen(String id, long version, Instant createdAt, Item value) {}

    /** A pair of a map, in its order. */
    record Pair(@Nullable Object key, @Nullable Object value) {}

    /** The result of a bulk write. */
    record Bulk(long written, long skipped, long failed, List<Pair> failures) {}

    /** A question and its answer, where a step asks several. */
    record Asked(String question, @Nullable Object answer) {}

    /**
     * What was thrown.
     *
     * @param kind its class
     * @param details what the contract says of it
     */
    record Refused(String kind, List<Object> details) {

        /** Whether a transaction goes on in which it is caught. */
        boolean isExpected() {
            return kind.equals("DuplicateIdException")
                    || kind.equals("UniqueViolationException")
                    || kind.equals("VersionConflictException");
        }
    }

    /** Makes a call, and returns what came of it. */
    static @Nullable Object to(Callable<? extends @Nullable Object> call) throws Exception {
        try {
            return of(call.call());
        } catch (RuntimeException e) {
            return of(e);
        }
    }

    static boolean areEqual(@Nullable Object one, @Nullable Object other) {
        return one == ANY || other == ANY || Objects.equals(one, other);
    }

    static long version(long micros) {
        return Math.floorDiv(micros, MICROS_PER_MILLI);
    }

    /** Returns a result as it is compared. */
    static @Nullable Object of(@Nullable Object result) {
        if (result instanceof Document<?> document) {
            return new Seen(document.id(), version(document.version()), document.createdAt(), (Item) document.value());
        }
        if (result instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (result instanceof List<?> list) {
            List<@Nullable Object> answers = new ArrayList<>(list.size());
            list.forEach(one -> answers.add(of(one)));
            return answers;
        }
        if (result instanceof Map<?, ?> map) {
            List<Pair> pairs = new ArrayList<>(map.size());
            map.forEach((key, value) -> pairs.add(new Pair(of(key), of(value))));
            return pairs;
        }
        if (result instanceof BulkResult bulk) {
            List<Pair> failures = new ArrayList<>();
            bulk.failures().stream()
                    .sorted(Comparator.comparing(BulkResult.Failure::id))
                    .forEach(failure -> failures.add(new Pair(failure.id(), of(failure.reason()))));
            return new Bulk(bulk.written(), bulk.skipped(), bulk.failed(), failures);
        }
        return result instanceof RuntimeException e ? refused(e) : result;
    }

    private static Refused refused(RuntimeException e) {
        String kind = e.getClass().getSimpleName();
        if (e instanceof DuplicateIdException duplicate) {
            return new Refused(kind, List.of(duplicate.collection(), duplicate.id()));
        }
        if (e instanceof UniqueViolationException unique) {
            return new Refused(kind, List.of(unique.collection(), unique.id(), unique.index(), unique.fields()));
        }
        if (e instanceof VersionConflictException conflict) {
            Object current =
                    conflict.current().isPresent() ? version(conflict.current().getAsLong()) : "no document";
            return new Refused(
                    kind, List.of(conflict.collection(), conflict.id(), version(conflict.expected()), current));
        }
        // What no store should throw is shown with its words, which the reference will not have.
        return new Refused(kind, e instanceof StoreException ? List.of() : List.of(String.valueOf(e.getMessage())));
    }
}
