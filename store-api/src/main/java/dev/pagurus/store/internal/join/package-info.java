/**
 * Calls of several threads as one: they are joined, made again after a conflict, and taken apart where one of them fails, as
 * far as the engine has not left a write undone by itself. Who waits here is who an interrupt reaches.
 */
@NullMarked
package dev.pagurus.store.internal.join;

import org.jspecify.annotations.NullMarked;
