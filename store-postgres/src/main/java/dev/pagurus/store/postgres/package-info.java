/**
 * The store for PostgreSQL 14 to 18.
 *
 * <p>The way of a call: {@code PostgresEngine} takes a connection ({@code PostgresPool}), {@code PostgresWrites} and
 * {@code PostgresReads} bind and run, {@code PostgresStatements} and {@code PostgresScans} have the SQL.
 */
@NullMarked
package dev.pagurus.store.postgres;

import org.jspecify.annotations.NullMarked;
