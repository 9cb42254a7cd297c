/** What the dashboard stores, and what it does with it. Knows nothing of HTTP. */
@NullMarked
package dev.pagurus.examples.dashboard.data;

import org.jspecify.annotations.NullMarked;
