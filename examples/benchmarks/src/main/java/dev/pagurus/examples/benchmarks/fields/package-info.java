/** Measures what it saves to read some fields in place of documents. */
@NullMarked
package dev.pagurus.examples.benchmarks.fields;

import org.jspecify.annotations.NullMarked;
