/** The feed of changes: reading its pages, where a reader is, and forgetting what is old. What writes it is in {@code sql}. */
@NullMarked
package dev.pagurus.store.postgres.changes;

import org.jspecify.annotations.NullMarked;
