/** Documents: writes, reads, scans, copies, backups. */
@NullMarked
package dev.pagurus.store.sqlite.documents;

import org.jspecify.annotations.NullMarked;
