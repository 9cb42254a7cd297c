package dev.pagurus.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a follower has come.
 *
 * @param name its name
 * @param collections those of its feed, in order of name
 * @param at when it took in its last changes
 * @param behindSince when the oldest change was made that it has not taken in; null if there is none, or if it is lost
 * @param lost whether it cannot go on, because changes that it has not taken in are forgotten, or its history is gone; see
 *     {@link PositionLostException}
 */
public record FollowerSummary(
        String name,
        List<String> collections,
        Instant at,
        @Nullable Instant behindSince,
        boolean lost) {

    /** Copies the list. */
    public FollowerSummary {
        collections = List.copyOf(collections);
    }
}
