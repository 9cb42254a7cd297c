/**
 * The server and its connections: where it is, the pools, what every transaction runs with whatever an administrator has
 * set, and what errors mean.
 */
@NullMarked
package dev.pagurus.store.postgres.connect;

import org.jspecify.annotations.NullMarked;
