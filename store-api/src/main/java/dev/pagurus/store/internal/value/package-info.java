/** What a value is to an engine: its body, its fields, its id; and what text may hold. */
@NullMarked
package dev.pagurus.store.internal.value;

import org.jspecify.annotations.NullMarked;
