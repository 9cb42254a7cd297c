/** Documents that expire: from when on they are not there, what is free then, and what becomes of them. */
@NullMarked
package dev.pagurus.store.tck.expiry;

import org.jspecify.annotations.NullMarked;
