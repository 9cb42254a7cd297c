/**
 * Every way to write, with values that break stores, and after it everything asked about everything: {@link
 * dev.pagurus.store.tck.paths.Wanted} knows what must be there, {@link dev.pagurus.store.tck.paths.Questions} asks.
 */
@NullMarked
package dev.pagurus.store.tck.paths;

import org.jspecify.annotations.NullMarked;
