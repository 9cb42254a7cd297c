/** What a listener is told of calls: of each what it was, and of none what was in it. */
@NullMarked
package dev.pagurus.store.tck.listeners;

import org.jspecify.annotations.NullMarked;
