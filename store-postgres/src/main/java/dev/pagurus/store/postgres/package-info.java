/*
 * The way of a call: PostgresEngine takes a connection (PostgresPool), PostgresWrites and PostgresReads bind and run,
 * PostgresStatements and PostgresScans have the SQL.
 */
/**
 * The store for PostgreSQL 14 to 18, in one schema. Its jar is all that an application needs: {@link
 * dev.pagurus.store.Stores#open(String)} finds the store by a URL such as {@code postgres://app@host/notes}. Nothing here is
 * called; {@link dev.pagurus.store.postgres.PostgresStoreProvider} says which URLs and options there are.
 */
@NullMarked
package dev.pagurus.store.postgres;

import org.jspecify.annotations.NullMarked;
