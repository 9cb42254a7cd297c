package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the log of changes: what {@link StoreEngine#changes} returns the beginning of.
 *
 * @param collections whose changes, in order of name, at least one; each has a {@link CollectionDefinition#retention}
 * @param after the position behind which to begin, as an engine of this kind returned it for the same collections; null for
 *     all that is known
 * @param maxChanges how many changes to return at most; 1 or more
 * @param maxBytes when to stop: with the change whose document makes the bodies reach this together, counted in bytes or,
 *     where that is cheaper, in characters; one change is always returned
 */
public record ChangeScan(
        List<CollectionDefinition> collections, @Nullable String after, int maxChanges, long maxBytes) {

    /** Copies the list. */
    public ChangeScan {
        collections = List.copyOf(collections);
    }
}
