package dev.pagurus.store.spi;

/**
 * A document as it is stored.
 *
 * @param id its id
 * @param version its version
 * @param createdAt when it was created, microseconds since the epoch
 * @param body its body, byte for byte
 */
public record StoredDocument(String id, long version, long createdAt, String body) {}
