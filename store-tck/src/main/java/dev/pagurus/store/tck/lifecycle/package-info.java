/** Clauses L, E and C: opening, closing, errors, capabilities. */
@NullMarked
package dev.pagurus.store.tck.lifecycle;

import org.jspecify.annotations.NullMarked;
