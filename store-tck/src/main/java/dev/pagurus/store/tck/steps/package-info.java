/** What is done once and for good: steps, drops and renames of collections. */
@NullMarked
package dev.pagurus.store.tck.steps;

import org.jspecify.annotations.NullMarked;
