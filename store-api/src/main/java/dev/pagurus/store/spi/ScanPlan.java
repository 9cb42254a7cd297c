package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of how it finds the documents of a scan now.
 *
 * @param way which way it goes; null if it cannot tell
 * @param matching about how many documents match the filter, whatever the ranges and the limit are; null if it cannot tell
 * @param text its own plan, in lines and in its own words, without any value of the filter or the ranges; empty if it has none
 */
public record ScanPlan(@Nullable Way way, @Nullable Long matching, String text) {

    /** Nothing. */
    public static final ScanPlan UNKNOWN = new ScanPlan(null, null, "");

    /**
     * How the documents are found.
     *
     * @param paths along which indexes, as {@link IndexPaths} has them or a part of that: several are taken together, and none
     *     means that every document is looked at
     * @param sorts whether what is found must be sorted
     */
    public record Way(List<IndexPath> paths, boolean sorts) {

        /** Copies the list. */
        public Way {
            paths = List.copyOf(paths);
        }
    }
}
