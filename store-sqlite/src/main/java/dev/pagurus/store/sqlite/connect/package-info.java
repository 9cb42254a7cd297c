/** The file and its connections: settings, one writer, the readers, the log, and what errors mean. */
@NullMarked
package dev.pagurus.store.sqlite.connect;

import org.jspecify.annotations.NullMarked;
