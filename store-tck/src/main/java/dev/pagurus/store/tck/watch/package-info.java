/**
 * What the kit looks at beside the test: the last calls, the log, and what is left behind; and how a failure is told.
 */
@NullMarked
package dev.pagurus.store.tck.watch;

import org.jspecify.annotations.NullMarked;
