/**
 * Calls of several threads as one: they are joined, made again after a conflict, and taken apart where one of them
 * fails.
 */
@NullMarked
package dev.pagurus.store.internal.join;

import org.jspecify.annotations.NullMarked;
