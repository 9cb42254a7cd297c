package dev.pagurus.store;

/**
 * What an index can be made of: a field (ascending), or a field with a direction.
 *
 * @param <T> the type of the documents' values
 */
public sealed interface IndexTerm<T> permits Field, Order {}
