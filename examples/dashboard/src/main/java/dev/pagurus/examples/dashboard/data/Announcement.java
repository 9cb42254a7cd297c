package dev.pagurus.examples.dashboard.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Diun says about an image, as it said it; but for what the provider adds, which is {@link Details}.
 *
 * @param status {@code new} for an image that Diun sees for the first time, {@code update}, or whatever it adds later
 * @param provider where Diun found the image: {@code docker}, {@code file}, {@code kubernetes}, ...
 * @param digest what the image's tag stands for now
 * @param builtAt when the image was built, if it says so
 * @param platform such as {@code linux/amd64}
 * @param mimeType of the manifest
 * @param hubLink the image's page at its registry; an http or https URL
 * @param diunVersion who says it
 */
public record Announcement(
        String status,
        String provider,
        String digest,
        @Nullable Instant builtAt,
        @Nullable String platform,
        @Nullable String mimeType,
        @Nullable String hubLink,
        @Nullable String diunVersion) {}
