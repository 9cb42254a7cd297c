package dev.pagurus.store.internal.collection;

import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the outcomes of writes mean to a caller. */
final class Outcomes {

    private Outcomes() {}

    /** Returns what a write that stored a body did, or throws what kept it from that. */
    static WriteOutcome.Written written(Write write, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written written) {
            return written;
        }
        throw failure(write, outcome);
    }

    /** Returns the exception for an outcome that changed nothing. */
    static StoreException failure(Write write, WriteOutcome outcome) {
        String collection = write.collection().name();
        if (outcome instanceof WriteOutcome.DuplicateId) {
            return new DuplicateIdException(collection, write.id());
        }
        if (outcome instanceof WriteOutcome.UniqueViolation violation) {
            return new UniqueViolationException(
                    collection, write.id(), violation.index(), fields(write.collection(), violation.index()));
        }
        if (outcome instanceof WriteOutcome.StaleRevision stale) {
            return stale(write.collection(), stale.current());
        }
        @Nullable Long expected = write.precondition().version();
        if (outcome instanceof WriteOutcome.VersionConflict conflict && expected != null) {
            return new VersionConflictException(collection, write.id(), expected, conflict.current());
        }
        throw new IllegalStateException("No caller expects the outcome " + outcome + ".");
    }

    /** Returns the exception for a write of an application that is older than the collection. */
    static SchemaException stale(CollectionDefinition collection, @Nullable Integer current) {
        if (current == null) {
            return SchemaChange.gone(collection);
        }
        return new SchemaException(
                "Nothing was written to collection '" + collection.name() + "': this application knows"
                        + " its revision " + collection.revision() + ", but "
                        + "revision " + current
                        + " is stored. A newer version of the application has changed it; start that one.");
    }

    private static List<String> fields(CollectionDefinition collection, String index) {
        for (IndexDefinition one : collection.indexes()) {
            if (one.name().equals(index)) {
                return one.terms().stream().map(Sort::field).toList();
            }
        }
        throw new IllegalStateException("The store named the unique index '" + index + "', which collection '"
                + collection.name() + "' does not have.");
    }
}
