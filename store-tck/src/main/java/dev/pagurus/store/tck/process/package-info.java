/**
 * A second JVM that opens stores for the kit: what is above the SPI runs here, the engine runs there, and each call of the
 * SPI is one message to it. It can be killed within any of them ({@code Mortal}).
 */
@NullMarked
package dev.pagurus.store.tck.process;

import org.jspecify.annotations.NullMarked;
