/**
 * Random walks: the same steps on the store and on the reference, with the same answers. A {@code Planner} makes the steps
 * of a seed and a terrain, a {@code Side} takes them, a {@code Walk} compares and makes short what fails. What can be done
 * with a collection is a {@code Verb}.
 */
@NullMarked
package dev.pagurus.store.tck.walk;

import org.jspecify.annotations.NullMarked;
