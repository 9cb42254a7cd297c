/**
 * What collections there are: the catalogue, its migrations, and how a collection comes to a new definition, also over a
 * connection that is lost or stalls.
 */
@NullMarked
package dev.pagurus.store.postgres.schema;

import org.jspecify.annotations.NullMarked;
