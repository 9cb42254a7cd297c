/**
 * How a query is answered: what is asked for becomes conditions, orders and positions of an index, and comes back in
 * chunks.
 */
@NullMarked
package dev.pagurus.store.internal.query;

import org.jspecify.annotations.NullMarked;
