/**
 * The file and its connections: settings, one writer, the readers, the log, and what errors mean; whether the file and its
 * log are still those at the path and of each other, and which copy of SQLite's library in this JVM has them.
 */
@NullMarked
package dev.pagurus.store.sqlite.connect;

import org.jspecify.annotations.NullMarked;
