/** Random walks: the same steps on the store and on the reference, with the same answers. */
@NullMarked
package dev.pagurus.store.tck.walk;

import org.jspecify.annotations.NullMarked;
