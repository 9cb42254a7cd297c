/** What a value is to an engine: its body, its fields, its id; what text may hold; and the text of a step's mark. */
@NullMarked
package dev.pagurus.store.internal.value;

import org.jspecify.annotations.NullMarked;
