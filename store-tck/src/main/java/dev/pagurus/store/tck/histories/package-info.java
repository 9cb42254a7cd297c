/**
 * Histories of every kind of read and write, and the question whether a serial order explains them: {@code Act} says how
 * each kind is made and what its answer tells, {@code Deed} is what one party did in one step of that order, {@code
 * History} asks the question, by {@code Timelines}, {@code Sightings} and {@code Precedence}.
 */
@NullMarked
package dev.pagurus.store.tck.histories;

import org.jspecify.annotations.NullMarked;
