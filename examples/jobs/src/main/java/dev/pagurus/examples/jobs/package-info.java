/** A small job queue on Pagurus: work that is handed out once, by leases, and effects that happen once. */
@NullMarked
package dev.pagurus.examples.jobs;

import org.jspecify.annotations.NullMarked;
