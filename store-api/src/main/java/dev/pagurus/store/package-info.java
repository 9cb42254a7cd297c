/**
 * What a host application writes against: collections of typed documents, queries over their fields, transactions and
 * snapshots, with the same answers on every store.
 *
 * <p>{@link dev.pagurus.store.Stores#open(String)} is the way in. A {@link dev.pagurus.store.Schema} says what is
 * stored; a {@link dev.pagurus.store.DocumentCollection} has the verbs, a {@link dev.pagurus.store.Query} finds; a {@link
 * dev.pagurus.store.Store} has what spans collections: transactions, {@linkplain dev.pagurus.store.ChangeFeed feeds of changes},
 * steps, copies. Every failure is a subtype of {@link dev.pagurus.store.StoreException} that says what the caller can do.
 */
@NullMarked
package dev.pagurus.store;

import org.jspecify.annotations.NullMarked;
