/** Small programs as host applications write them, so that the API is used by somebody before it is settled. */
@NullMarked
package dev.pagurus.store.tck.hosts;

import org.jspecify.annotations.NullMarked;
