package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images somebody wants to see. What is null matters not.
 *
 * @param state open or acknowledged ones
 * @param host those of this host
 * @param tag those with this tag's id
 * @param search those whose name and host have these words, of which somebody may still be typing the last
 */
public record ImageQuery(
        @Nullable State state,
        @Nullable String host,
        @Nullable String tag,
        @Nullable String search) {

    /** The longest text to search for, in characters. */
    public static final int MAX_SEARCH = 200;

    /** Every image. */
    public static final ImageQuery ALL = new ImageQuery(null, null, null, null);

    /** Returns this query for another state. */
    public ImageQuery withState(@Nullable State other) {
        return new ImageQuery(other, host, tag, search);
    }

    /** Returns this query for another host. */
    public ImageQuery withHost(@Nullable String other) {
        return new ImageQuery(state, other, tag, search);
    }

    /** Returns this query for another tag. */
    public ImageQuery withTag(@Nullable String other) {
        return new ImageQuery(state, host, other, search);
    }

    /** Whether there is something to search for, but neither a letter nor a digit in it. */
    public boolean isWordless() {
        return search != null && Images.WORDS.words(search).isEmpty();
    }

    Filter<Image> filter() {
        List<Filter<Image>> filters = new ArrayList<>();
        if (state != null) {
            filters.add(Images.STATE.eq(state));
        }
        if (host != null) {
            filters.add(Images.HOST.eq(host));
        }
        if (tag != null) {
            filters.add(Images.TAGS.contains(tag));
        }
        if (isWordless()) {
            // Every image has all of no words; but who typed something did not ask for every image.
            filters.add(Filter.anyOf(List.of()));
        } else if (search != null) {
            filters.add(Images.WORDS.hasPrefix(search));
        }
        return Filter.allOf(filters);
    }
}
