package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of images with the numbers around it, all from one state of the store.
 *
 * @param images the page, newest first
 * @param states how many images match in each state
 * @param hosts how many match on each host
 * @param tagged how many match for each tag's id
 * @param longest which of those that are open waits longest; null if none is open
 * @param tags all tags, by name
 */
public record Overview(
        Page<Image> images,
        Map<State, Long> states,
        Map<String, Long> hosts,
        Map<String, Long> tagged,
        @Nullable ImageLine longest,
        List<Document<Tag>> tags) {

    /** Returns how many images match whatever their state. */
    public long total() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }
}
