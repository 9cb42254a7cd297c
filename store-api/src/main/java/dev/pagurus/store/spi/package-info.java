/**
 * What a store implements: strings, numbers and JSON text, never a user's type.
 *
 * <p>{@link dev.pagurus.store.spi.StoreProvider} is found by {@link java.util.ServiceLoader} and opens a
 * {@link dev.pagurus.store.spi.StoreEngine}, which returns facts. Validation, encoding, retries, limits, messages and
 * the meaning of filters and positions are written once above it; an engine gets only what it can turn into its SQL as it
 * stands. {@code store-tck} proves an engine. What every store over JDBC would write again is in
 * {@link dev.pagurus.store.spi.jdbc}.
 */
@NullMarked
package dev.pagurus.store.spi;

import org.jspecify.annotations.NullMarked;
