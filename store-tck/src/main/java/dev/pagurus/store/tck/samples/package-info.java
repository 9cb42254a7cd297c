/** Documents, filters and orders where engines like to differ, and the model that says what is right. */
@NullMarked
package dev.pagurus.store.tck.samples;

import org.jspecify.annotations.NullMarked;
