package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Document;

/**
 * A version whose number somebody was shown.
 *
 * @param document as it was shown
 * @param by who wrote it
 * @param firstEnd when the first one ended that wrote or saw it
 * @param lastBegin when the last one began that wrote or saw it
 */
record ShownVersion(Document<Mark> document, Deed by, long firstEnd, long lastBegin) {}
