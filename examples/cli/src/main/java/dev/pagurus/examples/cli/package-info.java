/** The command line for operators; reads from {@link dev.pagurus.examples.cli.Main}. */
@NullMarked
package dev.pagurus.examples.cli;

import org.jspecify.annotations.NullMarked;
