/** What became of each clause, and the pages that say so. */
@NullMarked
package dev.pagurus.store.tck.report;

import org.jspecify.annotations.NullMarked;
