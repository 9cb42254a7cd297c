/** What is made of many documents: sums, averages, ends, and groups of them. */
@NullMarked
package dev.pagurus.store.tck.groups;

import org.jspecify.annotations.NullMarked;
