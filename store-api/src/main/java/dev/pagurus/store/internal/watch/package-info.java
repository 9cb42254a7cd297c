/**
 * What is seen of calls while they are made, and who is told: a listener, the Flight Recorder, the log. Calls are begun and
 * ended where a user makes them, by {@code WatchedStore}, {@code WatchedCollection} and {@code WatchedQuery}; what they waited
 * for is noted where they wait, in {@code access} and {@code join}.
 */
@NullMarked
package dev.pagurus.store.internal.watch;

import org.jspecify.annotations.NullMarked;
