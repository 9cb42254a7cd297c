/**
 * Whole stores from one place to another: copies, exports, imports, and the comparison at their end. An export may come from
 * anybody: what reads one (ExportZip, ExportManifest, ExportSchema, ExportJson) holds its limits while it reads.
 */
@NullMarked
package dev.pagurus.store.internal.copy;

import org.jspecify.annotations.NullMarked;
