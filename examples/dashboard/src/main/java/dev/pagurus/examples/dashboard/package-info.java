/** A dashboard for container image updates. {@link dev.pagurus.examples.dashboard.Main} starts it. */
@NullMarked
package dev.pagurus.examples.dashboard;

import org.jspecify.annotations.NullMarked;
