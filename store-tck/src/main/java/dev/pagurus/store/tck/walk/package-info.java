/**
 * Random walks: the same steps on the store and on the reference, with the same answers. A {@code Planner} makes the steps
 * of a seed and a terrain, a {@code Side} takes them, a {@code Walk} compares and makes short what fails. What can be done
 * with a collection is a {@code Verb}. In every second walk the collections keep their changes, and {@code FeedReader}s go on
 * from where they are, now and then: what they have and what they were shown since must be the same, too; in others, documents
 * expire.
 */
@NullMarked
package dev.pagurus.store.tck.walk;

import org.jspecify.annotations.NullMarked;
