/** Clauses V: what comes back is what was stored. */
@NullMarked
package dev.pagurus.store.tck.values;

import org.jspecify.annotations.NullMarked;
