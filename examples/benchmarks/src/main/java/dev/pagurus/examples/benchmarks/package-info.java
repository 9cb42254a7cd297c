/** Pagurus beside plain JDBC and other libraries, all doing the same durable work. Start with {@code Benchmarks}. */
@NullMarked
package dev.pagurus.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
