/** Work that is handed out once: what a claim takes and returns, and several claimers at a time. */
@NullMarked
package dev.pagurus.store.tck.claims;

import org.jspecify.annotations.NullMarked;
