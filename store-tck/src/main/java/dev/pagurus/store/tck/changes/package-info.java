/**
 * Clauses about feeds of changes: what is in them, what is lost of them, which never is what nobody forgets, and who follows
 * them. {@link dev.pagurus.store.tck.changes.Mirror} is a reader who keeps what it is told.
 */
@NullMarked
package dev.pagurus.store.tck.changes;

import org.jspecify.annotations.NullMarked;
