/** A million real texts of 10 to 20 words, found by their words. */
@NullMarked
package dev.pagurus.examples.benchmarks.words;

import org.jspecify.annotations.NullMarked;
