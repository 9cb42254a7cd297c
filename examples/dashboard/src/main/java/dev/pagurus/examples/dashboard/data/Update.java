package dev.pagurus.examples.dashboard.data;

import java.time.Instant;

/**
 * An announcement that came for an image, kept for its history.
 *
 * @param image the image's id
 * @param announcement what was said
 * @param noticedAt when it came
 */
public record Update(String image, Announcement announcement, Instant noticedAt) {}
