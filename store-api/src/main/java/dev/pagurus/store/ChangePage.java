package dev.pagurus.store;

import java.util.List;

/**
 * Some changes of a feed, and where the next ones begin.
 *
 * @param changes the changes; may be empty
 * @param position where to go on, for {@link ChangeFeed#startAfter}; a text to keep, of up to 16,000 characters, usually a few
 *     hundred
 * @param complete whether these were all: whoever has taken in every page up to this one has exactly what the store had at one
 *     moment
 */
public record ChangePage(List<Change> changes, String position, boolean complete) {

    /** Copies the list. */
    public ChangePage {
        changes = List.copyOf(changes);
    }
}
