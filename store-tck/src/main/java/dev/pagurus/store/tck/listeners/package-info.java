/** What a listener is told of calls, and what is logged of slow ones: of each what it was, and of none what was in it. */
@NullMarked
package dev.pagurus.store.tck.listeners;

import org.jspecify.annotations.NullMarked;
