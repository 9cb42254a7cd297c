/** The judge of what runs at once: scripts of several parties whose outcomes some serial order must give. */
@NullMarked
package dev.pagurus.store.tck.serial;

import org.jspecify.annotations.NullMarked;
