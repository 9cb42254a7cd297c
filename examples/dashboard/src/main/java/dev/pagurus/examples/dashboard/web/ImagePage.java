package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Announced;
import dev.pagurus.examples.dashboard.data.Image;
import dev.pagurus.examples.dashboard.data.ImageLine;
import dev.pagurus.examples.dashboard.data.Tag;
import dev.pagurus.examples.dashboard.data.Update;
import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one image shows.
 *
 * @param image the image
 * @param metadata what the provider added to its newest announcement
 * @param elsewhere the same image on other hosts
 * @param announced how often something was announced
 * @param history what was announced, newest first
 * @param tags all tags
 * @param now when the page was made
 * @param notice what has just been done
 */
public record ImagePage(
        Document<Image> image,
        Map<String, String> metadata,
        List<ImageLine> elsewhere,
        Announced announced,
        Page<Update> history,
        List<Document<Tag>> tags,
        Instant now,
        ListPage.@Nullable Notice notice) {

    /** The tags that the image has. */
    public List<Tag> ownTags() {
        return ListPage.tagsOf(image.value(), tags);
    }

    /** Older announcements; null if there are none. */
    public @Nullable String older() {
        return history.nextCursor() == null ? null : Links.with(Links.image(image.id()), "after", history.nextCursor());
    }

    /** The time up to which this page knows what came, for its forms. */
    public long seen() {
        return ListPage.micros(now);
    }
}
