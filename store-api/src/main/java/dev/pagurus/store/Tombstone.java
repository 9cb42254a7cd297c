package dev.pagurus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a collection that was dropped or renamed: its name is refused to schemas of its revision and older ones,
 * so that an old release that is started again does not make it anew; see {@link Store#drop}.
 *
 * @param name the name that it had
 * @param revision the revision that it had
 * @param newName the name that it was given; null if it was dropped
 * @param at when
 */
public record Tombstone(String name, int revision, @Nullable String newName, Instant at) {}
