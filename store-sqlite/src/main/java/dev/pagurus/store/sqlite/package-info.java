/*
 * The way of a call: SqliteEngine takes a connection (SqliteWriter, SqliteReaders), SqliteWrites and SqliteReads bind and run,
 * SqliteSearch chooses how documents are found, SqliteStatements and SqliteScans have the SQL.
 */
/**
 * The store for SQLite, in one file. Its jar is all that an application needs: {@link dev.pagurus.store.Stores#open(String)}
 * finds the store by a URL such as {@code sqlite:notes.db}. Nothing here is called; {@link
 * dev.pagurus.store.sqlite.SqliteStoreProvider} says which URLs and options there are.
 */
@NullMarked
package dev.pagurus.store.sqlite;

import org.jspecify.annotations.NullMarked;
