package dev.pagurus.store.spi;

/**
 * A term of an order or an index.
 *
 * @param field a scalar field, or {@code id}, {@code version}, {@code created_at}; in an index also a many-field
 * @param descending from high to low with nulls last; otherwise from low to high with nulls first
 */
public record Sort(String field, boolean descending) {}
