/** The PostgreSQL store; not written yet. */
@NullMarked
package dev.pagurus.store.postgres;

import org.jspecify.annotations.NullMarked;
