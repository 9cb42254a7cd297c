/**
 * What is written once above the SPI. A call goes from {@link dev.pagurus.store.internal.collection.TypedCollection} (values become
 * bodies and fields) through {@link dev.pagurus.store.internal.access.Access} (the store, or one session) and
 * {@link dev.pagurus.store.internal.engine.CheckedEngine} to the engine.
 */
@NullMarked
package dev.pagurus.store.internal;

import org.jspecify.annotations.NullMarked;
