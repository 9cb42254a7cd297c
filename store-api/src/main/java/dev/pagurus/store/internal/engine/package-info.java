/** How an engine is found and opened, and how each of its answers is held against the rules of the SPI. */
@NullMarked
package dev.pagurus.store.internal.engine;

import org.jspecify.annotations.NullMarked;
