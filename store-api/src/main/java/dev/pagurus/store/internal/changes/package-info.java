/** Feeds of changes: pages, the texts of positions, and who follows a feed inside of the store. */
@NullMarked
package dev.pagurus.store.internal.changes;

import org.jspecify.annotations.NullMarked;
