/** Clauses X: copies, exports, imports, backups. */
@NullMarked
package dev.pagurus.store.tck.moves;

import org.jspecify.annotations.NullMarked;
