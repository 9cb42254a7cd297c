/**
 * What a call sees while others write: one state, however much it reads and however long it takes ({@code Exchange} and
 * {@code Relay} write so that two states show), and what was written before it began. {@code Reading} and {@code Writing}
 * are all the ways to read and to write.
 */
@NullMarked
package dev.pagurus.store.tck.states;

import org.jspecify.annotations.NullMarked;
