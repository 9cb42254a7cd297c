/** Clauses T: transactions and snapshots, and what they may and may not see of each other. */
@NullMarked
package dev.pagurus.store.tck.transactions;

import org.jspecify.annotations.NullMarked;
