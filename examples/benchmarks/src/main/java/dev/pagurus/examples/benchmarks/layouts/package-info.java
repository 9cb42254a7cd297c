/**
 * The two ways in which a store could keep the changes of its documents, by plain JDBC, beside each other: a log with a row for
 * each change, and a column of the documents' own table that says where each was changed last. Start with {@code Layouts}.
 */
@NullMarked
package dev.pagurus.examples.benchmarks.layouts;

import org.jspecify.annotations.NullMarked;
