package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Announcement;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An announcement as scripts know it. A type of its own, so that what is stored may change its names, and be in two
 * collections, while nobody's script breaks.
 */
record AnnouncementJson(
        String status,
        String provider,
        String digest,
        @Nullable Instant created,
        @Nullable String platform,
        @Nullable String mimeType,
        @Nullable String hubLink,
        @Nullable String diunVersion,
        Map<String, String> metadata) {

    static AnnouncementJson of(Announcement said, @Nullable Map<String, String> metadata) {
        return new AnnouncementJson(
                said.status(),
                said.provider(),
                said.digest(),
                said.builtAt(),
                said.platform(),
                said.mimeType(),
                said.hubLink(),
                said.diunVersion(),
                metadata == null ? Map.of() : metadata);
    }
}
