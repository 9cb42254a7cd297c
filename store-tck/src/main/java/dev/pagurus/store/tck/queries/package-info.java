/** Clauses R and Q: reads, filters, orders, pages. */
@NullMarked
package dev.pagurus.store.tck.queries;

import org.jspecify.annotations.NullMarked;
