/**
 * The compatibility kit: {@link dev.pagurus.store.tck.Clause} is the contract, {@link dev.pagurus.store.tck.StoreTck}
 * proves it.
 */
@NullMarked
package dev.pagurus.store.tck;

import org.jspecify.annotations.NullMarked;
