package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a scan returned.
 *
 * @param documents the documents, in the scan's order; empty only if no document is left
 * @param next where the scan goes on: the values of the order's terms in the last document; null if no document follows
 */
public record Chunk(
        List<StoredDocument> documents, @Nullable List<@Nullable Object> next) {}
