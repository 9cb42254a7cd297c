package dev.pagurus.examples.dashboard.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often something was announced for an image.
 *
 * @param times how often
 * @param first when for the first time; null if never
 */
public record Announced(long times, @Nullable Instant first) {}
