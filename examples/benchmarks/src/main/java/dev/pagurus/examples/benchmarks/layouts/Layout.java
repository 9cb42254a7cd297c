package dev.pagurus.examples.benchmarks.layouts;

/** Where changes are kept. */
enum Layout {
    /** A narrow row for each, in a table beside the documents. */
    LOG,
    /** A column of the documents with an index, and a table of what was deleted. */
    COLUMN
}
