/** Whole stores from one place to another: copies, exports, imports, and the comparison at their end. */
@NullMarked
package dev.pagurus.store.internal.copy;

import org.jspecify.annotations.NullMarked;
