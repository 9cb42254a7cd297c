package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a write that was not done from the revision and the document alone.
 *
 * @param revision the collection's; null if there is none
 * @param version the document's; null if it is not there
 */
record PostgresRefusal(@Nullable Integer revision, @Nullable Long version) {

    /** Returns why the write was not done; empty if this state does not tell. */
    Optional<WriteOutcome> of(Write write) {
        if (revision == null || revision != write.collection().revision()) {
            return Optional.of(new WriteOutcome.StaleRevision(revision));
        }
        boolean there = version != null;
        @Nullable Long expected = write.precondition().version();
        return switch (write.precondition().kind()) {
            case ABSENT -> there ? Optional.of(new WriteOutcome.DuplicateId()) : Optional.empty();
            case VERSION ->
                expected != null && !expected.equals(version)
                        ? Optional.of(new WriteOutcome.VersionConflict(version))
                        : Optional.empty();
            case PRESENT -> there ? Optional.empty() : Optional.of(new WriteOutcome.NotFound());
            case NONE ->
                !there && write.content() instanceof Content.Delete
                        ? Optional.of(new WriteOutcome.NotFound())
                        : Optional.empty();
        };
    }
}
