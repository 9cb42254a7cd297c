/**
 * What every store over JDBC would write again; for store authors who like, and loaded by nobody else. An engine differs in
 * its {@linkplain dev.pagurus.store.spi.jdbc.SqlDialect SQL}, in what its
 * {@linkplain dev.pagurus.store.spi.jdbc.JdbcConnection failures} mean, in its tables' types and in how it keeps two
 * transactions apart; these the author writes. {@link dev.pagurus.store.spi.jdbc.JdbcSession} is the rest of a session, on
 * tables like these, whose names and columns are {@linkplain dev.pagurus.store.spi.jdbc.SqlDialect#quoted quoted}:
 *
 * <pre>
 * collections          name, revision, definition      the catalogue: a row for each collection
 * notes$r2             id, version, created_at, body   the documents of collection notes at revision 2,
 *                      and the fields, in their order
 * notes$r2$tags        id, item                        the values of its many-field tags once more, to be found by;
 *                                                      a row goes with its document (on delete cascade)
 * </pre>
 *
 * <p>A revision has tables of its own, so a change of a collection is one row of the catalogue, also where the engine commits
 * each statement that makes a table. {@code examples/custom-store} is a store made of this. A part can be used without the
 * others.
 */
@NullMarked
package dev.pagurus.store.spi.jdbc;

import org.jspecify.annotations.NullMarked;
