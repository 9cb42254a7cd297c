/** The log of changes: what is written down of each, for how long, and how it is read. */
@NullMarked
package dev.pagurus.store.sqlite.changes;

import org.jspecify.annotations.NullMarked;
