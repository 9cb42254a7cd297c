/** Documents: writes, batches, reads, scans, copies. */
@NullMarked
package dev.pagurus.store.postgres.documents;

import org.jspecify.annotations.NullMarked;
