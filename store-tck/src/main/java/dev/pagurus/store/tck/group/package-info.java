/**
 * What every group of clauses starts from: stores on empty databases, second handles, threads that race, and the marks
 * that say what a test proves and needs.
 */
@NullMarked
package dev.pagurus.store.tck.group;

import org.jspecify.annotations.NullMarked;
