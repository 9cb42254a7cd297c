/**
 * What is written once above the SPI. A call goes from {@link dev.pagurus.store.internal.TypedCollection} (values become
 * bodies and fields) through {@link dev.pagurus.store.internal.Access} (the store, or one session) and
 * {@link dev.pagurus.store.internal.CheckedEngine} to the engine.
 */
@NullMarked
package dev.pagurus.store.internal;

import org.jspecify.annotations.NullMarked;
