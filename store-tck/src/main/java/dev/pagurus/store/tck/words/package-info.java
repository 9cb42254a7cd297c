/** Fields of words: what is found by whole words and by beginnings, among other filters and orders, and their limits. */
@NullMarked
package dev.pagurus.store.tck.words;

import org.jspecify.annotations.NullMarked;
