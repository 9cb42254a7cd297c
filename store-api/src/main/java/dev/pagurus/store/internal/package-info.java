/**
 * What is written once above the SPI: the open store, its transactions and snapshots, and what it knows of definitions.
 *
 * <p>A call goes from {@link dev.pagurus.store.internal.collection.TypedCollection} (values become bodies and fields) through
 * {@link dev.pagurus.store.internal.access.Access} (the store, or one session), for single writes and reads through
 * {@link dev.pagurus.store.internal.join.Combiner}, and {@link dev.pagurus.store.internal.engine.CheckedEngine} to the engine.
 */
@NullMarked
package dev.pagurus.store.internal;

import org.jspecify.annotations.NullMarked;
