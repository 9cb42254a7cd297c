/**
 * The executable form of the contract: a small engine in memory that keeps every clause. It is the model that random tests
 * are held against, and the base of the deliberately broken stores that the kit itself is tested with. Not exported.
 *
 * <p>{@link dev.pagurus.store.tck.reference.Answers} says what every call means in one state,
 * {@link dev.pagurus.store.tck.reference.ReferenceEngine} and {@link dev.pagurus.store.tck.reference.ReferenceSession}
 * which states there are when many call at once.
 */
@NullMarked
package dev.pagurus.store.tck.reference;

import org.jspecify.annotations.NullMarked;
