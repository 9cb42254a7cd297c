/** The SQL text: what things are called, and the statements of each collection. Searches are put together in {@code documents}. */
@NullMarked
package dev.pagurus.store.sqlite.sql;

import org.jspecify.annotations.NullMarked;
