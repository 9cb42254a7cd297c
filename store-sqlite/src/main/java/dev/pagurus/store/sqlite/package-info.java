/**
 * The store for SQLite, in one file.
 *
 * <p>The way of a call: {@code SqliteEngine} takes a connection ({@code SqliteWriter}, {@code SqliteReaders}),
 * {@code SqliteWrites} and {@code SqliteReads} bind and run, {@code SqliteSearch} chooses how documents are found,
 * {@code SqliteStatements} and {@code SqliteScans} have the SQL.
 */
@NullMarked
package dev.pagurus.store.sqlite;

import org.jspecify.annotations.NullMarked;
