/** Clauses W: verbs, versions, unique indexes, bulk, and writes that are joined. */
@NullMarked
package dev.pagurus.store.tck.writes;

import org.jspecify.annotations.NullMarked;
