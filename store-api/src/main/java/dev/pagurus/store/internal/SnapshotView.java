package dev.pagurus.store.internal;

import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Snapshot;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.collection.TypedReads;
import dev.pagurus.store.internal.value.Mapping;

/** A snapshot, as its function sees it. */
record SnapshotView(SessionAccess session, Definitions definitions, long maxBodyBytes) implements Snapshot {

    @Override
    public <T> ReadableCollection<T> collection(Schema<T> schema) {
        return new TypedReads<>(definitions.require(new Mapping<>(schema, maxBodyBytes), session), session);
    }
}
