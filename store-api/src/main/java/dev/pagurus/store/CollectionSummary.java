package dev.pagurus.store;

/**
 * What a store holds under one name, for who looks into it without its schemas.
 *
 * @param name the collection's name
 * @param revision its definition's revision
 * @param documents how many documents it has
 * @param definition its fields and indexes, and the {@linkplain Codec#shape shape} of its documents if that is known, one a
 *     line, as the catalogue has them; for people to read
 */
public record CollectionSummary(String name, int revision, long documents, String definition) {}
