package dev.pagurus.store.internal;

import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Snapshot;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.collection.WatchedReads;

/** A snapshot, as its function sees it. */
record SnapshotView(SessionAccess session, Definitions definitions) implements Snapshot {

    @Override
    public <T> ReadableCollection<T> collection(Schema<T> schema) {
        return new WatchedReads<>(definitions.require(schema, session), session);
    }
}
