/**
 * The way from a collection to an engine: through the store, or through one session of it, and not after either has
 * ended.
 */
@NullMarked
package dev.pagurus.store.internal.access;

import org.jspecify.annotations.NullMarked;
