/**
 * The best that one could write by hand for each of the kit's query shapes: every sensible plan, forced upon each engine.
 */
@NullMarked
package dev.pagurus.examples.benchmarks.plans;

import org.jspecify.annotations.NullMarked;
