/** Clauses S and M: definitions, upgrades, old processes, migrations. */
@NullMarked
package dev.pagurus.store.tck.schemas;

import org.jspecify.annotations.NullMarked;
