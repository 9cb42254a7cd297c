/**
 * What a user holds in the hand: collections and queries over values. A value becomes a body and fields in {@code
 * value}, a query becomes scans in {@code query}, and both go on through an {@code Access}.
 */
@NullMarked
package dev.pagurus.store.internal.collection;

import org.jspecify.annotations.NullMarked;
