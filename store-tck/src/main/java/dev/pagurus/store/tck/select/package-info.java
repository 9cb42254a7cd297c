/** Clauses Q, some fields in place of documents: what a row holds, and which rows come. */
@NullMarked
package dev.pagurus.store.tck.select;

import org.jspecify.annotations.NullMarked;
