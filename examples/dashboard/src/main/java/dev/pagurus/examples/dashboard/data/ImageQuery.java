package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which images somebody wants to see. What is null matters not.
 *
 * @param state open or acknowledged ones
 * @param host those of this host
 * @param tag those with this tag's id
 * @param prefix those whose name, or its last part, starts so
 */
public record ImageQuery(
        @Nullable State state,
        @Nullable String host,
        @Nullable String tag,
        @Nullable String prefix) {

    /** Every image. */
    public static final ImageQuery ALL = new ImageQuery(null, null, null, null);

    /** Returns this query for another state. */
    public ImageQuery withState(@Nullable State other) {
        return new ImageQuery(other, host, tag, prefix);
    }

    /** Returns this query for another host. */
    public ImageQuery withHost(@Nullable String other) {
        return new ImageQuery(state, other, tag, prefix);
    }

    /** Returns this query for another tag. */
    public ImageQuery withTag(@Nullable String other) {
        return new ImageQuery(state, host, other, prefix);
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
        if (prefix != null) {
            String folded = prefix.toLowerCase(Locale.ROOT);
            filters.add(Images.NAME.startsWith(folded).or(Images.LAST_PART.startsWith(folded)));
        }
        return Filter.allOf(filters);
    }
}
